import { fail } from '../../shared/errors.ts';
import type { Role } from '../../shared/permissions.ts';
import { readBackupFile } from './backup-file.ts';
import { openConnection } from './connection.ts';
import { copyRange } from './copy-range.ts';
import { extractHub } from './hub-copy.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Work } from './work.ts';
import { checkCopy } from './write-backup.ts';

export interface Extraction {
  backupPath: string;
  databaseKey: Uint8Array;
  /** Where the database goes; a hub's goes beside it. */
  path: string;
  /** The profile that is restored: a sound database of its hub stays. */
  profile: string;
  /** Who asks; absent for the recovery key. */
  userId?: string;
}

/**
 * Takes the database, and a hub's, out of a backup, durable and checked. Blocks its thread; progress counts bytes. Fails with
 * `backup-damaged`, or with `forbidden` when the user was no active admin in it. Leaves a file behind when it fails.
 */
export function extractBackup({ backupPath, databaseKey, path, profile, userId }: Extraction, progress: Work['progress']): void {
  const { header } = readBackupFile(backupPath);
  const total = 2 * header.payloadBytes;
  const sha256 = copyRange(backupPath, path, { from: 0, length: header.payloadBytes }, (done) => progress(done, total));
  if (sha256 !== header.payloadSha256) fail({ code: 'backup-damaged' });
  try {
    checkCopy(path, databaseKey, (done, all) => progress(header.payloadBytes * (1 + done / all), total));
    if (userId !== undefined) assertAdmin(path, databaseKey, userId);
    if (header.hub && extractHub(backupPath, header.hub, header.payloadBytes, { path, databaseKey, profile }) === 'damaged') fail({ code: 'backup-damaged' });
  } catch (error) {
    if (toStorageError(error)?.code === 'database-damaged') fail({ code: 'backup-damaged' });
    throw error;
  }
}

/** Fails with `forbidden` unless the user is an active admin of that database. */
export function assertAdmin(databasePath: string, databaseKey: Uint8Array, userId: string): void {
  const database = openConnection(databasePath, databaseKey, { readonly: true });
  try {
    const row = database.prepare('SELECT content FROM users WHERE id = @userId AND deleted = 0').get({ userId }) as { content: string } | undefined;
    const user = row && (JSON.parse(row.content) as { role: Role; active: boolean });
    if (user?.role !== 'admin' || !user.active) fail({ code: 'forbidden', permission: 'backup.manage' });
  } finally {
    database.close();
  }
}
