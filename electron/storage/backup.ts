import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../../shared/contract/backups.ts';
import type { WorkstationSettings } from '../../shared/schema/setting.ts';
import { renameDurably } from './atomic-file.ts';
import { backupExtension, readBackupFile, type BackupHeader, type BackupOrigin } from './backup-file.ts';
import type { Clock } from './environment.ts';
import { readKeyringFile } from './keyring-file.ts';
import { runTask } from './run-task.ts';
import { asStorageError, toStorageError } from './sqlite-errors.ts';
import { unattended, type Work } from './work.ts';
import { writeBackup, type BackupPlan } from './write-backup.ts';

export interface BackupOptions {
  profile: string;
  databaseKey: Uint8Array;
  /** Where the file goes; see {@link backupFolder}. Made when it is missing. */
  folder: string;
  origin: BackupOrigin;
  clock: Clock;
}

/** The folder that the settings name, or the profile's own. */
export const backupFolder = (profile: string, settings: WorkstationSettings): string =>
  settings.backupFolder ?? join(profile, 'backups');

/**
 * Makes one encrypted backup file of the database, and of the hub's, while they go on being used, reads it back, and only then gives it its
 * name. Progress counts bytes copied, checked and hashed. One at a time. Fails with `disk-full`,
 * `storage-unavailable`, `database-damaged` (the database cannot be read) or `backup-damaged` (what was written does
 * not read back), and then leaves nothing behind.
 */
export async function createBackup(options: BackupOptions, work: Work = unattended): Promise<Backup> {
  let plan: BackupPlan | undefined;
  try {
    plan = planBackup(options);
    await writeWatched(plan, work);
    return publish(plan, options.folder);
  } catch (error) {
    discard(plan);
    throw asStorageError(error);
  }
}

/** As {@link createBackup}, in this thread: before a migration nothing else may happen to the database. */
export function createBackupNow(options: BackupOptions): Backup {
  let plan: BackupPlan | undefined;
  try {
    plan = planBackup(options);
    writeBackup(plan, () => undefined);
    return publish(plan, options.folder);
  } catch (error) {
    discard(plan);
    throw asStorageError(error);
  }
}

/** While the worker is inside SQLite, the size of its file is all that tells how far it is. */
async function writeWatched(plan: BackupPlan, work: Work): Promise<void> {
  const expected = statSync(plan.databasePath).size;
  const watch = setInterval(() => {
    const copied = statSync(plan.path, { throwIfNoEntry: false })?.size ?? 0;
    work.progress(Math.min(copied, expected), 3 * expected);
  }, 200);
  const progress: Work['progress'] = (done, total) => {
    clearInterval(watch);
    work.progress(done, total);
  };
  await runTask('write-backup', plan, { signal: work.signal, progress }).finally(() => clearInterval(watch));
}

function planBackup({ profile, databaseKey, folder, origin, clock }: BackupOptions): BackupPlan {
  const keyring = readKeyringFile(profile);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const mine = keyring.keyId.slice(0, 8);
  removeLeftovers(folder, mine);
  const createdAt = clock.now().toISOString();
  const sequence = Math.max(0, ...ownBackups(folder, keyring.keyId).map(({ header }) => header.sequence)) + 1;
  const path = join(folder, `outpost-${createdAt.replace(/[-:]|\.\d+/g, '')}-${mine}-${sequence}${backupExtension}${partial}`);
  return { databasePath: join(profile, 'outpost.db'), databaseKey, path, header: { createdAt, sequence, origin, keyring } };
}

const partial = '.partial';

/** A kill leaves a partial file; several workstations may share the folder, so only our own are ours to remove. */
function removeLeftovers(folder: string, mine: string): void {
  const leftovers = readdirSync(folder).filter((name) => name.includes(`-${mine}-`) && name.includes(backupExtension + partial));
  for (const name of leftovers) rmSync(join(folder, name), { force: true });
}

function publish(plan: BackupPlan, folder: string): Backup {
  const path = plan.path.slice(0, -partial.length);
  renameDurably(plan.path, path);
  return describe(folder, path.slice(folder.length + 1));
}

function discard(plan: BackupPlan | undefined): void {
  if (plan === undefined) return;
  for (const suffix of ['', '-journal', '-wal', '-shm', '.hub']) rmSync(plan.path + suffix, { force: true });
}

/** Every backup file in a folder, newest first; a damaged one is there, unverified, with the date of its file. */
export function listBackups(folder: string): Backup[] {
  return backupNames(folder)
    .map((name) => describe(folder, name))
    .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
}

/** Whole backups of one database key, newest first by the order in which they were made. */
export function ownBackups(folder: string, keyId: string): { fileName: string; header: BackupHeader }[] {
  return backupNames(folder)
    .flatMap((fileName) => {
      const header = readHeader(join(folder, fileName));
      return header?.keyring.keyId === keyId ? [{ fileName, header }] : [];
    })
    .sort((one, other) => other.header.sequence - one.header.sequence);
}

/** An absent folder, such as a memory stick that is not plugged in, holds no backups. */
function backupNames(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(backupExtension));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw asStorageError(error);
  }
}

function describe(folder: string, fileName: string): Backup {
  const path = join(folder, fileName);
  const { size, mtime } = statSync(path);
  const header = readHeader(path);
  if (header === undefined) {
    return { fileName, createdAt: mtime.toISOString(), bytes: size, patients: 0, records: 0, schemaVersion: 0, verified: false };
  }
  const { createdAt, patients, records, schemaVersion } = header;
  return { fileName, createdAt, bytes: size, patients, records, schemaVersion, verified: true };
}

function readHeader(path: string): BackupHeader | undefined {
  try {
    return readBackupFile(path).header;
  } catch (error) {
    if (toStorageError(error) === undefined) throw error;
    return undefined;
  }
}
