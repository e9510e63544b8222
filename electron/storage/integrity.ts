import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../shared/errors.ts';
import type { IntegrityState } from './check-tables.ts';
import { runTask } from './run-task.ts';
import { asStorageError } from './sqlite-errors.ts';
import { unattended, type Work } from './work.ts';

/**
 * Checks every page, table, index and search index of the open database, beside it in a worker. Progress counts tables.
 * Fails with `storage-unavailable` when the disk cannot be read.
 */
export async function checkIntegrity(
  { profile, databaseKey }: { profile: string; databaseKey: Uint8Array },
  work: Work = unattended,
): Promise<IntegrityState> {
  return runTask('check-integrity', { databasePath: join(profile, 'outpost.db'), databaseKey }, work);
}

const pageSize = 4096;
const reservedBytes = 64;

/**
 * The cheap check before a database is opened. Fails with `database-damaged` when the file is cut short or its clear
 * header bytes (page size and room for the cipher, offsets 16 and 20 of the SQLite format) are not ours. SQLite takes
 * a file cut to nothing for a new database: without this, a clinic whose file was lost would look like an empty one.
 */
export function checkDatabaseFile(path: string): void {
  const head = Buffer.alloc(24);
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    if (fstatSync(file).size < pageSize || readSync(file, head, 0, head.length, 0) < head.length) fail({ code: 'database-damaged' });
    if (head.readUInt16BE(16) !== pageSize || head[20] !== reservedBytes) fail({ code: 'database-damaged' });
  } catch (error) {
    throw asStorageError(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
