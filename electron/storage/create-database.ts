import { rmSync } from 'node:fs';
import { renameDurably } from './atomic-file.ts';
import { openConnection } from './connection.ts';
import type { Environment } from './environment.ts';
import { migrate } from './migrate.ts';
import { asStorageError } from './sqlite-errors.ts';
import { Store } from './store.ts';

/**
 * Makes a new database at `path` with what `fill` puts into it. It is built under another name and gets its own when it is
 * complete, so that a kill leaves either no database or a whole one. Fails with `disk-full` or `storage-unavailable`.
 */
export function createDatabase(path: string, key: Uint8Array, environment: Environment, fill: (store: Store) => void): void {
  const building = `${path}.new`;
  try {
    removeDatabase(building);
    const store = openNew(building, key, environment);
    try {
      fill(store);
    } finally {
      // Closing the last connection moves everything out of the write-ahead log, so that one rename is all.
      store.close();
    }
    renameDurably(building, path);
  } catch (error) {
    removeDatabase(building);
    throw asStorageError(error);
  }
}

function openNew(path: string, key: Uint8Array, environment: Environment): Store {
  const connection = openConnection(path, key);
  try {
    // In one transaction: each of its own would wait for the disk, and of a database that is not whole nothing is kept.
    connection.transaction(() => migrate(connection)).immediate();
    return new Store(connection, environment);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
