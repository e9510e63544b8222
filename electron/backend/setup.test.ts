import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { AppException } from '../../shared/errors.ts';
import { foundClinic } from '../services/found-clinic.ts';
import { password } from '../services/testing/clinic.ts';
import { environmentWith, systemClock } from '../storage/environment.ts';
import { startBackend } from './index.ts';
import { run } from './testing/running.ts';

function emptyProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'outpost-first-'));
  onTestFinished(() => rmSync(profile, { recursive: true, force: true }));
  return profile;
}

const clinic = {
  site: { organisationName: '仁爱医疗', name: '仁爱诊所', departments: ['内科'] },
  admin: { username: 'Boss', displayName: '吴主任', password },
};

test('the first run makes a clinic that its admin can sign in to, once', async () => {
  const running = await run({ profile: emptyProfile() });
  const window = running.session('window');
  expect(await window.ask('app.status', {})).toMatchObject({ database: 'absent', session: { state: 'none' } });
  expect(await window.refusal('sessions.signIn', { username: 'boss', password })).toEqual({ code: 'not-set-up' });
  expect(await window.refusal('patients.search', { query: 'w' })).toEqual({ code: 'not-set-up' });
  const { recoveryKey } = await window.ask('setup.createClinic', clinic);
  expect(recoveryKey).toMatch(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/);
  expect(await window.ask('sessions.signIn', { username: 'boss', password })).toMatchObject({ role: 'admin', displayName: '吴主任' });
  expect(await window.ask('sites.current', {})).toMatchObject({ name: '仁爱诊所', departments: ['内科'] });
  expect(await window.ask('settings.get', {})).toMatchObject({ lockAfterMinutes: 10 });
  expect(await window.ask('audit.list', { offset: 0, limit: 10 })).toMatchObject({ rows: [{ action: 'session.signed-in' }, { action: 'clinic.created' }], total: 2 });
  expect(await window.refusal('setup.createClinic', clinic)).toEqual({ code: 'already-set-up' });
  expect(await window.refusal('setup.createDemo', { language: 'zh' })).toEqual({ code: 'already-set-up' });
});

test('until somebody says that the recovery key is kept, or has it, an admin is asked for it, after a start and after a new one, too', async () => {
  const running = await run({ profile: emptyProfile() });
  const window = running.session('window');
  await window.ask('setup.createClinic', clinic);
  expect(await window.ask('app.status', {})).not.toHaveProperty('recoveryKeyUnconfirmed');
  await running.backend.close();
  const again = await run({ profile: running.profile });
  const admin = again.session('admin');
  await admin.ask('sessions.signIn', { username: 'boss', password });
  expect(await admin.ask('app.status', {})).toMatchObject({ recoveryKeyUnconfirmed: true });
  await admin.ask('users.create', { username: 'nurse', displayName: 'Nurse', role: 'nurse', password });
  const nurse = again.session('nurse');
  await nurse.ask('sessions.signIn', { username: 'nurse', password });
  expect(await nurse.ask('app.status', {})).not.toHaveProperty('recoveryKeyUnconfirmed');
  // As the window does that set the clinic up: nobody is signed in there.
  await again.session('window').ask('recoveryKey.confirm', {});
  expect(await admin.ask('app.status', {})).not.toHaveProperty('recoveryKeyUnconfirmed');
  const { recoveryKey } = await admin.ask('recoveryKey.renew', { password });
  expect(await admin.ask('app.status', {})).toMatchObject({ recoveryKeyUnconfirmed: true });
  await admin.ask('sessions.recover', { recoveryKey, username: 'boss', newPassword: password });
  expect(await admin.ask('app.status', {})).not.toHaveProperty('recoveryKeyUnconfirmed');
});

test('a program that dies between the founding of a clinic and its answer has shown no recovery key: an admin is asked', async () => {
  const profile = emptyProfile();
  await foundClinic(profile, environmentWith(systemClock), { site: clinic.site, accounts: [{ ...clinic.admin, username: 'boss', role: 'admin' }], action: 'clinic.created' });
  const window = (await run({ profile })).session('window');
  await window.ask('sessions.signIn', { username: 'boss', password });
  expect(await window.ask('app.status', {})).toMatchObject({ recoveryKeyUnconfirmed: true });
});

test('a demo asks for no recovery key, and where there is no clinic there is none to confirm', async () => {
  const window = (await run({ profile: emptyProfile() })).session('window');
  expect(await window.ask('recoveryKey.confirm', {})).toBeNull();
  const { accounts } = await window.ask('setup.createDemo', { language: 'en' });
  const [{ username, password: shown }] = accounts as [(typeof accounts)[number]];
  await window.ask('sessions.signIn', { username, password: shown });
  expect(await window.ask('app.status', {})).not.toHaveProperty('recoveryKeyUnconfirmed');
});

test('of two windows that set up at the same time one does, and its admin can sign in', async () => {
  const running = await run({ profile: emptyProfile() });
  const other = { ...clinic, admin: { ...clinic.admin, username: 'other' } };
  const [first, second] = await Promise.all([
    running.session('a').result('setup.createClinic', clinic),
    running.session('b').result('setup.createClinic', other),
  ]);
  expect([first.ok, second.ok]).toEqual([true, false]);
  expect(second).toEqual({ ok: false, error: { code: 'already-set-up' } });
  expect(await running.session('a').ask('sessions.signIn', { username: 'boss', password })).toMatchObject({ username: 'boss' });
  expect(await running.session('b').refusal('sessions.signIn', { username: 'other', password })).toEqual({ code: 'wrong-credentials' });
});

