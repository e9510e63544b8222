import {
  closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackupSecret } from '../../shared/contract/backups.ts';
import { AppException } from '../../shared/errors.ts';
import { errorOf } from '../../shared/testing/error-of.ts';
import { appendHeader, readBackupFile } from './backup-file.ts';
import { createBackup } from './backup.ts';
import { extractBackup } from './extract-backup.ts';
import { Keyring } from './keyring.ts';
import { schemaVersion } from './migrations/index.ts';
import { finishRestore } from './restore-swap.ts';
import { recoverKeyring, restoreBackup } from './restore.ts';
import { admin, doctor, newClinic, patientNames, type Clinic } from './testing/clinic.ts';
import type { Work } from './work.ts';

let clinic: Clinic;
let folder: string;
let fileName: string;
let backup: string;

beforeEach(async () => {
  clinic = await newClinic();
  folder = mkdtempSync(join(tmpdir(), 'outpost-backups-'));
  clinic.addPatient('in the backup');
  ({ fileName } = await createBackup({ ...clinic, folder, origin: 'manual' }));
  backup = join(folder, fileName);
  clinic.addPatient('later');
});
afterEach(() => {
  clinic.remove();
  rmSync(folder, { recursive: true });
});

const byPassword = ({ username, password }: typeof admin): BackupSecret => ({ kind: 'password', username, password });
const byRecoveryKey = (): BackupSecret => ({ kind: 'recovery-key', recoveryKey: clinic.recoveryKey });
const restore = (secret = byRecoveryKey(), change = {}, work?: Work) =>
  restoreBackup({ ...clinic, folder, fileName, secret, closeDatabase: () => clinic.close(), ...change }, work);
const profileNames = () => readdirSync(clinic.profile).filter((name) => !/-(wal|shm)$|sign-in/.test(name)).sort();
const untouched = ['keyring.json', 'keyring.json.bak', 'outpost.db'];

describe('a restore', () => {
  test('by an admin’s password brings the backup back and keeps what it replaced', async () => {
    expect(await restore(byPassword(admin))).toEqual({ userId: admin.userId, databaseKey: clinic.databaseKey });
    expect(patientNames(clinic.profile, clinic.databaseKey)).toEqual(['in the backup']);
    const replaced = join(clinic.profile, 'replaced-20260131T080000Z-1');
    expect(patientNames(replaced, clinic.databaseKey)).toEqual(['in the backup', 'later']);
    expect((await Keyring.open(replaced, clinic.clock).unsealWithPassword('doctor', doctor.password)).databaseKey).toEqual(clinic.databaseKey);
    expect(profileNames()).toEqual([...untouched, 'replaced-20260131T080000Z-1']);
  });

  test('keeps what earlier restores replaced, even when the clock stands still', async () => {
    await restore();
    await restore();
    expect(profileNames()).toEqual([...untouched, 'replaced-20260131T080000Z-1', 'replaced-20260131T080000Z-2']);
    expect(patientNames(join(clinic.profile, 'replaced-20260131T080000Z-1'), clinic.databaseKey)).toEqual(['in the backup', 'later']);
  });

  test('on another workstation brings its users and recovery key along', async () => {
    const other = await newClinic();
    other.addPatient('other');
    writeFileSync(join(other.profile, 'keychain.json'), '{}');
    await restore(byRecoveryKey(), { profile: other.profile, closeDatabase: () => other.close() });
    const keyring = Keyring.open(other.profile, other.clock);
    const { databaseKey } = await keyring.unsealWithPassword('admin', admin.password);
    expect(patientNames(other.profile, databaseKey)).toEqual(['in the backup']);
    expect(keyring.unsealWithRecoveryKey(clinic.recoveryKey)).toEqual(databaseKey);
    expect(existsSync(join(other.profile, 'keychain.json'))).toBe(false);
    other.remove();
  });

  test('works in a new profile, where there is nothing to replace', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'outpost-new-'));
    const { databaseKey } = await restore(byRecoveryKey(), { profile, closeDatabase: () => undefined });
    expect(patientNames(profile, databaseKey)).toEqual(['in the backup']);
    rmSync(profile, { recursive: true });
  });

  test('works over a damaged database and a lost keyring', async () => {
    clinic.close();
    for (const name of untouched) writeFileSync(join(clinic.profile, name), 'damaged');
    const { databaseKey } = await restore(byPassword(admin));
    expect(patientNames(clinic.profile, databaseKey)).toEqual(['in the backup']);
    expect(readFileSync(join(clinic.profile, 'replaced-20260131T080000Z-1', 'outpost.db'), 'utf8')).toBe('damaged');
  });

  test('does not play the old write-ahead log into the restored database', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'outpost-killed-'));
    for (const name of readdirSync(clinic.profile)) copyFileSync(join(clinic.profile, name), join(copy, name));
    expect(readdirSync(copy)).toContain('outpost.db-wal');
    await restore(byRecoveryKey(), { profile: copy, closeDatabase: () => undefined });
    expect(patientNames(copy, clinic.databaseKey)).toEqual(['in the backup']);
    const [replaced] = readdirSync(copy).filter((name) => name.startsWith('replaced-'));
    expect(patientNames(join(copy, replaced!), clinic.databaseKey)).toEqual(['in the backup', 'later']);
    rmSync(copy, { recursive: true });
  });
});

