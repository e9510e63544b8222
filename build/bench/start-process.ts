import { startBackend } from '../../electron/backend/index.ts';
import { callOf } from './workstation.ts';

/** A backend in a process of its own, from nothing to the first page of patients; tells where the milliseconds went. */
const [profile = '', username = '', password = ''] = process.argv.slice(2);
const backend = await startBackend({ profile, version: 'bench', host: 'web' });
const call = callOf(backend, 'start');
const ready = performance.now();
await call('sessions.signIn', { username, password });
const signedIn = performance.now();
await call('patients.list', { offset: 0, limit: 100, sort: 'name', direction: 'ascending', filter: {} });
const listed = performance.now();
console.log(JSON.stringify({ ready, signIn: signedIn - ready, list: listed - signedIn }));
await backend.close();