test('bad input for a clinic names its fields', async () => {
  const running = await run({ profile: emptyProfile() });
  const input = { site: { ...clinic.site, name: ' ' }, admin: { ...clinic.admin, username: 'a b', password: 'short' } };
  expect(await running.session('a').refusal('setup.createClinic', input)).toEqual({
    code: 'invalid-input',
    issues: [
      { path: 'site.name', code: 'required', params: { limit: 1 } },
      { path: 'admin.username', code: 'invalid-username' },
      { path: 'admin.password', code: 'password-too-short', params: { limit: 10 } },
    ],
  });
});

test('a set-up that was killed at any point leaves a profile that can be set up, or a whole clinic', async () => {
  const profile = emptyProfile();
  const running = await run({ profile });
  await running.session('a').ask('setup.createClinic', clinic);
  await running.backend.close();
  // The order of the files is: keyring, its copy, the database under another name, the database.
  for (const cut of [['keyring.json.bak', 'outpost.db'], ['outpost.db']]) {
    const half = emptyProfile();
    cpSync(profile, half, { recursive: true });
    for (const file of cut) rmSync(join(half, file));
    if (cut.length === 1) cpSync(join(profile, 'outpost.db'), join(half, 'outpost.db.new'));
    const again = await run({ profile: half });
    expect((await again.session('a').ask('app.status', {})).database).toBe('absent');
    await again.session('a').ask('setup.createClinic', clinic);
    await again.session('a').ask('sessions.signIn', { username: 'boss', password });
    expect(existsSync(join(half, 'outpost.db.new'))).toBe(false);
  }
});

test.each(['zh', 'en'] as const)('a demo clinic (%s) can be used at once, and fills up beside the work', async (language) => {
  const running = await run({ profile: emptyProfile() });
  const window = running.session('window');
  const { accounts, job } = await window.ask('setup.createDemo', { language });
  const ended = running.finished(job);
  expect(accounts.map(({ role }) => role)).toEqual(['admin', 'doctor', 'nurse', 'front-desk']);
  for (const account of accounts) {
    expect((await running.session(account.username).ask('sessions.signIn', { username: account.username, password: account.password })).role).toBe(account.role);
  }
  expect(await ended).toMatchObject({ state: 'done' });
  const { total } = await running.session('doctor').ask('patients.list', { sort: 'name', direction: 'ascending', filter: {}, offset: 0, limit: 1 });
  expect(total).toBe(500);
});

test('a demo profile is set up at the start, and found again at the next', async () => {
  const profile = emptyProfile();
  const first = await run({ profile, demo: true });
  await first.session('a').ask('sessions.signIn', { username: 'doctor', password: 'outpost-demo' });
  await first.backend.close();
  const second = await run({ profile, demo: true });
  await second.session('a').ask('sessions.signIn', { username: 'doctor', password: 'outpost-demo' });
});

test('the accounts of a demo clinic, and of no other, are told to whoever wants to sign in', async () => {
  const profile = emptyProfile();
  const first = await run({ profile, demo: true });
  await first.backend.close();
  const second = await run({ profile });
  const { demoAccounts } = await second.session('a').ask('app.status', {});
  expect(demoAccounts).toHaveLength(4);
  for (const { username, password } of demoAccounts ?? []) await second.session(username).ask('sessions.signIn', { username, password });
  const real = await run();
  expect(await real.session('a').ask('app.status', {})).not.toHaveProperty('demoAccounts');
});

test('a profile has one program at a time, and is free when that has closed', async () => {
  const running = await run();
  const start = () => startBackend({ profile: running.profile, version: 'test', host: 'web' });
  await expect(start()).rejects.toThrow(new AppException({ code: 'profile-in-use' }));
  await running.backend.close();
  await (await start()).close();
});

test('language and theme are kept for the next start, before anybody has signed in', async () => {
  const running = await run();
  await running.session('a').ask('preferences.update', { language: 'zh' });
  await running.session('a').ask('preferences.update', { theme: 'dark' });
  await running.backend.close();
  const again = await run({ profile: running.profile });
  expect((await again.session('a').ask('app.status', {})).preferences).toEqual({ language: 'zh', theme: 'dark' });
});

test('every save is told to every window once a turn, with no patient data', async () => {
  const running = await run();
  const doctor = await running.signedIn('doctor');
  await new Promise((resolve) => setImmediate(resolve));
  running.events.length = 0;
  const patient = { name: '王小明', gender: 'male' } as const;
  await Promise.all([doctor.ask('patients.create', { patient }), doctor.ask('patients.create', { patient })]);
  // Where the work is, and other events, may be told in between.
  const changes = () => running.events.filter(({ type }) => type === 'changed');
  await vi.waitFor(() => expect(changes()).not.toEqual([]));
  expect(changes()).toEqual([{ type: 'changed', collections: ['auditEntries', 'patients'] }]);
  expect(JSON.stringify(running.events)).not.toContain(patient.name);
});

test('a window that fails to listen disturbs neither the save nor the other windows', async () => {
  const running = await run();
  running.backend.subscribe(() => {
    throw new Error('王小明');
  });
  const heard = vi.fn();
  running.backend.subscribe(heard);
  const doctor = await running.signedIn('doctor');
  await doctor.ask('patients.create', { patient: { name: '王小明', gender: 'male' } });
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(expect.objectContaining({ type: 'changed' })));
  const logs = join(running.profile, 'logs');
  expect(readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8')).join('')).not.toContain('王小明');
});
