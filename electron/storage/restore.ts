import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupSecret } from '../../shared/contract/backups.ts';
import { fail } from '../../shared/errors.ts';
import { readBackupFile, type BackupHeader } from './backup-file.ts';
import { openConnection } from './connection.ts';
import type { Clock } from './environment.ts';
import { assertAdmin } from './extract-backup.ts';
import { unsealWithDelays } from './keyring.ts';
import { writeKeyringFile, type KeyringContent } from './keyring-file.ts';
import { schemaVersion } from './migrations/index.ts';
import { commitRestore, preparedFolder, prepareRestore } from './restore-swap.ts';
import { runTask } from './run-task.ts';
import { SignInDelays } from './sign-in-delays.ts';
import { asStorageError, toStorageError } from './sqlite-errors.ts';
import { openWithRecoveryKey } from './unseal.ts';
import { unattended, type Work } from './work.ts';

export interface RestoreOptions {
  profile: string;
  /** The folder with the backup, and its name there. */
  folder: string;
  fileName: string;
  /** A password of an admin of the backup, or the recovery key, as they were when it was made. */
  secret: BackupSecret;
  clock: Clock;
}

/** What the secret opened; `userId` is absent for the recovery key. */
export interface Unsealed {
  databaseKey: Uint8Array;
  userId?: string;
}

/**
 * Replaces the profile's database and keyring by a backup's, both or neither, whatever happens in between. The replaced
 * ones stay in the profile's folder `replaced-<time>`, which can be opened as a profile of its own. Progress counts bytes; it can
 * be stopped until `closeDatabase` is called, which must shut every connection. Answers the key of the database that is
 * there now. Fails with `backup-not-found`, `backup-damaged`, `backup-newer`, `wrong-credentials`, `sign-in-delayed`,
 * `invalid-input` (mistyped recovery key), `wrong-recovery-key`, `forbidden` (no admin), `disk-full` or
 * `storage-unavailable`, and then the old database is untouched.
 */
export async function restoreBackup(
  options: RestoreOptions & { closeDatabase: () => Promise<void> | void },
  work: Work = unattended,
): Promise<Unsealed> {
  const { profile, clock } = options;
  const backupPath = findBackup(options);
  const { header, unsealed } = await unsealBackup(options, backupPath);
  try {
    const prepared = prepareRestore(profile);
    await runTask('extract-backup', { backupPath, path: join(prepared, 'outpost.db'), profile, ...unsealed }, work);
    writeKeyringFile(prepared, header.keyring);
    work.signal.throwIfAborted();
    await options.closeDatabase();
    commitRestore(profile, clock);
  } catch (error) {
    rmSync(preparedFolder(profile), { recursive: true, force: true });
    throw asStorageError(error);
  }
  return unsealed;
}

/**
 * The way out when the keyring is lost and the database is whole: takes the keyring out of one of its backups, and no
 * data goes back in time. Answers what the secret opened, or undefined when the backup is of another database. Fails as
 * {@link restoreBackup} does, and with `database-damaged`.
 */
export async function recoverKeyring(options: RestoreOptions): Promise<Unsealed | undefined> {
  const { header, unsealed } = await unsealBackup(options, findBackup(options));
  const databasePath = join(options.profile, 'outpost.db');
  if (!opens(databasePath, unsealed.databaseKey)) return undefined;
  if (unsealed.userId !== undefined) assertAdmin(databasePath, unsealed.databaseKey, unsealed.userId);
  writeKeyringFile(options.profile, header.keyring);
  return unsealed;
}

function findBackup({ folder, fileName }: RestoreOptions): string {
  const path = join(folder, fileName);
  return existsSync(path) ? path : fail({ code: 'backup-not-found' });
}

/** Checks what the backup says of itself and opens its key, under the sign-in delays of this workstation. */
async function unsealBackup(
  { profile, secret, clock }: RestoreOptions,
  backupPath: string,
): Promise<{ header: BackupHeader; unsealed: Unsealed }> {
  const { header, isAuthentic } = readBackupFile(backupPath);
  if (header.schemaVersion > schemaVersion) fail({ code: 'backup-newer', found: header.schemaVersion, supported: schemaVersion });
  const unsealed = await unseal(header.keyring, secret, new SignInDelays(profile, clock));
  if (!isAuthentic(unsealed.databaseKey)) fail({ code: 'backup-damaged' });
  return { header, unsealed };
}

async function unseal(keyring: KeyringContent, secret: BackupSecret, delays: SignInDelays): Promise<Unsealed> {
  switch (secret.kind) {
    case 'password':
      return unsealWithDelays(delays, keyring, secret.username, secret.password);
    case 'recovery-key':
      return { databaseKey: openWithRecoveryKey(keyring, secret.recoveryKey) };
  }
}

function opens(databasePath: string, databaseKey: Uint8Array): boolean {
  try {
    openConnection(databasePath, databaseKey, { readonly: true }).close();
    return true;
  } catch (error) {
    if (toStorageError(error)?.code === 'database-damaged') return false;
    throw asStorageError(error);
  }
}
