import { startBackend } from '../../electron/backend/index.ts';

/**
 * A process of its own: from its start to the first page of patients, in milliseconds. Hashing the password is slow on
 * purpose and is told apart.
 */
const [profile = '', username = '', password = ''] = process.argv.slice(2);
const backend = await startBackend({ profile, version: 'bench', host: 'web' });
const ready = performance.now();
const signedIn = await backend.call('bench', 'sessions.signIn', { username, password });
const opened = performance.now();
const page = await backend.call('bench', 'patients.list', { offset: 0, limit: 100, sort: 'name', direction: 'ascending', filter: {} });
const listed = performance.now();
if (!signedIn.ok || !page.ok) throw new Error(JSON.stringify([signedIn, page]).slice(0, 200));
console.log(JSON.stringify({ ready, signIn: opened - ready, list: listed - opened, total: listed }));
await backend.close();
