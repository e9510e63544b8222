import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fail } from '../../shared/errors.ts';
import { asStorageError } from './sqlite-errors.ts';

export interface ProfileLock {
  release(): void;
}

/**
 * Takes a profile for this process alone, making its folder where there is none. Fails with `profile-in-use` while
 * another has it. The lock is SQLite's on an empty file, which the system takes back from a process that dies: a kill
 * leaves nothing to clean up. Nothing in this process may read `lock.db` by other means: on POSIX systems closing any
 * handle to a file gives up its locks.
 */
export function acquireProfileLock(profile: string): ProfileLock {
  let lock: Database.Database | undefined;
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    lock = new Database(join(profile, 'lock.db'), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) fail({ code: 'profile-in-use' });
    throw asStorageError(error);
  }
  return { release: () => lock.close() };
}
