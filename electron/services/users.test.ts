import { expect, test } from 'vitest';
import { Keyring } from '../storage/keyring.ts';
import type { Role } from '../../shared/permissions.ts';
import type { User } from '../../shared/schema/user.ts';
import { followDocuments } from './passwords.ts';
import { sessionState } from './session-user.ts';
import { auditTrail, errorOf, openClinic, password, type TestClinic } from './testing/clinic.ts';
import { changePassword, createUser, listUsers, resetPassword, updateUser } from './users.ts';

const account = { username: 'eva', displayName: 'Eva', role: 'nurse', password: 'another long password' } as const;

const userNamed = (clinic: TestClinic, username: string): User => {
  const user = listUsers(clinic.context('admin')).find((candidate) => candidate.username === username);
  if (user === undefined) throw new Error(`No ${username}`);
  return user;
};
/** What the files on disk say, not what this process remembers. */
const opens = (clinic: TestClinic, username: string, secret: string) =>
  Keyring.open(clinic.profile, clinic.clock).unsealWithPassword(username, secret).then(() => true, () => false);
const change = (clinic: TestClinic, user: User, changed: { role?: Role; active?: boolean }) =>
  updateUser(clinic.context('admin'), { id: user.id, rev: user.rev, displayName: user.displayName, role: user.role, active: user.active, ...changed });

test('a new account can open the database, and its name is taken from then on', async () => {
  const clinic = await openClinic();
  const admin = clinic.context('admin');
  const user = await createUser(admin, account);
  expect(user).toMatchObject({ username: 'eva', role: 'nurse', active: true });
  expect(JSON.stringify(user)).not.toContain(account.password);
  expect(await opens(clinic, 'eva', account.password)).toBe(true);
  expect(await errorOf(() => createUser(admin, account))).toEqual({ code: 'username-taken' });
});

test('an account that could not be written leaves no password behind', async () => {
  const clinic = await openClinic();
  clinic.workstation.store.connection.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'no room'); END");
  await expect(createUser(clinic.context('admin'), account)).rejects.toThrow('no room');
  expect(await opens(clinic, 'eva', account.password)).toBe(false);
});

test('passwords without an account, left by a kill, are taken away; the last that opens anything never', async () => {
  const clinic = await openClinic();
  const { workstation, databaseKey } = clinic;
  await workstation.keyring.addUser({ userId: '01890000-0000-7000-8000-00000000dead', username: 'ghost', password: 'left by a kill' }, databaseKey);
  followDocuments(workstation, workstation.store);
  expect(workstation.keyring.users.map(({ username }) => username).sort()).toEqual(['admin', 'desk', 'doctor', 'nurse']);
  workstation.store.connection.exec('UPDATE users SET content = json_set(content, \'$.active\', json(\'false\'))');
  followDocuments(workstation, workstation.store);
  expect(workstation.keyring.users).toHaveLength(4);
});

test('closing an account ends its sessions at once and takes its password away', async () => {
  const clinic = await openClinic();
  clinic.context('nurse');
  const nurse = userNamed(clinic, 'nurse');
  const closed = change(clinic, nurse, { active: false });
  expect(sessionState(clinic.workstation, 'nurse')).toEqual({ state: 'none' });
  expect(await opens(clinic, 'nurse', password)).toBe(false);
  expect(await errorOf(() => resetPassword(clinic.context('admin'), { id: nurse.id, password: 'yet another password' }))).toEqual({
    code: 'not-found',
    collection: 'users',
  });
  change(clinic, closed, { active: true });
  await resetPassword(clinic.context('admin'), { id: nurse.id, password: 'yet another password' });
  expect(await opens(clinic, 'nurse', 'yet another password')).toBe(true);
});

test('an account stays closed even if the keyring could not be written', async () => {
  const clinic = await openClinic();
  clinic.context('nurse');
  const nurse = userNamed(clinic, 'nurse');
  clinic.workstation.keyring.removeUser = () => {
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  };
  expect(change(clinic, nurse, { active: false }).active).toBe(false);
  expect(sessionState(clinic.workstation, 'nurse')).toEqual({ state: 'none' });
});

test('a role that was changed counts from the next call on', async () => {
  const clinic = await openClinic();
  clinic.context('doctor');
  change(clinic, userNamed(clinic, 'doctor'), { role: 'front-desk' });
  expect(sessionState(clinic.workstation, 'doctor')).toMatchObject({ state: 'active', user: { role: 'front-desk' } });
});

test('somebody is left who can manage users', async () => {
  const clinic = await openClinic();
  const admin = userNamed(clinic, 'admin');
  expect(await errorOf(() => change(clinic, admin, { active: false }))).toEqual({ code: 'last-admin' });
  expect(await errorOf(() => change(clinic, admin, { role: 'doctor' }))).toEqual({ code: 'last-admin' });
  const second = change(clinic, userNamed(clinic, 'doctor'), { role: 'admin' });
  change(clinic, second, { active: false });
  expect(await errorOf(() => change(clinic, admin, { active: false }))).toEqual({ code: 'last-admin' });
});

test('a stale change of an account is refused', async () => {
  const clinic = await openClinic();
  const nurse = userNamed(clinic, 'nurse');
  change(clinic, nurse, { role: 'doctor' });
  expect(await errorOf(() => change(clinic, nurse, { role: 'admin' }))).toMatchObject({ code: 'stale-revision', collection: 'users' });
});

test('a password is changed by who knows the old one, and the other sessions of that person end', async () => {
  const clinic = await openClinic();
  const nurse = clinic.context('nurse');
  clinic.workstation.sessions.begin('elsewhere', nurse.user.id);
  const attempt = (currentPassword: string) => changePassword(nurse, { currentPassword, newPassword: 'a newer long password' });
  expect(await errorOf(() => attempt('a wrong password'))).toEqual({ code: 'wrong-credentials' });
  expect(await opens(clinic, 'nurse', password)).toBe(true);
  await attempt(password);
  expect([await opens(clinic, 'nurse', password), await opens(clinic, 'nurse', 'a newer long password')]).toEqual([false, true]);
  expect(sessionState(clinic.workstation, 'elsewhere').state).toBe('none');
  expect(sessionState(clinic.workstation, 'nurse').state).toBe('active');
});

test('everything about accounts is in the audit, and no password is', async () => {
  const clinic = await openClinic();
  const admin = clinic.context('admin');
  const eva = await createUser(admin, account);
  change(clinic, eva, { role: 'doctor' });
  await resetPassword(admin, { id: eva.id, password: 'set by the admin' });
  change(clinic, clinic.workstation.store.get('users', eva.id) ?? eva, { active: false });
  const trail = auditTrail(clinic).slice(1);
  expect(trail.map(({ action }) => action)).toEqual(['user.created', 'user.updated', 'user.password-reset', 'user.updated']);
  expect(trail.every(({ documentId, actorName }) => documentId === eva.id && actorName === 'Ada Admin')).toBe(true);
  expect(JSON.stringify(trail)).not.toMatch(/password"?:/);
});
