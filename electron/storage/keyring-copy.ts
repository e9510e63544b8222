import { join } from 'node:path';
import { openConnection, type Connection } from './connection.ts';
import { unsealWithKeychain, type Keychain } from './keychain.ts';
import { databaseKeyId } from './database-key.ts';
import type { Keyring } from './keyring.ts';
import { parseKeyring, writeKeyringFile, type KeyringContent } from './keyring-file.ts';
import { readMeta, writeMeta } from './meta.ts';
import { asStorageError, toStorageError } from './sqlite-errors.ts';

/**
 * Keeps a copy of the keyring inside the database, now and after each change: when the files are lost and the system's
 * keychain opens the database, everybody's password goes on working. A copy that cannot be written, for want of room,
 * stops nobody; the next opening tries again.
 */
export function mirrorKeyring(keyring: Keyring, connection: Connection): void {
  const write = (wraps: KeyringContent): void => {
    const copy = JSON.stringify(wraps);
    try {
      if (connection.open && readMeta(connection, 'keyring') !== copy) writeMeta(connection, 'keyring', copy);
    } catch (error) {
      if (toStorageError(error) === undefined) throw error;
    }
  };
  write(keyring.wraps);
  keyring.onChange(write);
}

/**
 * The way out of a lost keyring that asks nobody anything: writes it anew from the copy in the database, which the
 * keychain opens. False when the keychain does not open this database or there is no copy. Fails with
 * `database-damaged`, `disk-full` or `storage-unavailable`.
 */
export async function recoverKeyringWithKeychain(profile: string, keychain: Keychain): Promise<boolean> {
  const databaseKey = await unsealWithKeychain(profile, keychain);
  if (databaseKey === undefined) return false;
  try {
    const keyring = readCopy(profile, databaseKey);
    if (keyring?.keyId !== databaseKeyId(databaseKey)) return false;
    writeKeyringFile(profile, keyring);
    return true;
  } catch (error) {
    throw asStorageError(error);
  }
}

function readCopy(profile: string, databaseKey: Uint8Array): KeyringContent | undefined {
  const connection = openConnection(join(profile, 'outpost.db'), databaseKey, { readonly: true });
  try {
    const copy = readMeta(connection, 'keyring');
    return copy === undefined ? undefined : parseKeyring(copy);
  } finally {
    connection.close();
  }
}
