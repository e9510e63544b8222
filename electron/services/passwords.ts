import { AppException, fail } from '../../shared/errors.ts';
import type { User } from '../../shared/schema/user.ts';
import type { Store } from '../storage/store.ts';
import { sameUsername } from '../storage/unseal.ts';
import { nobody } from './pending-audit.ts';
import type { Workstation } from './workstation.ts';

/**
 * Proves a password and answers the database key with the user it belongs to. A wrong one goes to the audit. Fails with
 * `wrong-credentials` or `sign-in-delayed`, and where there is no usable database with the code that says why.
 */
export async function provePassword(
  workstation: Workstation,
  username: string,
  password: string,
): Promise<{ userId: string; databaseKey: Uint8Array }> {
  workstation.assertPresent();
  const { keyring } = workstation;
  try {
    return await keyring.unsealWithPassword(username, password);
  } catch (error) {
    const wrong = error instanceof AppException && error.error.code === 'wrong-credentials';
    if (wrong) recordFailure(workstation, keyring.users.find((user) => sameUsername(user.username, username))?.userId);
    throw error;
  }
}

/** A sign-in that failed, under the user's name where the username is somebody's. */
export function recordFailure(workstation: Workstation, userId: string | undefined): void {
  const name = userId !== undefined && workstation.databaseState === 'open' ? workstation.store.get('users', userId)?.displayName : undefined;
  workstation.audit({ actor: userId === undefined ? nobody : { id: userId, name: name ?? '' }, action: 'session.sign-in-failed' });
}

/** Gives a user a password, in place of an older one or as the first. */
export async function setPassword(workstation: Workstation, { id, username }: User, password: string): Promise<void> {
  const { keyring, databaseKey } = workstation;
  if (keyring.users.some(({ userId }) => userId === id)) await keyring.changePassword(id, password, databaseKey);
  else await keyring.addUser({ userId: id, username, password }, databaseKey);
}

/**
 * Takes the passwords away from accounts that are closed or were never completed: the keyring and the database are two
 * files, and a kill may fall between them. Never takes away the last that opens the database.
 */
export function healKeyring(workstation: Workstation, store: Store): void {
  const { keyring } = workstation;
  const superfluous = keyring.users.filter(({ userId }) => store.get('users', userId)?.active !== true);
  if (superfluous.length === keyring.users.length) return;
  try {
    for (const { userId } of superfluous) keyring.removeUser(userId);
  } catch (error) {
    // A full or read-only disk must not keep the others from signing in to read; the next start tries again.
    workstation.log.error('keyring-not-healed', error);
  }
}

/** An account that is in use. Fails with `not-found`. */
export function assertActive(user: User | undefined): User {
  return user?.active === true ? user : fail({ code: 'not-found', collection: 'users' });
}
