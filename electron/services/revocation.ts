import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { backupExtension } from '../storage/backup-file.ts';
import type { Environment } from '../storage/environment.ts';

/** What is locked and set aside; whether it is, it asks here itself. */
interface Locked {
  profile: string;
  environment: Environment;
  close(): void;
}

const markerName = 'revoked';
/** Whatever opens the database, and nothing else does. */
const keyFiles = ['keyring.json', 'keyring.json.bak', 'keychain.json'];
const databaseFiles = ['outpost.db', 'outpost.db-wal', 'outpost.db-shm', 'hub.db', 'hub.db-wal', 'hub.db-shm'];

/** Whether this workstation was taken out of the fleet: its database is there and nothing opens it any more. */
export const isRevoked = (profile: string): boolean => existsSync(join(profile, markerName));

/**
 * Locks the data of a workstation that was revoked and has handed over all its work: destroys its keys, those in its backups too. The marker comes first, so
 * that a cut in between is made up for at the next start.
 */
export function lockRevoked(workstation: Locked): void {
  const { profile } = workstation;
  writeFileAtomic(join(profile, markerName), '');
  workstation.close();
  finishRevocation(profile);
  workstation.close();
}

/**
 * At every start, before the keys are looked at. Backups carry the keyring of their time, and so does what a restore replaced: those
 * in the profile go too. Backups in other places are out of reach; the screen says so.
 */
export function finishRevocation(profile: string): void {
  if (!isRevoked(profile)) return;
  const replaced = readdirSync(profile).filter((name) => /^(replaced|restoring)/.test(name));
  for (const folder of ['.', ...replaced]) for (const name of keyFiles) rmSync(join(profile, folder, name), { force: true });
  const backups = join(profile, 'backups');
  const files = existsSync(backups) ? readdirSync(backups) : [];
  for (const name of files.filter((file) => file.includes(backupExtension))) rmSync(join(backups, name), { force: true });
}

/** Moves what was locked aside, for this workstation to be set up or to join anew. Answers how to put it back, where nothing comes of that. */
export function setAsideRevoked({ profile, environment }: Pick<Locked, 'profile' | 'environment'>): () => void {
  const folder = join(profile, `revoked-${environment.clock.now().toISOString().replace(/[-:.]/g, '')}`);
  const names = databaseFiles.filter((name) => existsSync(join(profile, name)));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of names) renameSync(join(profile, name), join(folder, name));
  rmSync(join(profile, markerName), { force: true });
  return () => {
    writeFileAtomic(join(profile, markerName), '');
    for (const name of names) renameSync(join(folder, name), join(profile, name));
    rmdirSync(folder);
  };
}
