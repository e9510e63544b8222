import { join } from 'node:path';
import { createBackupNow, type BackupOptions } from '../storage/backup.ts';
import { openConnection } from '../storage/connection.ts';
import type { Environment } from '../storage/environment.ts';
import { checkDatabaseFile } from '../storage/integrity.ts';
import { migrate } from '../storage/migrate.ts';
import { asStorageError, toStorageError } from '../storage/sqlite-errors.ts';
import { Store } from '../storage/store.ts';
import { removeVisitsBeside } from '../storage/visits-beside.ts';

/**
 * Opens a profile's database and brings it to this version, with a backup before any change to its form. Fails with
 * `database-damaged`, `database-newer`, `disk-full` or `storage-unavailable`.
 */
export function openDatabase(
  place: { profile: string; path: string; backupFolder: string },
  databaseKey: Uint8Array,
  environment: Environment,
): Store {
  const { profile, path, backupFolder } = place;
  try {
    checkDatabaseFile(path);
    removeVisitsBeside(profile);
    const connection = openConnection(path, databaseKey, { mustExist: true });
    try {
      migrate(connection, () => backUpBefore({ profile, databaseKey, origin: 'before-migration', clock: environment.clock }, backupFolder));
      return new Store(connection, environment);
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    throw asStorageError(error);
  }
}

/** Into the profile where the chosen folder cannot be reached: a drive left at home must not keep a clinic shut. */
function backUpBefore(options: Omit<BackupOptions, 'folder'>, chosen: string): void {
  try {
    createBackupNow({ ...options, folder: chosen });
  } catch (error) {
    if (toStorageError(error)?.code !== 'storage-unavailable') throw error;
    createBackupNow({ ...options, folder: join(options.profile, 'backups') });
  }
}
