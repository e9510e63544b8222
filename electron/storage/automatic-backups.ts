import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../../shared/contract/backups.ts';
import type { WorkstationSettings } from '../../shared/schema/setting.ts';
import { backupFolder, createBackup, ownBackups } from './backup.ts';
import { databaseKeyId } from './database-key.ts';
import type { Clock } from './environment.ts';
import { asStorageError } from './sqlite-errors.ts';
import { unattended, type Work } from './work.ts';

export interface AutomaticBackupOptions {
  profile: string;
  databaseKey: Uint8Array;
  settings: WorkstationSettings;
  clock: Clock;
}

/**
 * Whether the settings ask for a backup now. After a clock was moved by more than the interval, either way, one is due:
 * that is one too many at worst, where waiting for the old time could mean years without any.
 */
export function isBackupDue({ profile, databaseKey, settings, clock }: AutomaticBackupOptions): boolean {
  if (settings.backupEveryHours === 0) return false;
  const [newest] = ownBackups(backupFolder(profile, settings), databaseKeyId(databaseKey));
  if (newest === undefined) return true;
  const age = Math.abs(clock.now().getTime() - Date.parse(newest.header.createdAt));
  return age >= settings.backupEveryHours * 3_600_000;
}

/**
 * Makes a backup when one is due, then removes automatic ones of this database beyond those to keep. Undefined when
 * none was due. Fails as {@link createBackup} does, and then removes none.
 */
export async function backupIfDue(options: AutomaticBackupOptions, work: Work = unattended): Promise<Backup | undefined> {
  if (!isBackupDue(options)) return undefined;
  const { profile, databaseKey, settings, clock } = options;
  const folder = backupFolder(profile, settings);
  const made = await createBackup({ profile, databaseKey, folder, origin: 'automatic', clock }, work);
  prune(folder, databaseKeyId(databaseKey), settings.backupsKept);
  return made;
}

function prune(folder: string, keyId: string, kept: number): void {
  const automatic = ownBackups(folder, keyId).filter(({ header }) => header.origin === 'automatic');
  try {
    for (const { fileName } of automatic.slice(kept)) rmSync(join(folder, fileName), { force: true });
  } catch (error) {
    throw asStorageError(error);
  }
}
