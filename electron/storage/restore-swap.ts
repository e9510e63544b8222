import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { renameDurably, syncFolder } from './atomic-file.ts';
import type { Clock } from './environment.ts';
import { asStorageError } from './sqlite-errors.ts';

/**
 * What is swapped, in this order, and what goes with it. SQLite's own files would be played into the next database of
 * that name if they were left; the keychain holds the key of the old one.
 */
const swapped: readonly [name: string, companions: readonly string[]][] = [
  ['keyring.json', ['keychain.json']],
  ['keyring.json.bak', []],
  ['hub.db', ['hub.db-wal', 'hub.db-shm']],
  ['outpost.db', ['outpost.db-wal', 'outpost.db-journal', 'outpost.db-shm']],
];

/** Where a restore puts the database and keyring that are to come; without effect until {@link commitRestore}. */
export const preparedFolder = (profile: string): string => join(profile, 'restoring.partial');

/** Makes an empty folder to prepare a restore in. */
export function prepareRestore(profile: string): string {
  const folder = preparedFolder(profile);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/**
 * Swaps in what was prepared; no connection may be open. Renaming the folder is the one point at which the old turns
 * into the new: a kill before it leaves the old, and after it {@link finishRestore} completes the new. From there on
 * files are only renamed, which a full disk does not prevent.
 */
export function commitRestore(profile: string, clock: Clock): void {
  const suffix = freeSuffix(profile, clock);
  syncFolder(preparedFolder(profile));
  renameDurably(preparedFolder(profile), join(profile, `restoring-${suffix}`));
  finishRestore(profile);
}

/** With a clock that stands still or goes back, what an earlier restore replaced must not be written over. */
function freeSuffix(profile: string, clock: Clock): string {
  const time = clock.now().toISOString().replace(/[-:]|\.\d+/g, '');
  for (let count = 1; ; count += 1) {
    if (!existsSync(join(profile, `replaced-${time}-${count}`))) return `${time}-${count}`;
  }
}

/**
 * Completes a restore that was cut short, or clears away one that had not come to its point of no return. Call it with
 * the profile's lock held, before anything else in the profile is read. Each step may be repeated. Fails with
 * `storage-unavailable` while files cannot be moved.
 */
export function finishRestore(profile: string): void {
  try {
    const folder = pendingRestore(profile);
    if (folder !== undefined) swap(profile, folder);
    rmSync(preparedFolder(profile), { recursive: true, force: true });
  } catch (error) {
    throw asStorageError(error);
  }
}

/** The folder of a restore past its point of no return, while it has not been completed. */
export const pendingRestore = (profile: string): string | undefined =>
  readdirSync(profile).find((name) => /^restoring-\d/.test(name));

/** What is replaced ends up in a folder that is a whole profile in itself. */
function swap(profile: string, folder: string): void {
  const prepared = join(profile, folder);
  const replaced = join(profile, folder.replace('restoring', 'replaced'));
  mkdirSync(replaced, { recursive: true, mode: 0o700 });
  for (const [name, companions] of swapped) {
    // While the new file waits, whatever bears its name is the old one.
    if (!existsSync(join(prepared, name))) continue;
    for (const old of [...companions, name]) moveIfThere(join(profile, old), join(replaced, old));
    syncFolder(replaced);
    syncFolder(profile);
    renameDurably(join(prepared, name), join(profile, name));
  }
  rmSync(prepared, { recursive: true });
  syncFolder(profile);
}

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}
