import { describe, expect, test } from 'vitest';
import { AppException } from '../../shared/errors.ts';
import { asStorageError, toStorageError } from './sqlite-errors.ts';

const coded = (code: string) => Object.assign(new Error('about 王小明'), { code });

describe('what a storage failure means', () => {
  test.each([
    ['SQLITE_FULL', 'disk-full'],
    ['ENOSPC', 'disk-full'],
    ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
    ['SQLITE_CORRUPT_VTAB', 'database-damaged'],
    ['SQLITE_NOTADB', 'database-damaged'],
    ['SQLITE_IOERR_READ', 'storage-unavailable'],
    ['SQLITE_READONLY_DIRECTORY', 'storage-unavailable'],
    ['EROFS', 'storage-unavailable'],
  ])('%s is %s', (code, meaning) => {
    expect(toStorageError(coded(code))).toEqual({ code: meaning });
  });

  test('a coded error keeps its code and a bug stays a bug', () => {
    const expected = new AppException({ code: 'wrong-credentials' });
    const bug = new TypeError('undefined is not a function');
    expect(asStorageError(expected)).toBe(expected);
    expect(asStorageError(bug)).toBe(bug);
    expect(toStorageError(coded('SQLITE_CONSTRAINT_UNIQUE'))).toBeUndefined();
  });

  test('the message of the cause does not become the message of the coded error', () => {
    expect((asStorageError(coded('SQLITE_FULL')) as Error).message).toBe('disk-full');
  });
});
