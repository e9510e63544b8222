import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where programs of all systems look for the place of temporary files. */
export const temporaryVariables = ['TMPDIR', 'TEMP', 'TMP'] as const;
const memoryDisk = '/dev/shm';
/** Several times what two files of tests, or the end-to-end tests, have in it at once. */
const wanted = 4 * 1024 ** 3;

/**
 * Gives a run of tests a temporary folder of its own and removes it at the end: a test that failed, or a process that
 * was killed on purpose, cannot clean up after itself. It lies in memory where there is room: the tests kill processes
 * and not the machine, so they lose nothing by it, and a disk takes milliseconds over each of their hundred thousand
 * `fsync`. Answers the removal.
 */
export default function makeTestFolder(): () => void {
  return makeTemporaryFolder(hasRoom(memoryDisk) ? memoryDisk : tmpdir());
}

/** The same in this folder. Answers the removal. */
export function makeTemporaryFolder(parent: string): () => void {
  const folder = mkdtempSync(join(parent, 'outpost-tests-'));
  for (const name of temporaryVariables) process.env[name] = folder;
  // A hundred processes are started from source: each would strip the types of all it loads anew, which takes longer than what it is started for.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compile-cache');
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** TMPDIR, where somebody set it, says where temporary files go. */
function hasRoom(path: string): boolean {
  if (process.env['TMPDIR'] !== undefined) return false;
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= wanted;
  } catch {
    return false;
  }
}
