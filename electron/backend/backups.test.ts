import { closeSync, cpSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { password, patientInput } from '../services/testing/clinic.ts';
import { openConnection } from '../storage/connection.ts';
import { schemaVersion } from '../storage/migrations/index.ts';
import { run, type Caller, type RunningBackend } from './testing/running.ts';

afterEach(() => vi.useRealTimers());

const list = { sort: 'name', direction: 'ascending', filter: {}, offset: 0, limit: 10 } as const;
const namesOf = async (caller: Caller) => (await caller.ask('patients.list', list)).rows.map(({ name }) => name);
const register = (caller: Caller, name: string) => caller.ask('patients.create', { patient: { ...patientInput, name } });
const backupsOf = async (caller: Caller) => (await caller.ask('backups.list', {})).backups;
const adminSecret = { kind: 'password', username: 'admin', password } as const;

async function withBackup() {
  const running = await run();
  const admin = await running.signedIn('admin');
  await register(admin, 'before');
  const job = await admin.ask('backups.create', {});
  expect(await running.finished(job)).toMatchObject({ state: 'done' });
  const [backup] = await backupsOf(admin);
  return { running, admin, fileName: backup!.fileName };
}

const restore = async (running: RunningBackend, fileName: string, secret: object = adminSecret) =>
  running.finished(await running.session('restorer').ask('backups.restore', { fileName, secret: secret as typeof adminSecret }));

test('a backup is written, listed, told in the status and audited', async () => {
  const { running, admin, fileName } = await withBackup();
  expect(await backupsOf(running.session('stranger'))).toMatchObject([{ fileName, patients: 1, records: 0, verified: true }]);
  expect((await admin.ask('app.status', {})).lastBackupAt).toBe('2026-03-02T09:00:00.000Z');
  expect((await admin.ask('audit.list', { offset: 0, limit: 1, action: 'backup.created' })).rows[0]).toMatchObject({ actorName: 'Ada Admin' });
});

test('a restored clinic is as it was, everybody signs in anew, and no record number is given twice', async () => {
  const { running, admin, fileName } = await withBackup();
  const lost = await register(admin, 'after');
  expect(lost.medicalRecordNumber).toBe('01-000002');
  expect(await restore(running, fileName)).toMatchObject({ state: 'done' });
  expect(await admin.refusal('patients.list', list)).toEqual({ code: 'unauthenticated' });
  await running.signedIn('admin');
  expect(await namesOf(admin)).toEqual(['before']);
  expect((await register(admin, 'new')).medicalRecordNumber).toBe('01-010002');
  expect((await admin.ask('audit.list', { offset: 0, limit: 1, action: 'backup.restored' })).rows[0]).toMatchObject({ actorName: 'Ada Admin' });
});

test('a restore needs a secret of an admin, and changes nothing without one', async () => {
  const { running, admin, fileName } = await withBackup();
  await register(admin, 'later');
  expect(await restore(running, fileName, { ...adminSecret, password: 'wrong' })).toMatchObject({ state: 'failed', error: { code: 'wrong-credentials' } });
  expect(await restore(running, fileName, { ...adminSecret, username: 'doctor' })).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
  expect(await restore(running, 'missing.outpost-backup')).toMatchObject({ state: 'failed', error: { code: 'backup-not-found' } });
  expect(await running.session('s').refusal('backups.restore', { fileName: '../x.outpost-backup', secret: adminSecret })).toMatchObject({ code: 'invalid-input' });
  expect(await namesOf(admin)).toEqual(['before', 'later']);
});

test('nothing starts on a database that is being replaced', async () => {
  const { running, admin, fileName } = await withBackup();
  const job = await admin.ask('backups.restore', { fileName, secret: { kind: 'recovery-key', recoveryKey: running.recoveryKey } });
  const ended = running.finished(job);
  // All at once: between two of them a fast restore could end.
  const refused = await Promise.all([
    admin.refusal('backups.restore', { fileName, secret: adminSecret }),
    admin.refusal('backups.create', {}),
    running.session('x').refusal('sessions.signIn', { username: 'nurse', password }),
  ]);
  expect(refused).toEqual(refused.map(() => ({ code: 'job-running' })));
  expect(await ended).toMatchObject({ state: 'done' });
  await running.signedIn('nurse');
});

/** Writes nonsense over the middle of the database file while nobody has it open. */
function damage(path: string): void {
  const file = openSync(path, 'r+');
  const size = statSync(path).size;
  writeSync(file, Buffer.alloc(size - 3 * 4096, 0x55), 0, size - 3 * 4096, 4096);
  closeSync(file);
}

test('a damaged database is told at sign-in, nothing else is touched, and a backup is the way out', async () => {
  const { running, fileName } = await withBackup();
  await running.backend.close();
  damage(join(running.profile, 'outpost.db'));
  const again = await run({ profile: running.profile });
  const window = again.session('window');
  expect(await window.refusal('sessions.signIn', { username: 'admin', password })).toEqual({ code: 'database-damaged' });
  expect((await window.ask('app.status', {})).database).toBe('damaged');
  expect(await window.refusal('patients.search', { query: 'w' })).toEqual({ code: 'database-damaged' });
  expect(await window.refusal('setup.createClinic', { site: { organisationName: 'x', name: 'x', departments: [] }, admin: { username: 'x', displayName: 'x', password } })).toEqual({ code: 'already-set-up' });
  expect(await restore(again, fileName)).toMatchObject({ state: 'done' });
  expect(await namesOf(await again.signedIn('admin'))).toEqual(['before']);
});

test('damage in the middle of the work is found by the background check, and the database goes out of use', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const running = await run();
  const admin = await running.signedIn('admin');
  for (let count = 0; count < 30; count += 1) await register(admin, `patient ${count}`);
  await running.backend.close();
  const path = join(running.profile, 'outpost.db');
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(64, 0x55), 0, 64, statSync(path).size - 2048);
  closeSync(file);
  const again = await run({ profile: running.profile });
  await again.signedIn('admin');
  const ended = new Promise<void>((resolve) => {
    again.backend.subscribe((event) => {
      if (event.type === 'job' && event.job.kind === 'integrity-check' && event.job.state !== 'running') resolve();
    });
  });
  vi.advanceTimersByTime(20_000);
  await ended;
  expect(await again.session('admin').ask('app.status', {})).toMatchObject({ database: 'damaged', session: { state: 'none' } });
  expect(again.events).toContainEqual(expect.objectContaining({ type: 'job', job: expect.objectContaining({ state: 'failed', error: { code: 'database-damaged' } }) }));
});

