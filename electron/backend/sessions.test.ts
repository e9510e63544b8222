import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { usernameOf, run, type RunningBackend } from './testing/running.ts';
import { password, patientInput } from '../services/testing/clinic.ts';

afterEach(() => vi.useRealTimers());

const signInAs = (username: string, secret = password) => ({ username, password: secret });

/** The audit as an admin in a session of her own sees it, oldest first; her own sign-in is left out. */
async function trail(running: RunningBackend): Promise<string[]> {
  const auditor = running.session('auditor');
  await auditor.ask('sessions.signIn', signInAs('admin'));
  const { rows } = await auditor.ask('audit.list', { offset: 0, limit: 100 });
  return rows.map(({ action, actorName }) => `${actorName}: ${action}`).reverse().slice(1, -1);
}

test('signing in opens the database, signing out shuts it, and both are audited', async () => {
  const running = await run();
  const status = () => running.session('doctor').ask('app.status', {});
  expect(await status()).toMatchObject({ database: 'closed', session: { state: 'none' } });
  const doctor = await running.signedIn('doctor');
  expect(await status()).toMatchObject({ database: 'open', session: { state: 'active', user: { username: 'doctor', role: 'doctor' } } });
  expect((await doctor.ask('patients.create', { patient: patientInput })).name).toBe('王小明');
  await doctor.ask('sessions.signOut', {});
  await vi.waitFor(async () => expect(await status()).toMatchObject({ database: 'closed', session: { state: 'none' } }));
  expect(await doctor.refusal('patients.search', { query: 'wxm' })).toEqual({ code: 'unauthenticated' });
  expect(await trail(running)).toEqual(['Dora Doctor: session.signed-in', 'Dora Doctor: patient.created', 'Dora Doctor: session.signed-out']);
});

test('sessions stand beside each other, and the database stays open until the last ends', async () => {
  const running = await run();
  const [doctor, nurse] = [await running.signedIn('doctor'), await running.signedIn('nurse')];
  await nurse.ask('sessions.signOut', {});
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await doctor.ask('patients.create', { patient: patientInput })).name).toBe('王小明');
  expect(await nurse.refusal('app.work', {})).toEqual({ code: 'unauthenticated' });
});

test('a wrong password, an unknown name and a closed account are told alike; failures while the database is shut are audited later', async () => {
  const running = await run();
  const admin = await running.signedIn('admin');
  const nurse = (await admin.ask('users.list', {})).find(({ username }) => username === 'nurse')!;
  await admin.ask('users.update', { id: nurse.id, rev: nurse.rev, displayName: 'Nora Nurse', role: 'nurse', active: false });
  await admin.ask('sessions.signOut', {});
  await vi.waitFor(async () => expect(await admin.ask('app.status', {})).toMatchObject({ database: 'closed' }));
  const visitor = running.session('visitor');
  for (const attempt of [signInAs('doctor', 'wrong'), signInAs('nobody', 'wrong'), signInAs('nurse')]) {
    expect(await visitor.refusal('sessions.signIn', attempt)).toEqual({ code: 'wrong-credentials' });
  }
  const written = readFileSync(join(running.profile, 'pending-audit.json'), 'utf8');
  expect(written).not.toContain('wrong');
  expect((await trail(running)).slice(-3)).toEqual([
    'Dora Doctor: session.sign-in-failed',
    ': session.sign-in-failed',
    ': session.sign-in-failed',
  ]);
  const { rows } = await running.session('auditor').ask('audit.list', { offset: 0, limit: 1, action: 'session.sign-in-failed' });
  expect(rows[0]?.occurredAt).toBe('2026-03-02T09:00:00.000Z');
  expect(readdirSync(running.profile)).not.toContain('pending-audit.json');
});

