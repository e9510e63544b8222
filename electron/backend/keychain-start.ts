import type { Workstation } from '../services/workstation.ts';
import { databaseKeyId } from '../storage/database-key.ts';
import { unsealWithKeychain, type Keychain } from '../storage/keychain.ts';
import { recoverKeyringWithKeychain } from '../storage/keyring-copy.ts';
import { toStorageError } from '../storage/sqlite-errors.ts';

/**
 * Opens the database with the key that the system's keychain keeps, so that it is ready, checked and backed up before
 * anybody signs in; where the keyring is lost, it is first written anew from the database. Whatever fails here is met
 * again, and told, at the first sign-in.
 */
export async function openByKeychain(workstation: Workstation, keychain: Keychain | undefined): Promise<void> {
  if (keychain === undefined) return;
  try {
    if (workstation.databaseState === 'key-lost' && (await recoverKeyringWithKeychain(workstation.profile, keychain))) workstation.close();
    if (workstation.databaseState !== 'closed') return;
    const key = await unsealWithKeychain(workstation.profile, keychain);
    if (key === undefined || databaseKeyId(key) !== workstation.keyring.wraps.keyId) return;
    workstation.open(key);
  } catch (error) {
    if (toStorageError(error) === undefined) throw error;
    workstation.log.error('database-not-opened', error);
  }
}
