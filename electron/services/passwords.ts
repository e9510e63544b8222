import { AppException, fail } from '../../shared/errors.ts';
import type { Credential, User } from '../../shared/schema/user.ts';
import type { Change, Store } from '../storage/store.ts';
import { newCredentials, sameUsername, type UserCredentials } from '../storage/unseal.ts';
import { listUsers } from '../storage/users.ts';
import { contentOf } from './documents.ts';
import { nobody } from './pending-audit.ts';
import type { Workstation } from './workstation.ts';

/**
 * Proves a password and answers the database key with the user it belongs to. A wrong one goes to the audit. Fails with
 * `wrong-credentials`, during a first copy `account-not-here-yet`, or `sign-in-delayed`, and where there is no usable database with the code that says why.
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
    if (!wrong) throw error;
    recordFailure(workstation, keyring.users.find((user) => sameUsername(user.username, username))?.userId);
    // Whose account is still on its way is told of every name alike: which ones are here is nobody's business.
    return fail({ code: workstation.sync.isJoining ? 'account-not-here-yet' : 'wrong-credentials' });
  }
}

/** A sign-in that failed, under the user's name where the username is somebody's. */
export function recordFailure(workstation: Workstation, userId: string | undefined): void {
  const name = userId !== undefined && workstation.databaseState === 'open' ? workstation.store.get('users', userId)?.displayName : undefined;
  workstation.audit({ actor: userId === undefined ? nobody : { id: userId, name: name ?? '' }, action: 'session.sign-in-failed' });
}

/**
 * Gives a user a password, in place of an older one or as the first. The user's document comes first, with its public half: every
 * workstation of the clinic follows it, and so does this one's keyring, at the next start if a kill falls in between.
 */
export async function setPassword(workstation: Workstation, user: User, password: string, change: Pick<Change, 'actor' | 'action'>): Promise<void> {
  const credentials = await newCredentials({ userId: user.id, username: user.username, password });
  const { store, keyring, databaseKey } = workstation;
  const { rev, ...current } = assertActive(store.get('users', user.id));
  const content = { ...contentOf({ ...current, rev }), credential: credentialOf(credentials) };
  store.commit({ ...change, about: { collection: 'users', documentId: user.id } }, (transaction) => transaction.update('users', user.id, content, { over: rev }));
  keyring.changePassword(credentials, databaseKey);
}

/** What a user's document says of the password. */
export const credentialOf = ({ salt, publicKey }: UserCredentials): Credential => ({ salt, publicKey });

/**
 * Brings the keyring to what the documents say of users and the recovery key: they may have come from another workstation, and a kill may
 * fall between the two files. Takes the passwords away from accounts that are closed or were never completed, and never
 * the last that opens the database.
 */
export function followDocuments(workstation: Workstation, store: Store): void {
  try {
    const { keyring, databaseKey } = workstation;
    const users = listUsers(store.connection)
      .filter(({ active }) => active)
      // Two sites may have given one name each: the older account has it.
      .sort((one, two) => (one.createdAt < two.createdAt ? -1 : 1))
      .flatMap(({ id, username, credential }) => (credential ? [{ userId: id, username, ...credential }] : keyring.users.filter(({ userId }) => userId === id)));
    keyring.follow(users, store.get('sites', store.siteId ?? '')?.recoveryPublicKey, databaseKey);
  } catch (error) {
    // A full or read-only disk must not keep the others from signing in to read; the next start tries again.
    workstation.log.error('keyring-not-brought-up-to-date', error);
  }
}

/** Now, and whenever users or sites change, by whomever. */
export function keepKeyringInStep(workstation: Workstation, store: Store): void {
  followDocuments(workstation, store);
  store.onChange((changed) => {
    if (changed.includes('users') || changed.includes('sites')) followDocuments(workstation, store);
  });
}

/** An account that is in use. Fails with `not-found`. */
export function assertActive(user: User | undefined): User {
  return user?.active === true ? user : fail({ code: 'not-found', collection: 'users' });
}