test('failures are slowed down, across a restart too, and a clock set back does not make it years', async () => {
  const running = await run();
  const visitor = running.session('visitor');
  for (let attempt = 0; attempt < 4; attempt += 1) await visitor.refusal('sessions.signIn', signInAs('doctor', 'wrong'));
  expect(await visitor.refusal('sessions.signIn', signInAs('doctor'))).toEqual({ code: 'sign-in-delayed', retryAfterSeconds: 2 });
  await running.backend.close();
  running.clock.set('2016-03-02T09:00:00.000Z');
  const again = await run({ profile: running.profile, clock: running.clock });
  expect(await again.session('visitor').refusal('sessions.signIn', signInAs('doctor'))).toEqual({ code: 'sign-in-delayed', retryAfterSeconds: 2 });
  running.clock.pass(2000);
  expect(await again.session('visitor').ask('sessions.signIn', signInAs('doctor'))).toMatchObject({ username: 'doctor' });
});

test('a locked session answers public calls only, and unlocks with the password of its user', async () => {
  const running = await run();
  const nurse = await running.signedIn('nurse');
  await nurse.ask('sessions.lock', {});
  expect(await nurse.ask('app.status', {})).toMatchObject({ session: { state: 'locked', user: { username: 'nurse' } } });
  expect(await nurse.refusal('patients.search', { query: 'w' })).toEqual({ code: 'locked' });
  expect(await nurse.refusal('sessions.touch', {})).toEqual({ code: 'locked' });
  expect(await nurse.refusal('sessions.unlock', { password: 'wrong' })).toEqual({ code: 'wrong-credentials' });
  expect(await nurse.ask('sessions.unlock', { password })).toMatchObject({ username: 'nurse' });
  expect(await nurse.ask('patients.search', { query: 'w' })).toEqual([]);
  expect(await running.session('stranger').refusal('sessions.unlock', { password })).toEqual({ code: 'unauthenticated' });
  expect(await trail(running)).toEqual([
    'Nora Nurse: session.signed-in', 'Nora Nurse: session.locked', 'Nora Nurse: session.sign-in-failed', 'Nora Nurse: session.unlocked',
  ]);
});

/** The timers of the program are driven by hand; hashing and the event loop go on for real. */
async function runByHand() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const running = await run();
  const desk = await running.signedIn('front-desk');
  return {
    running,
    desk,
    minutes: (count: number) => vi.advanceTimersByTime(count * 60_000),
    state: async () => (await desk.ask('app.status', {})).session.state,
  };
}

test('a session that is left alone locks by itself; queries that repeat themselves do not count, touching does', async () => {
  const { running, desk, minutes, state } = await runByHand();
  minutes(9);
  await desk.ask('sessions.touch', {});
  minutes(9);
  await desk.ask('patients.search', { query: 'w' });
  expect(await state()).toBe('active');
  running.events.length = 0;
  minutes(2);
  expect(await state()).toBe('locked');
  expect(running.events).toContainEqual({ type: 'status' });
  expect(await trail(running)).toContain('Dan Desk: session.locked');
});

test('the lock does not wait for a clock that was set back, and a night of sleep counts', async () => {
  const { running, desk, minutes, state } = await runByHand();
  running.clock.set('2016-03-02T09:00:00.000Z');
  minutes(5);
  expect(await state()).toBe('active');
  minutes(6);
  expect(await state()).toBe('locked');
  await desk.ask('sessions.unlock', { password });
  running.clock.pass(12 * 3_600_000);
  vi.advanceTimersByTime(1000);
  expect(await state()).toBe('locked');
});

test('the time to lock is the one in the settings', async () => {
  const { running, minutes, state } = await runByHand();
  const admin = await running.signedIn('admin');
  await admin.ask('settings.update', { lockAfterMinutes: 1, backupEveryHours: 0, backupsKept: 7 });
  minutes(1);
  expect(await state()).toBe('locked');
});

test('closing an account or changing a role counts at once, in every window', async () => {
  const running = await run();
  const admin = await running.signedIn('admin');
  const doctor = await running.signedIn('doctor');
  const change = async (changed: object) => {
    const user = (await admin.ask('users.list', {})).find(({ username }) => username === usernameOf.doctor)!;
    await admin.ask('users.update', { id: user.id, rev: user.rev, displayName: user.displayName, role: user.role, active: true, ...changed });
  };
  await change({ role: 'front-desk' });
  expect(await doctor.refusal('records.listUnsigned', { offset: 0, limit: 1 })).toEqual({ code: 'forbidden', permission: 'record.read' });
  await change({ active: false });
  expect(await doctor.refusal('patients.search', { query: 'w' })).toEqual({ code: 'unauthenticated' });
  expect(running.events.filter(({ type }) => type === 'status').length).toBeGreaterThanOrEqual(2);
});