describe('a restore that is refused', () => {
  afterEach(() => {
    expect(profileNames()).toEqual(untouched);
    expect(clinic.store.connection.open && clinic.addPatient('still working')).toBeTruthy();
  });

  test('needs an admin of the backup or its recovery key', async () => {
    expect(await errorOf(() => restore(byPassword(doctor)))).toEqual({ code: 'forbidden', permission: 'backup.manage' });
    expect(await errorOf(() => restore(byPassword({ ...admin, password: 'wrong wrong' })))).toEqual({ code: 'wrong-credentials' });
    expect(await errorOf(() => restore({ kind: 'recovery-key', recoveryKey: 'ABCD' }))).toMatchObject({ code: 'invalid-input' });
    clinic.keyring.renewRecoveryKey(clinic.databaseKey);
    const { recoveryKey } = await newClinic().then((other) => (other.remove(), other));
    expect(await errorOf(() => restore({ kind: 'recovery-key', recoveryKey }))).toEqual({ code: 'wrong-recovery-key' });
  });

  test('counts guesses together with those at the sign-in', async () => {
    const wrong = { ...admin, password: 'wrong wrong' };
    for (let n = 0; n < 4; n += 1) await errorOf(() => restore(byPassword(wrong)));
    expect(await errorOf(() => restore(byPassword(wrong)))).toMatchObject({ code: 'sign-in-delayed' });
    const keyring = Keyring.open(clinic.profile, clinic.clock);
    expect(await errorOf(() => keyring.unsealWithPassword('admin', admin.password))).toMatchObject({ code: 'sign-in-delayed' });
  });

  test('a missing backup, and one from a later version', async () => {
    expect(await errorOf(() => restore(byRecoveryKey(), { fileName: 'no.outpost-backup' }))).toEqual({ code: 'backup-not-found' });
    const { header } = readBackupFile(backup);
    truncateSync(backup, header.payloadBytes);
    appendHeader(backup, { ...header, schemaVersion: schemaVersion + 1 }, clinic.databaseKey);
    expect(await errorOf(() => restore())).toEqual({ code: 'backup-newer', found: schemaVersion + 1, supported: schemaVersion });
  });

  test('a header that was written without the database key', async () => {
    const { header } = readBackupFile(backup);
    truncateSync(backup, header.payloadBytes);
    appendHeader(backup, { ...header, patients: 7 }, new Uint8Array(32));
    expect(await errorOf(() => restore())).toEqual({ code: 'backup-damaged' });
  });

  test('stopped while it can be', async () => {
    const stop = new AbortController();
    const work: Work = { signal: stop.signal, progress: () => stop.abort(new AppException({ code: 'job-cancelled' })) };
    expect(await errorOf(() => restore(byRecoveryKey(), {}, work))).toEqual({ code: 'job-cancelled' });
  });

  test('a byte changed anywhere, or cut anywhere', async () => {
    const bytes = readFileSync(backup);
    const { header } = readBackupFile(backup);
    const path = join(folder, 'extracted');
    const extract = () => extractBackup({ backupPath: backup, databaseKey: clinic.databaseKey, path, profile: folder }, () => undefined);
    expect(await errorOf(extract)).toBeUndefined();
    const file = openSync(backup, 'r+');
    const flip = (at: number) => writeSync(file, Buffer.from([bytes[at]! ^ 1]), 0, 1, at);
    const mend = (at: number) => writeSync(file, bytes, at, 1, at);
    for (let at = 7; at < header.payloadBytes; at += 7_019) {
      flip(at);
      expect(await errorOf(extract)).toEqual({ code: 'backup-damaged' });
      mend(at);
    }
    for (let at = header.payloadBytes; at < bytes.length; at += 1) {
      flip(at);
      expect(await errorOf(() => readBackupFile(backup))).toEqual({ code: 'backup-damaged' });
      mend(at);
    }
    flip(5_000);
    expect(await errorOf(() => restore())).toEqual({ code: 'backup-damaged' });
    mend(5_000);
    expect(await errorOf(extract)).toBeUndefined();
    closeSync(file);
    for (let length = bytes.length - 1; length > 0; length -= length > header.payloadBytes ? 1 : 501) {
      truncateSync(backup, length);
      expect(await errorOf(() => readBackupFile(backup))).toEqual({ code: 'backup-damaged' });
    }
  });
});

describe('a lost keyring', () => {
  beforeEach(() => {
    clinic.close();
    for (const name of ['keyring.json', 'keyring.json.bak']) rmSync(join(clinic.profile, name));
  });

  test('comes back out of a backup, and no data goes back in time', async () => {
    expect(await recoverKeyring({ ...clinic, folder, fileName, secret: byPassword(admin) })).toEqual({ userId: admin.userId, databaseKey: clinic.databaseKey });
    expect((await Keyring.open(clinic.profile, clinic.clock).unsealWithPassword('doctor', doctor.password)).databaseKey).toEqual(clinic.databaseKey);
    expect(patientNames(clinic.profile, clinic.databaseKey)).toEqual(['in the backup', 'later']);
  });

  test('does not come out of another clinic’s backup, nor for somebody who is no admin', async () => {
    const other = await newClinic();
    const foreign = await createBackup({ ...other, folder, origin: 'manual' });
    expect(await recoverKeyring({ ...clinic, folder, fileName: foreign.fileName, secret: byPassword(admin) })).toBeUndefined();
    expect(await errorOf(() => recoverKeyring({ ...clinic, folder, fileName, secret: byPassword(doctor) }))).toMatchObject({ code: 'forbidden' });
    expect(existsSync(join(clinic.profile, 'keyring.json'))).toBe(false);
    other.remove();
  });
});

test('at a start without an interrupted restore nothing happens', () => {
  const before = readdirSync(clinic.profile);
  finishRestore(clinic.profile);
  expect(readdirSync(clinic.profile)).toEqual(before);
});
