import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { asStorageError } from './sqlite-errors.ts';

/**
 * Replaces a file so that a power cut leaves either the old or the new one whole. Readable by its owner only.
 * Fails with `disk-full` or `storage-unavailable`, and then the old file is untouched.
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  const temporary = `${path}.tmp`;
  try {
    writeDurably(temporary, data);
    renameDurably(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw asStorageError(error);
  }
}

function writeDurably(path: string, data: string | Uint8Array): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Renames, and answers once the new name would survive a power cut. Both names are in one folder or disk. */
export function renameDurably(from: string, to: string): void {
  renamePatiently(from, to);
  syncFolder(dirname(to));
}

/** On Windows a virus scanner may hold a new file for a moment, and renaming it then fails. */
function renamePatiently(from: string, to: string, attempts = process.platform === 'win32' ? 20 : 1): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (attempts <= 1 || !['EPERM', 'EACCES', 'EBUSY'].includes(code ?? '')) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    renamePatiently(from, to, attempts - 1);
  }
}

/** Makes renames and removals in a folder survive a power cut. Windows and some network disks do so without, and refuse it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  try {
    syncPath(folder, 'r');
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Makes what was written to a file by others survive a power cut. */
export function syncFile(path: string): void {
  syncPath(path, 'r+');
}

function syncPath(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