test('the recovery key sets a new password, where nobody remembers one', async () => {
  const running = await run();
  const window = running.session('window');
  const recover = (recoveryKey: string, username = 'admin') => ({ recoveryKey, username, newPassword: 'remembered from now on' });
  expect(await window.refusal('sessions.recover', recover('AAAA-AAAA'))).toMatchObject({ code: 'invalid-input' });
  expect(await window.refusal('sessions.recover', recover(running.recoveryKey, 'somebody'))).toEqual({ code: 'not-found', collection: 'users' });
  expect(await window.ask('sessions.recover', recover(running.recoveryKey.toLowerCase()))).toMatchObject({ username: 'admin' });
  expect(await window.ask('users.list', {})).toHaveLength(4);
  expect(await running.session('other').refusal('sessions.signIn', signInAs('admin'))).toEqual({ code: 'wrong-credentials' });
  await running.session('other').ask('sessions.signIn', signInAs('admin', 'remembered from now on'));
});

test('a renewed recovery key takes the place of the old one', async () => {
  const running = await run();
  const admin = await running.signedIn('admin');
  expect(await admin.refusal('recoveryKey.renew', { password: 'wrong' })).toEqual({ code: 'wrong-credentials' });
  const { recoveryKey } = await admin.ask('recoveryKey.renew', { password });
  const recover = (key: string) => ({ recoveryKey: key, username: 'admin', newPassword: 'remembered from now on' });
  expect(await running.session('w').refusal('sessions.recover', recover(running.recoveryKey))).toEqual({ code: 'wrong-recovery-key' });
  await running.session('w').ask('sessions.recover', recover(recoveryKey));
});

test('with a keychain the database is open before anybody has signed in, and stays so', async () => {
  const flip = async (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a);
  const keychain = { wrap: flip, unwrap: flip };
  const first = await run({ keychain });
  await first.signedIn('nurse');
  await first.session('nurse').ask('sessions.signOut', {});
  await first.backend.close();
  const second = await run({ profile: first.profile, keychain });
  expect(await second.session('s').ask('app.status', {})).toMatchObject({ database: 'open', session: { state: 'none' } });
  expect(await second.session('s').refusal('patients.search', { query: 'w' })).toEqual({ code: 'unauthenticated' });
});

test('a keychain that fails is no reason to stop working', async () => {
  const broken = () => Promise.reject(new Error('no keychain'));
  const running = await run({ keychain: { wrap: broken, unwrap: broken } });
  const nurse = await running.signedIn('nurse');
  expect(await nurse.ask('patients.search', { query: 'w' })).toEqual([]);
});

test('a clock set back ten years is told, and work goes on in its order', async () => {
  const running = await run();
  const doctor = await running.signedIn('doctor');
  const first = await doctor.ask('patients.create', { patient: patientInput });
  expect(await doctor.ask('app.status', {})).not.toHaveProperty('clockBehind');
  running.clock.set('2016-03-02T09:00:00.000Z');
  expect(await doctor.ask('app.status', {})).toMatchObject({ clockBehind: { newestSave: '2026-03-02T09:00:00.000Z' } });
  const { birthday: _later, ...patient } = patientInput;
  const second = await doctor.ask('patients.update', { id: first.id, rev: first.rev, patient });
  const versions = await doctor.ask('patients.history', { id: first.id });
  expect(versions.map(({ rev }) => rev)).toEqual([second.rev, first.rev]);
  const newest = { offset: 0, limit: 10, sort: 'updatedAt', direction: 'descending', filter: {} } as const;
  const third = await doctor.ask('patients.create', { patient });
  expect((await doctor.ask('patients.list', newest)).rows.map(({ id }) => id)).toEqual([third.id, first.id]);
});