test('a new computer starts from a backup of the old one', async () => {
  const { running, fileName } = await withBackup();
  const profile = mkdtempSync(join(tmpdir(), 'outpost-new-'));
  onTestFinished(() => rmSync(profile, { recursive: true, force: true }));
  cpSync(join(running.profile, 'backups'), join(profile, 'backups'), { recursive: true });
  const fresh = await run({ profile });
  expect(await restore(fresh, fileName)).toMatchObject({ state: 'done' });
  expect(await namesOf(await fresh.signedIn('admin'))).toEqual(['before']);
});

test('where only the keyring is lost, a backup gives it back and no data goes back in time', async () => {
  const { running, admin, fileName } = await withBackup();
  await register(admin, 'after');
  await running.backend.close();
  for (const name of ['keyring.json', 'keyring.json.bak']) rmSync(join(running.profile, name));
  const again = await run({ profile: running.profile });
  const window = again.session('window');
  expect((await window.ask('app.status', {})).database).toBe('key-lost');
  expect(await window.refusal('sessions.signIn', { username: 'admin', password })).toEqual({ code: 'database-key-lost' });
  expect(await restore(again, fileName)).toMatchObject({ state: 'done' });
  expect(await namesOf(await again.signedIn('admin'))).toEqual(['after', 'before']);
});

test('a backup folder of the clinic is used, and known while the database is shut', async () => {
  const running = await run();
  const folder = mkdtempSync(join(tmpdir(), 'outpost-stick-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const admin = await running.signedIn('admin');
  const settings = { lockAfterMinutes: 10, backupEveryHours: 24, backupsKept: 7 };
  expect(await admin.refusal('settings.update', { ...settings, backupFolder: 'relative' })).toEqual({
    code: 'invalid-input',
    issues: [{ path: 'backupFolder', code: 'invalid-folder' }],
  });
  await admin.ask('settings.update', { ...settings, backupFolder: folder });
  await running.finished(await admin.ask('backups.create', {}));
  expect(readdirSync(folder)).toHaveLength(1);
  await running.backend.close();
  const again = await run({ profile: running.profile });
  expect(await backupsOf(again.session('s'))).toHaveLength(1);
  rmSync(folder, { recursive: true });
  await again.signedIn('admin');
  expect(await backupsOf(again.session('s'))).toEqual([]);
});

test('automatic backups are made when they are due, and old ones go', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const running = await run();
  const admin = await running.signedIn('admin');
  await admin.ask('settings.update', { lockAfterMinutes: 240, backupEveryHours: 24, backupsKept: 2 });
  const backUp = async () => {
    running.events.length = 0;
    vi.advanceTimersByTime(5 * 60_000);
    await vi.waitFor(() => expect(running.events).toContainEqual(expect.objectContaining({ job: expect.objectContaining({ kind: 'backup', state: 'done' }) })), 20_000);
  };
  await backUp();
  vi.advanceTimersByTime(5 * 60_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await backupsOf(admin)).toHaveLength(1);
  for (let day = 0; day < 2; day += 1) {
    running.clock.pass(24 * 3_600_000);
    await running.session('admin').ask('sessions.signIn', { username: 'admin', password });
    await backUp();
  }
  expect(await backupsOf(admin)).toHaveLength(2);
  expect((await admin.ask('audit.list', { offset: 0, limit: 10, action: 'backup.created' })).total).toBe(3);
});

test('a database of a newer version is told and left alone', async () => {
  const running = await run();
  await running.backend.close();
  const path = join(running.profile, 'outpost.db');
  const database = openConnection(path, running.databaseKey);
  database.pragma(`user_version = ${schemaVersion + 1}`);
  database.close();
  const before = readFileSync(path);
  const again = await run({ profile: running.profile });
  const refusal = { code: 'database-newer', found: schemaVersion + 1, supported: schemaVersion };
  expect(await again.session('s').refusal('sessions.signIn', { username: 'admin', password })).toEqual(refusal);
  expect((await again.session('s').ask('app.status', {})).database).toBe('newer');
  expect(await again.session('s').refusal('patients.search', { query: 'w' })).toEqual(refusal);
  await again.backend.close();
  expect(readFileSync(path).equals(before)).toBe(true);
});
