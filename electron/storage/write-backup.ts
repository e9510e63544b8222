import { statSync } from 'node:fs';
import { fail } from '../../shared/errors.ts';
import { syncFile } from './atomic-file.ts';
import { appendHeader, readBackupFile, type BackupHeader } from './backup-file.ts';
import { damagedTables } from './check-tables.ts';
import { openConnection, type Connection } from './connection.ts';
import { hashRange } from './copy-range.ts';
import { appendHub } from './hub-copy.ts';
import { readSchemaVersion } from './migrate.ts';
import type { Work } from './work.ts';

export interface BackupPlan {
  databasePath: string;
  databaseKey: Uint8Array;
  /** The file to make; must not exist. */
  path: string;
  header: Pick<BackupHeader, 'createdAt' | 'sequence' | 'origin' | 'keyring'>;
}

/**
 * Writes a whole backup file, durable and checked, next to databases that others go on writing. Blocks its thread.
 * The copying itself says nothing of its progress; see the size of the file. Fails with `backup-damaged` when what
 * was written does not read back.
 */
export function writeBackup({ databasePath, databaseKey, path, header }: BackupPlan, progress: Work['progress']): void {
  copyDatabase(databasePath, databaseKey, path);
  syncFile(path);
  const payloadBytes = statSync(path).size;
  const checked = checkCopy(path, databaseKey, (done, total) => progress(payloadBytes + (payloadBytes * done) / total, 3 * payloadBytes));
  const payloadSha256 = hashRange(path, { from: 0, length: payloadBytes }, (done) => progress(2 * payloadBytes + done, 3 * payloadBytes));
  const hub = appendHub(databasePath, databaseKey, path);
  appendHeader(path, { ...header, ...checked, payloadBytes, payloadSha256, ...(hub && { hub }) }, databaseKey);
  syncFile(path);
  if (!readBackupFile(path).isAuthentic(databaseKey)) fail({ code: 'backup-damaged' });
}

/** VACUUM INTO keeps the key and the cipher: pages leave the connection encrypted, and no temporary file is used. */
function copyDatabase(databasePath: string, databaseKey: Uint8Array, path: string): void {
  const source = openConnection(databasePath, databaseKey, { readonly: true });
  try {
    source.prepare('VACUUM INTO @path').run({ path });
  } finally {
    source.close();
  }
}

/** Reads a copy back, page for page, and says what is in it. Fails with `backup-damaged`. */
export function checkCopy(
  path: string,
  databaseKey: Uint8Array,
  progress: Work['progress'],
): Pick<BackupHeader, 'schemaVersion' | 'patients' | 'records'> {
  const copy = openConnection(path, databaseKey, { readonly: true });
  try {
    if (damagedTables(copy, 'without search', progress).length > 0) fail({ code: 'backup-damaged' });
    return {
      schemaVersion: readSchemaVersion(copy),
      patients: countPresent(copy, 'patients'),
      records: countPresent(copy, 'medical_records'),
    };
  } finally {
    copy.close();
  }
}

const countPresent = (connection: Connection, table: string): number =>
  (connection.prepare(`SELECT count(*) AS n FROM ${table} WHERE deleted = 0`).get() as { n: number }).n;
