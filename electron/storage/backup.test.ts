import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppException } from '../../shared/errors.ts';
import { defaultWorkstationSettings } from '../../shared/schema/setting.ts';
import { errorOf } from '../../shared/testing/error-of.ts';
import { backupIfDue } from './automatic-backups.ts';
import { readBackupFile } from './backup-file.ts';
import { createBackup, createBackupNow, listBackups } from './backup.ts';
import { admin, newClinic, type Clinic } from './testing/clinic.ts';

const planted = Array.from({ length: 200 }, (_, index) => `王小明第${index}号 Planted-${index}-string`);
const hour = 3_600_000;
let clinic: Clinic;
let folder: string;

beforeEach(async () => {
  clinic = await newClinic();
  folder = join(clinic.profile, 'backups');
});
afterEach(() => clinic.remove());

const options = (origin: 'manual' | 'automatic' = 'manual') => ({ ...clinic, folder, origin });
const path = (fileName: string) => join(folder, fileName);

describe('a backup', () => {
  test('is made while the database goes on being used, and is of one moment', async () => {
    for (const name of planted.slice(0, 20)) clinic.addPatient(name);
    clinic.clock.time += hour;
    let during = 0;
    const backup = await createBackup(options(), {
      signal: new AbortController().signal,
      progress: () => {
        clinic.addPatient(`during ${(during += 1)}`);
      },
    });
    expect(during).toBeGreaterThan(2);
    expect(backup.patients).toBeGreaterThanOrEqual(20);
    expect(backup.patients).toBeLessThan(20 + during);
    expect(backup).toEqual({
      fileName: expect.stringMatching(/^outpost-20260131T090000Z-[0-9a-f]{8}-1\.outpost-backup$/) as unknown,
      createdAt: '2026-01-31T09:00:00.000Z', bytes: readFileSync(path(backup.fileName)).length,
      patients: backup.patients, records: 0, schemaVersion: clinic.store.connection.pragma('user_version', { simple: true }), verified: true,
    });
    expect(listBackups(folder)).toEqual([backup]);
    expect(readdirSync(folder)).toEqual([backup.fileName]);
  });

  test('says how far it is, up to the end', async () => {
    clinic.addPatient('x');
    const seen: [number, number][] = [];
    await createBackup(options(), { signal: new AbortController().signal, progress: (done, total) => seen.push([done, total]) });
    const shares = seen.map(([done, total]) => done / total);
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(shares.at(-1)).toBe(1);
  });

  test('shows no word of a patient, nor an SQLite header, and opens with its key alone', async () => {
    for (const name of planted) clinic.addPatient(name);
    const { fileName } = await createBackup(options());
    const bytes = readFileSync(path(fileName));
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect(bytes.includes('patients')).toBe(true);
    expect(bytes.subarray(0, readBackupFile(path(fileName)).header.payloadBytes).includes('patients')).toBe(false);
    for (const name of planted) expect(bytes.includes(name)).toBe(false);
    for (const secret of [admin.password, clinic.recoveryKey, Buffer.from(clinic.databaseKey)]) expect(bytes.includes(secret)).toBe(false);
    expect(() => new Database(path(fileName), { readonly: true }).pragma('schema_version')).toThrow('not a database');
  });

  test('stopped half-way leaves nothing, and the next one works', async () => {
    for (let n = 0; n < 300; n += 1) clinic.addPatient('x'.repeat(5_000));
    for (const after of [0, 1, 3]) {
      const stop = new AbortController();
      let steps = 0;
      const work = { signal: stop.signal, progress: () => (steps += 1) > after && stop.abort(new AppException({ code: 'job-cancelled' })) };
      if (after === 0) setTimeout(() => stop.abort(new AppException({ code: 'job-cancelled' })), 60);
      expect(await errorOf(() => createBackup(options(), work))).toEqual({ code: 'job-cancelled' });
      expect(readdirSync(folder)).toEqual([]);
    }
    expect((await createBackup(options())).patients).toBe(300);
  });

  test('leftovers of a killed one are cleared away, those of another workstation are not', async () => {
    const { fileName } = await createBackup(options());
    writeFileSync(path(`${fileName}.partial`), 'x');
    writeFileSync(path('outpost-20260101T000000Z-00000000-7.outpost-backup.partial'), 'x');
    expect(listBackups(folder)).toHaveLength(1);
    const second = await createBackup(options());
    expect(readdirSync(folder).sort()).toEqual(
      [fileName, second.fileName, 'outpost-20260101T000000Z-00000000-7.outpost-backup.partial'].sort(),
    );
  });

  test('of a damaged database says so and leaves nothing', async () => {
    for (const name of planted) clinic.addPatient(name);
    clinic.store.connection.pragma('wal_checkpoint(TRUNCATE)');
    const database = join(clinic.profile, 'outpost.db');
    const bytes = readFileSync(database);
    for (let page = 2; page < bytes.length / 4096; page += 1) bytes[page * 4096 + 100]! ^= 1;
    writeFileSync(database, bytes);
    expect(await errorOf(() => createBackup(options()))).toEqual({ code: 'database-damaged' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('can be made at once, before a migration', () => {
    clinic.addPatient('x');
    expect(createBackupNow({ ...clinic, folder, origin: 'before-migration' })).toMatchObject({ patients: 1, verified: true });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('into a folder that cannot be made says that the storage is unavailable', async () => {
    writeFileSync(join(clinic.profile, 'file'), '');
    const inFile = { ...options(), folder: join(clinic.profile, 'file', 'backups') };
    expect(await errorOf(() => createBackup(inFile))).toEqual({ code: 'storage-unavailable' });
  });
});

describe('the list', () => {
  test('shows a damaged file as unverified, and nothing of other files', async () => {
    const { fileName } = await createBackup(options());
    truncateSync(path(fileName), 5_000);
    writeFileSync(path('notes.txt'), 'x');
    expect(listBackups(folder)).toMatchObject([{ fileName, bytes: 5_000, verified: false }]);
    expect(listBackups(join(folder, 'absent'))).toEqual([]);
  });
});

describe('automatic backups', () => {
  const settings = { ...defaultWorkstationSettings, backupEveryHours: 24, backupsKept: 2 };
  const run = (change = {}) => backupIfDue({ ...clinic, settings: { ...settings, ...change } });

  test('are made when the interval has passed, and not when switched off', async () => {
    expect(await run({ backupEveryHours: 0 })).toBeUndefined();
    expect(await run()).toBeDefined();
    clinic.clock.time += 24 * hour - 1;
    expect(await run()).toBeUndefined();
    clinic.clock.time += 1;
    expect(await run()).toBeDefined();
  });

  test('keep the newest, and take only automatic ones of this database away', async () => {
    const other = await newClinic();
    const manual = await createBackup(options());
    const foreign = await backupIfDue({ ...other, settings: { ...settings, backupFolder: folder } });
    writeFileSync(path('mine.outpost-backup'), 'not ours');
    const made: string[] = [];
    for (let day = 0; day < 4; day += 1) {
      clinic.clock.time += 24 * hour;
      made.push((await run())!.fileName);
    }
    other.remove();
    expect(readdirSync(folder).sort()).toEqual([manual.fileName, foreign!.fileName, 'mine.outpost-backup', ...made.slice(-2)].sort());
  });

  test('go on after a clock was set back ten years, and the newest stay', async () => {
    for (let day = 0; day < 2; day += 1) {
      clinic.clock.time += 24 * hour;
      await run();
    }
    clinic.clock.time = Date.UTC(2016, 0, 1);
    const first = await run();
    clinic.clock.time += 24 * hour;
    const second = await run();
    expect(await run()).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual([first!.fileName, second!.fileName].sort());
  });

  test('that fail take none away', async () => {
    for (let day = 0; day < 2; day += 1) {
      clinic.clock.time += 24 * hour;
      await run();
    }
    const before = readdirSync(folder);
    clinic.clock.time += 24 * hour;
    rmSync(join(clinic.profile, 'keyring.json'));
    rmSync(join(clinic.profile, 'keyring.json.bak'));
    expect(await errorOf(() => run({ backupsKept: 1 }))).toEqual({ code: 'database-key-lost' });
    expect(readdirSync(folder)).toEqual(before);
  });
});

test('a backup with anything behind it, or of anything else, is damaged', async () => {
  const { fileName } = await createBackup(options());
  appendFileSync(path(fileName), 'x');
  expect(await errorOf(() => readBackupFile(path(fileName)))).toEqual({ code: 'backup-damaged' });
  writeFileSync(path(fileName), '');
  expect(await errorOf(() => readBackupFile(path(fileName)))).toEqual({ code: 'backup-damaged' });
});
