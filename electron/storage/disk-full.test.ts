import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf } from '../../shared/testing/error-of.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { createBackup } from './backup.ts';
import { Keyring } from './keyring.ts';
import { openLog } from './log.ts';
import { restoreBackup } from './restore.ts';
import { asStorageError, toStorageError } from './sqlite-errors.ts';
import { admin, doctor, newClinic, openStore, patientNames, type Clinic } from './testing/clinic.ts';
import { newCredentials } from './unseal.ts';

const diskBytes = 8 * 1024 * 1024;

/** A disk of a few megabytes; only root on Linux can have one. */
function mountSmallDisk(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'outpost-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    rmSync(path, { recursive: true });
    return undefined;
  }
}
function unmount(path: string): void {
  execFileSync('umount', [path]);
  rmSync(path, { recursive: true });
}
const canMount = (() => {
  const path = mountSmallDisk();
  if (path !== undefined) unmount(path);
  return path !== undefined;
})();

const save = (clinic: Clinic, name: string) =>
  errorOf(() => {
    try {
      clinic.addPatient(name);
    } catch (error) {
      throw asStorageError(error);
    }
  });

describe.runIf(canMount)('on a full disk', () => {
  let disk: string;
  let filler: string;
  let clinic: Clinic;

  beforeEach(async () => {
    disk = mountSmallDisk() ?? '';
    filler = join(disk, 'filler');
    const profile = join(disk, 'profile');
    mkdirSync(profile);
    clinic = await newClinic(profile);
    for (let n = 0; n < 20; n += 1) clinic.addPatient(`saved ${n}`);
  });
  afterEach(() => {
    clinic.close();
    unmount(disk);
  });

  /** Leaves so many bytes free. */
  function fill(free: number): void {
    const chunk = Buffer.alloc(4096, 1);
    try {
      for (let size = 0; size < diskBytes; size += chunk.length) writeFileSync(filler, chunk, { flag: 'a' });
    } catch (error) {
      expect(toStorageError(error)).toEqual({ code: 'disk-full' });
    }
    truncateSync(filler, Math.max(0, statSync(filler).size - free));
  }
  const names = () => patientNames(clinic.profile, clinic.databaseKey);
  const saved = Array.from({ length: 20 }, (_, index) => `saved ${index}`);

  test.each([0, 4_096, 20_000, 60_000, 150_000])('with %i bytes left, saves are whole or refused, and go on when there is room', async (free) => {
    fill(free);
    const acknowledged = [...saved];
    let refused;
    for (let n = 0; refused === undefined; n += 1) {
      refused = await save(clinic, `late ${n}`);
      if (refused === undefined) acknowledged.push(`late ${n}`);
    }
    expect(refused).toEqual({ code: 'disk-full' });
    expect(await save(clinic, 'again')).toEqual({ code: 'disk-full' });
    expect(clinic.store.connection.prepare('SELECT count(*) FROM patients').pluck().get()).toBe(acknowledged.length);
    rmSync(filler);
    expect(await save(clinic, 'room again')).toBeUndefined();
    clinic.close();
    expect(names()).toEqual([...acknowledged, 'room again']);
    expect(openAndCheck(clinic)).toBe('ok');
  });

  test('opening says so, and works when there is room', async () => {
    clinic.close();
    fill(0);
    const open = () => {
      try {
        openStore(clinic.profile, clinic.databaseKey, clinic.clock).close();
      } catch (error) {
        throw asStorageError(error);
      }
    };
    expect(await errorOf(open)).toEqual({ code: 'disk-full' });
    rmSync(filler);
    expect(await errorOf(open)).toBeUndefined();
    expect(names()).toEqual(saved);
  });

  test('a backup is refused and leaves nothing', async () => {
    const folder = join(disk, 'backups');
    for (const free of [0, 50_000, 200_000]) {
      fill(free);
      expect(await errorOf(() => createBackup({ ...clinic, folder, origin: 'manual' }))).toEqual({ code: 'disk-full' });
      if (free > 0) expect(readdirSync(folder)).toEqual([]);
      rmSync(filler);
    }
    expect((await createBackup({ ...clinic, folder, origin: 'manual' })).patients).toBe(20);
  });

  test('a restore is refused and leaves the old database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outpost-backups-'));
    const { fileName } = await createBackup({ ...clinic, folder, origin: 'manual' });
    clinic.addPatient('later');
    const restore = () => restoreBackup({
      ...clinic, folder, fileName, secret: { kind: 'recovery-key', recoveryKey: clinic.recoveryKey }, closeDatabase: () => clinic.close(),
    });
    const before = readdirSync(clinic.profile);
    const payload = statSync(join(folder, fileName)).size;
    for (const free of [0, 50_000, payload - 8_000]) {
      fill(free);
      expect(await errorOf(restore)).toEqual({ code: 'disk-full' });
      rmSync(filler);
      expect(readdirSync(clinic.profile)).toEqual(before);
      expect(await save(clinic, 'still open')).toBeUndefined();
    }
    await restore();
    expect(names()).toEqual(saved);
    rmSync(folder, { recursive: true });
  });

  test('people sign in, the log is silent, and keyring and preferences stay as they were', async () => {
    fill(0);
    const keyring = Keyring.open(clinic.profile, clinic.clock);
    expect((await keyring.unsealWithPassword('doctor', doctor.password)).databaseKey).toEqual(clinic.databaseKey);
    expect(await errorOf(async () => keyring.changePassword(await newCredentials({ ...admin, password: 'new password' }), clinic.databaseKey))).toEqual({ code: 'disk-full' });
    expect((await keyring.unsealWithPassword('admin', admin.password)).databaseKey).toEqual(clinic.databaseKey);
    expect(await errorOf(() => writeFileAtomic(join(clinic.profile, 'preferences.json'), '{}'))).toEqual({ code: 'disk-full' });
    openLog(clinic.profile, clinic.clock).event('something');
    clinic.close();
    rmSync(filler);
    expect((await Keyring.open(clinic.profile, clinic.clock).unsealWithPassword('admin', admin.password)).databaseKey).toEqual(clinic.databaseKey);
  });
});

test('a database that may not grow refuses the save whole', async () => {
  const clinic = await newClinic();
  const { connection } = clinic.store;
  connection.pragma(`max_page_count = ${String(connection.pragma('page_count', { simple: true }))}`);
  let refused;
  let acknowledged = 0;
  while ((refused = await save(clinic, 'x'.repeat(500))) === undefined) acknowledged += 1;
  expect(refused).toEqual({ code: 'disk-full' });
  for (const table of ['patients', 'change_sets', 'audit_entries']) {
    const rows = connection.prepare(`SELECT count(*) FROM ${table} ${table === 'patients' ? '' : "WHERE action = 'patient.created'"}`).pluck().get();
    expect(rows).toBe(acknowledged);
  }
  clinic.remove();
});

function openAndCheck(clinic: Clinic): unknown {
  const store = openStore(clinic.profile, clinic.databaseKey, clinic.clock);
  const found = store.connection.pragma('integrity_check', { simple: true });
  store.close();
  return found;
}
