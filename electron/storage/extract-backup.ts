import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { fail } from '../../shared/errors.ts';
import type { Role } from '../../shared/permissions.ts';
import { readBackupFile } from './backup-file.ts';
import { openConnection } from './connection.ts';
import { toStorageError } from './sqlite-errors.ts';
import type { Work } from './work.ts';
import { checkCopy, forEachChunk } from './write-backup.ts';

export interface Extraction {
  backupPath: string;
  databaseKey: Uint8Array;
  /** Where the database goes. */
  path: string;
  /** Who asks; absent for the recovery key. */
  userId?: string;
}

/**
 * Takes the database out of a backup, durable and checked. Blocks its thread; progress counts bytes. Fails with
 * `backup-damaged`, or with `forbidden` when the user was no active admin in it. Leaves a file behind when it fails.
 */
export function extractBackup({ backupPath, databaseKey, path, userId }: Extraction, progress: Work['progress']): void {
  const { header } = readBackupFile(backupPath);
  const total = 2 * header.payloadBytes;
  const sha256 = copyPayload(backupPath, path, header.payloadBytes, (done) => progress(done, total));
  if (sha256 !== header.payloadSha256) fail({ code: 'backup-damaged' });
  try {
    checkCopy(path, databaseKey, (done, all) => progress(header.payloadBytes * (1 + done / all), total));
    if (userId !== undefined) assertAdmin(path, databaseKey, userId);
  } catch (error) {
    if (toStorageError(error)?.code === 'database-damaged') fail({ code: 'backup-damaged' });
    throw error;
  }
}

function copyPayload(from: string, to: string, length: number, progress: (done: number) => void): string {
  const hash = createHash('sha256');
  const target = openSync(to, 'w', 0o600);
  try {
    forEachChunk(from, length, (chunk, done) => {
      hash.update(chunk);
      writeWhole(target, chunk);
      progress(done);
    });
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
  return hash.digest('hex');
}

/** One write may take less than it is given, on a disk that is filling up first of all. */
function writeWhole(file: number, chunk: Uint8Array): void {
  for (let done = 0; done < chunk.length; ) done += writeSync(file, chunk, done);
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
