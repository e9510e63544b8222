import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { password, patientInput, TestClock } from '../services/testing/clinic.ts';
import { openConnection } from '../storage/connection.ts';
import { hubDatabaseKey, readHub } from '../storage/hub-facts.ts';
import { run, type Caller, type RunningBackend } from './testing/running.ts';
import { inStep, newFolder, syncState, twoWorkstations, until } from './testing/two-workstations.ts';

const adminSecret = { kind: 'password', username: 'admin', password } as const;
const register = async (caller: Caller, name: string) => (await caller.ask('patients.create', { patient: { ...patientInput, name } })).id;
const isThere = (caller: Caller, id: string) => until(() => caller.result('patients.get', { id }), ({ ok }) => ok);
const now = () => new TestClock(new Date().toISOString());

async function backUp(running: RunningBackend, admin: Caller): Promise<string> {
  expect(await running.finished(await admin.ask('backups.create', {}))).toMatchObject({ state: 'done' });
  return (await admin.ask('backups.list', {})).backups[0]!.fileName;
}

async function restore(running: RunningBackend, fileName: string): Promise<Caller> {
  expect(await running.finished(await running.session('restorer').ask('backups.restore', { fileName, secret: adminSecret }))).toMatchObject({ state: 'done' });
  return running.signedIn('admin');
}

const holdsText = (folder: string, text: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.db|\.outpost-backup/.test(name) && readFileSync(join(folder, name)).includes(text));

test('a clinic whose serving computer is lost is served again from one backup file, and the others send what it lacks', async () => {
  const { first, admin, doctor } = await twoWorkstations();
  const early = await register(doctor, '先到的');
  await isThere(admin, early);
  const fileName = await backUp(first, admin);
  const later = await register(doctor, '后到的');
  await isThere(admin, later);
  await inStep(doctor);
  expect(readdirSync(join(first.profile, 'backups'))).toEqual([fileName]);
  expect(holdsText(first.profile, '先到的')).toEqual([]);
  await first.backend.close();

  const profile = newFolder();
  mkdirSync(join(profile, 'backups'));
  cpSync(join(first.profile, 'backups', fileName), join(profile, 'backups', fileName));
  rmSync(first.profile, { recursive: true });
  const again = await run({ profile, clock: now() });
  const restored = await restore(again, fileName);
  await until(() => restored.ask('hub.state', {}), ({ running }) => running);
  expect(existsSync(join(profile, 'hub.db'))).toBe(true);
  await isThere(restored, early);
  // Nobody joins anew: the other workstation knows this server, and finds that it was restored.
  await inStep(doctor);
  await isThere(restored, later);
  await inStep(restored);
  const { workstations } = await restored.ask('fleet.list', {});
  expect(workstations.map(({ name }) => name)).toContain('Second');
  expect((await syncState(doctor)).openConflicts).toBe(0);
});

test('a restored hub begins a new epoch once, though nobody is there who knows more than it', async () => {
  const { first, admin, second } = await twoWorkstations();
  const fileName = await backUp(first, admin);
  await second.backend.close();
  await first.backend.close();
  for (const name of ['hub.db', 'hub.db-wal', 'hub.db-shm']) rmSync(join(first.profile, name), { force: true });
  const again = await run({ profile: first.profile, clock: now() });
  const restored = await restore(again, fileName);
  await until(() => restored.ask('hub.state', {}), ({ running }) => running);
  await restored.ask('hub.stop', {});
  await restored.ask('hub.start', {});
  await again.backend.close();
  const workstation = openConnection(join(first.profile, 'outpost.db'), first.databaseKey, { mustExist: true });
  const facts = readHub({ connection: workstation })!;
  workstation.close();
  const hub = openConnection(join(first.profile, 'hub.db'), hubDatabaseKey(facts), { mustExist: true });
  expect([hub.prepare('SELECT count(*) FROM epochs').pluck().get(), facts.restored]).toEqual([2, undefined]);
  hub.close();
});

test('a restore beside a sound hub leaves it: what it holds since the backup is nowhere else', async () => {
  const { first, admin, doctor, second } = await twoWorkstations();
  const fileName = await backUp(first, admin);
  const later = await register(doctor, '后到的');
  await inStep(doctor);
  // The workstation that wrote it is gone.
  await second.backend.close();
  rmSync(second.profile, { recursive: true });
  const restored = await restore(first, fileName);
  await isThere(restored, later);
});

test('a damaged hub keeps nobody without a backup', async () => {
  const { first, admin } = await twoWorkstations();
  await admin.ask('hub.stop', {});
  rmSync(join(first.profile, 'hub.db-wal'), { force: true });
  cpSync(join(dirname(import.meta.filename), 'index.ts'), join(first.profile, 'hub.db'));
  const fileName = await backUp(first, admin);
  const restored = await restore(first, fileName);
  expect((await restored.ask('app.status', {})).database).toBe('open');
});
