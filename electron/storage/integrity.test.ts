import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppException } from '../../shared/errors.ts';
import { codeOf, errorOf } from '../../shared/testing/error-of.ts';
import { checkTables } from './check-tables.ts';
import { openConnection } from './connection.ts';
import { checkDatabaseFile, checkIntegrity } from './integrity.ts';
import { toStorageError } from './sqlite-errors.ts';
import { newClinic, type Clinic } from './testing/clinic.ts';

const pageSize = 4096;
let clinic: Clinic;
let folder: string;
let whole: Buffer;
let path: string;

beforeAll(async () => {
  clinic = await newClinic();
  clinic.store.connection.exec("CREATE VIRTUAL TABLE words USING fts5 (word); INSERT INTO words VALUES ('王 小 明'), ('Ming')");
  for (let n = 0; n < 100; n += 1) clinic.addPatient(`patient ${n} ${'x'.repeat(n * 40)}`);
  clinic.store.connection.pragma('wal_checkpoint(TRUNCATE)');
  whole = readFileSync(join(clinic.profile, 'outpost.db'));
  folder = mkdtempSync(join(tmpdir(), 'outpost-integrity-'));
  path = join(folder, 'outpost.db');
});
afterAll(() => {
  clinic.remove();
  rmSync(folder, { recursive: true });
});

const flipped = (at: number) => writeFileSync(path, Buffer.from(whole).fill(whole[at]! ^ 1, at, at + 1));
const check = () => checkTables({ databasePath: path, databaseKey: clinic.databaseKey }, () => undefined);

describe('the full check', () => {
  test('finds nothing in a sound database, search index included, while it is in use', async () => {
    const seen: [number, number][] = [];
    const state = await checkIntegrity(clinic, { signal: new AbortController().signal, progress: (done, total) => seen.push([done, total]) });
    expect(state).toEqual({ state: 'ok' });
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.at(-1)![0]).toBe(seen.at(-1)![1]);
  });

  test('finds a flipped byte in whatever page, and never crashes', () => {
    writeFileSync(path, whole);
    const connection = openConnection(path, clinic.databaseKey, { readonly: true });
    const free = connection.pragma('freelist_count', { simple: true });
    connection.close();
    expect(free).toBe(0);
    for (let page = 0; page < whole.length / pageSize; page += 7) {
      flipped(page * pageSize + 100 + ((page * 797) % (pageSize - 100)));
      expect(check()).toMatchObject({ state: 'damaged' });
    }
  });

  test('names the tables that are damaged', () => {
    writeFileSync(path, whole);
    const connection = openConnection(path, clinic.databaseKey, { readonly: true });
    const root = connection.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'patients'").pluck().get() as number;
    connection.close();
    flipped((root - 1) * pageSize + 500);
    expect(check()).toEqual({ state: 'damaged', tables: ['patients'] });
  });

  test('finds a search index that does not fit its own tables', () => {
    writeFileSync(path, whole);
    const connection = openConnection(path, clinic.databaseKey);
    connection.unsafeMode().exec('DELETE FROM words_content WHERE id = 1');
    connection.close();
    expect(check()).toEqual({ state: 'damaged', tables: ['words'] });
  });

  test('can be stopped', async () => {
    const stop = new AbortController();
    const work = { signal: stop.signal, progress: () => stop.abort(new AppException({ code: 'job-cancelled' })) };
    expect(await errorOf(() => checkIntegrity(clinic, work))).toEqual({ code: 'job-cancelled' });
  });
});

describe('before a database is opened', () => {
  test('a sound file passes', async () => {
    writeFileSync(path, whole);
    expect(codeOf(() => checkDatabaseFile(path))).toBeUndefined();
  });

  test('a file cut to nothing or nearly so is damaged, not new', async () => {
    for (const length of [0, 1, 16, 100, pageSize - 1]) {
      writeFileSync(path, whole.subarray(0, length));
      expect(codeOf(() => checkDatabaseFile(path))).toBe('database-damaged');
    }
  });

  test('a byte flipped in the first page is found by this check or by opening, or does not matter', async () => {
    const harmless: number[] = [];
    for (let at = 0; at < 110; at += 1) {
      flipped(at);
      if (codeOf(() => checkDatabaseFile(path)) === 'database-damaged') continue;
      try {
        openConnection(path, clinic.databaseKey, { mustExist: true }).close();
        expect(check()).toEqual({ state: 'ok' });
        harmless.push(at);
      } catch (error) {
        expect(toStorageError(error)).toEqual({ code: 'database-damaged' });
      }
    }
    // The salt is not used with a raw key; 18 and 19 say which journal is in use.
    expect(harmless.filter((at) => at > 19)).toEqual([]);
  });

  test('a cut in the middle is found by opening or by the full check', () => {
    for (let length = pageSize; length < whole.length; length += 23 * pageSize + 13) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      expect(check()).toMatchObject({ state: 'damaged' });
    }
  });
});
