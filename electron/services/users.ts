import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { User, UserContent } from '../../shared/schema/user.ts';
import { findUserByUsername, listUsers as queryUsers } from '../storage/users.ts';
import type { Store } from '../storage/store.ts';
import { newCredentials } from '../storage/unseal.ts';
import type { Context } from './context.ts';
import { assertActive, credentialOf, provePassword, setPassword } from './passwords.ts';

/** Every user, closed accounts included. */
export function listUsers({ store }: Context): User[] {
  return queryUsers(store.connection);
}

/**
 * Opens an account. The password goes into the keyring first: a kill in between leaves a password without a user, which
 * opens no session and is taken away at the next start. Fails with `username-taken`.
 */
export async function createUser(context: Context, { password, ...account }: CallParsed<'users.create'>): Promise<User> {
  const { workstation, store, actor, environment } = context;
  if (findUserByUsername(store.connection, account.username) !== undefined) fail({ code: 'username-taken' });
  const userId = environment.newId();
  const credentials = await newCredentials({ userId, username: account.username, password });
  workstation.keyring.sealFor(credentials, workstation.databaseKey);
  try {
    const content: UserContent = { ...account, active: true, credential: credentialOf(credentials) };
    return store.commit({ actor, action: 'user.created' }, (transaction) => transaction.create('users', content, userId));
  } catch (error) {
    workstation.keyring.removeUser(userId);
    throw error;
  }
}

/**
 * Changes a user's name, role or department, or closes and reopens the account. Counts from the user's next call on.
 * A closed account loses its password, so that it opens nothing any more, not even a copy of the disk; when it is
 * opened again it needs a new one. Fails with `not-found`, `stale-revision` or `last-admin`.
 */
export function updateUser(context: Context, { id, rev, ...account }: CallParsed<'users.update'>): User {
  const { workstation, store, actor } = context;
  const before = store.get('users', id) ?? fail({ code: 'not-found', collection: 'users' });
  const { username, credential } = before;
  // A closed account's password opens nothing any more, here and at every other workstation.
  const next: UserContent = { ...account, username, ...(credential && account.active && { credential }) };
  assertAdminLeft(store, id, next);
  const user = store.commit({ actor, action: 'user.updated' }, (transaction) => transaction.update('users', id, next, { over: rev }));
  if (!user.active) closeAccount(context, id);
  workstation.statusChanged();
  return user;
}

/** Sets a new password for somebody who forgot it, and ends that person's sessions. Fails with `not-found`. */
export async function resetPassword({ workstation, store, actor, sessionId }: Context, { id, password }: CallParsed<'users.resetPassword'>): Promise<null> {
  const user = assertActive(store.get('users', id));
  await setPassword(workstation, user, password, { actor, action: 'user.password-reset' });
  workstation.sessions.endUser(id, sessionId);
  workstation.statusChanged();
  return null;
}

/** Changes one's own password and ends one's other sessions. Fails with `wrong-credentials` or `sign-in-delayed`. */
export async function changePassword({ workstation, store, actor, user, sessionId }: Context, input: CallParsed<'users.changePassword'>): Promise<null> {
  await provePassword(workstation, user.username, input.currentPassword);
  const account = assertActive(store.get('users', user.id));
  await setPassword(workstation, account, input.newPassword, { actor, action: 'user.password-changed' });
  workstation.sessions.endUser(user.id, sessionId);
  workstation.statusChanged();
  return null;
}

function closeAccount({ workstation }: Context, userId: string): void {
  workstation.sessions.endUser(userId);
  try {
    workstation.keyring.removeUser(userId);
  } catch (error) {
    // The account is closed all the same; the next start takes the password away.
    workstation.log.error('keyring-not-updated', error);
  }
}

/** Somebody must be able to manage users and backups. Fails with `last-admin`. */
function assertAdminLeft(store: Store, id: string, next: UserContent): void {
  if (next.active && next.role === 'admin') return;
  const others = queryUsers(store.connection).filter((user) => user.id !== id);
  if (!others.some((user) => user.active && user.role === 'admin')) fail({ code: 'last-admin' });
}
