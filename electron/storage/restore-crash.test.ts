import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackup } from './backup.ts';
import { extractBackup } from './extract-backup.ts';
import { Keyring } from './keyring.ts';
import { finishRestore } from './restore-swap.ts';
import { newClinic, patientNames, type Clinic } from './testing/clinic.ts';

let source: Clinic;
let target: Clinic;
let folder: string;
let fileName: string;
let extracted: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-backups-'));
  source = await newClinic();
  source.addPatient('new');
  ({ fileName } = await createBackup({ ...source, folder, origin: 'manual' }));
  extracted = join(folder, 'extracted.db');
  extractBackup({ backupPath: join(folder, fileName), databaseKey: source.databaseKey, path: extracted, profile: folder }, () => undefined);
  target = await newClinic();
  target.addPatient('old');
});
afterAll(() => {
  for (const clinic of [source, target]) clinic.remove();
  rmSync(folder, { recursive: true });
});

const moduleUrl = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

/** Runs a script in a process of its own that kills itself before its n-th change to the file system. */
function runAndDie(script: string, step: number): 'killed' | 'finished' {
  const { signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let left = ${step};
    for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync']) {
      const real = fs[name];
      fs[name] = (...args) => {
        if ((left -= 1) === 0) process.kill(process.pid, 'SIGKILL');
        return real(...args);
      };
    }
    syncBuiltinESMExports();
    ${script}`], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return signal === null ? 'finished' : 'killed';
}

/** The whole restore; what its worker writes has no effect yet and is not counted. */
const wholeRestore = (profile: string) => `
  const { restoreBackup } = await import(${moduleUrl('./restore.ts')});
  await restoreBackup({
    profile: ${JSON.stringify(profile)}, folder: ${JSON.stringify(folder)}, fileName: ${JSON.stringify(fileName)},
    secret: { kind: 'recovery-key', recoveryKey: ${JSON.stringify(source.recoveryKey)} },
    clock: { now: () => new Date() }, closeDatabase: () => undefined,
  });`;

/** Its second half, as {@link restoreBackup} does it once the database is out of the backup. */
const swap = (profile: string) => `
  const { commitRestore, prepareRestore } = await import(${moduleUrl('./restore-swap.ts')});
  const { writeKeyringFile } = await import(${moduleUrl('./keyring-file.ts')});
  const prepared = prepareRestore(${JSON.stringify(profile)});
  fs.copyFileSync(${JSON.stringify(extracted)}, prepared + '/outpost.db');
  writeKeyringFile(prepared, ${JSON.stringify(source.keyring.wraps)});
  commitRestore(${JSON.stringify(profile)}, { now: () => new Date() });`;

const finish = (profile: string) => `
  const { finishRestore } = await import(${moduleUrl('./restore-swap.ts')});
  finishRestore(${JSON.stringify(profile)});`;

/** A profile as a kill left it, its write-ahead log not yet in the database. */
function killedProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'outpost-killed-'));
  for (const name of readdirSync(target.profile)) {
    if (!name.endsWith('-shm')) cpSync(join(target.profile, name), join(profile, name));
  }
  return profile;
}

/** Checks that a profile is whole, after a start, and says which of the two it is. */
function outcomeOf(profile: string): 'old' | 'new' {
  finishRestore(profile);
  const names = readdirSync(profile);
  expect(names.filter((name) => name.startsWith('restoring'))).toEqual([]);
  const keyring = Keyring.open(profile, target.clock);
  const replaced = names.find((name) => name.startsWith('replaced-'));
  if (replaced === undefined) {
    expect(patientNames(profile, keyring.unsealWithRecoveryKey(target.recoveryKey))).toEqual(['old']);
    return 'old';
  }
  expect(patientNames(profile, keyring.unsealWithRecoveryKey(source.recoveryKey))).toEqual(['new']);
  const kept = join(profile, replaced);
  expect(patientNames(kept, Keyring.open(kept, target.clock).unsealWithRecoveryKey(target.recoveryKey))).toEqual(['old']);
  return 'new';
}

/** Kills at steps 1, 1 + stride, … until one run finishes; answers what each left. */
function killEverywhere(script: (profile: string) => string, stride: number, afterwards?: (profile: string) => void): ('old' | 'new')[] {
  const outcomes: ('old' | 'new')[] = [];
  for (let step = 1; ; step += stride) {
    const profile = killedProfile();
    const end = runAndDie(script(profile), step);
    afterwards?.(profile);
    outcomes.push(outcomeOf(profile));
    rmSync(profile, { recursive: true });
    if (end === 'finished') return outcomes;
  }
}

const oldThenNew = (outcomes: ('old' | 'new')[]) => {
  expect(outcomes).toContain('old');
  expect(outcomes.lastIndexOf('old')).toBeLessThan(outcomes.indexOf('new'));
};

test('killed before any step of the swap, it has happened wholly or not at all, and what it replaced is kept', { timeout: 200_000 }, () => {
  const outcomes = killEverywhere(swap, 1);
  oldThenNew(outcomes);
  expect(outcomes.filter((outcome) => outcome === 'new').length).toBeGreaterThan(8);
});

test('killed once more while the next start completes it, it is still whole', { timeout: 200_000 }, () => {
  let step = 0;
  const outcomes = killEverywhere(swap, 3, (profile) => runAndDie(finish(profile), (step += 1)));
  oldThenNew(outcomes);
});

test('the whole restore keeps that order', { timeout: 200_000 }, () => {
  oldThenNew(killEverywhere(wholeRestore, 5));
});
