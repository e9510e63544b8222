/** A backend in a process of its own that tells its resident set, in megabytes; what is imported early would count as Node's. */
const megabytes = () => process.memoryUsage.rss() / 2 ** 20;
const node = megabytes();
const { startBackend } = await import('../../electron/backend/index.ts');
const { callOf } = await import('./workstation.ts');

const [profile = '', username = '', password = ''] = process.argv.slice(2);
const backend = await startBackend({ profile, version: 'bench', host: 'web' });
const call = callOf(backend, 'memory');
await call('sessions.signIn', { username, password });
const { total, rows } = await call('patients.list', { offset: 0, limit: 100, sort: 'name', direction: 'ascending', filter: {} });
const firstPage = megabytes();
for (let index = 0; index < 1000; index += 1) {
  const page = await call('patients.list', { offset: Math.floor((index * total) / 1000), limit: 1, sort: 'name', direction: 'ascending', filter: {} });
  const { id, name } = page.rows[0] ?? rows[0] ?? { id: '', name: '' };
  await call('patients.search', { query: name.slice(0, 2) });
  await call('records.listForPatient', { patientId: id, offset: 0, limit: 100 });
}
console.log(JSON.stringify({ node, firstPage, worked: megabytes() }));
await backend.close();
export {};
