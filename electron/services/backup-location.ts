import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../storage/atomic-file.ts';

const locationSchema = z.object({ folder: z.string() });
const path = (profile: string) => join(profile, 'backup-location.json');

/** Where backups were last known to go. Kept beside the database, which cannot be asked when it is damaged. */
export function readBackupLocation(profile: string): string {
  try {
    return locationSchema.parse(JSON.parse(readFileSync(path(profile), 'utf8'))).folder;
  } catch {
    return join(profile, 'backups');
  }
}

export function writeBackupLocation(profile: string, folder: string): void {
  if (readBackupLocation(profile) !== folder) writeFileAtomic(path(profile), JSON.stringify({ folder }));
}
