import { AppException, type AppError } from '../../shared/errors.ts';

/**
 * What a failure of SQLite or of the file system means to a person, by the start of its code. SHMSIZE is how SQLite
 * reports that the disk has no room for the write-ahead log's index.
 */
const meanings: readonly [prefix: string, error: AppError][] = [
  ['SQLITE_FULL', { code: 'disk-full' }],
  ['SQLITE_IOERR_SHMSIZE', { code: 'disk-full' }],
  ['ENOSPC', { code: 'disk-full' }],
  ['EDQUOT', { code: 'disk-full' }],
  ['SQLITE_CORRUPT', { code: 'database-damaged' }],
  ['SQLITE_NOTADB', { code: 'database-damaged' }],
  ['SQLITE_IOERR', { code: 'storage-unavailable' }],
  ['SQLITE_READONLY', { code: 'storage-unavailable' }],
  ['SQLITE_CANTOPEN', { code: 'storage-unavailable' }],
  ['SQLITE_PERM', { code: 'storage-unavailable' }],
  ['SQLITE_BUSY', { code: 'storage-unavailable' }],
  ...['EACCES', 'EPERM', 'EROFS', 'EIO', 'EBUSY', 'ENODEV', 'ENXIO', 'ENOTDIR', 'EMFILE', 'ENFILE', 'ENOENT'].map(
    (code): [string, AppError] => [code, { code: 'storage-unavailable' }],
  ),
];

/** The coded error that a storage failure means; undefined for anything that is a bug of ours. */
export function toStorageError(error: unknown): AppError | undefined {
  if (error instanceof AppException) return error.error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return undefined;
  return meanings.find(([prefix]) => code.startsWith(prefix))?.[1];
}

/** What to throw in place of a caught error: coded where it has a meaning, itself where it is a bug. */
export function asStorageError(error: unknown): unknown {
  if (error instanceof AppException) return error;
  const meaning = toStorageError(error);
  if (meaning === undefined) return error;
  const exception = new AppException(meaning);
  exception.cause = error;
  return exception;
}
