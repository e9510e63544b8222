import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorOf } from '../../shared/testing/error-of.ts';
import { Keyring } from './keyring.ts';
import { doctor, newClinic, openStore, type Clinic } from './testing/clinic.ts';

const planted = Array.from({ length: 200 }, (_, index) => `欧阳娜娜${index}号 Plant-${index}-ed 1380013${String(index).padStart(4, '0')}`);
/** What every planted string has one of in each of its words. */
const stems = ['欧阳娜娜', 'Plant-', '1380013'];
let clinic: Clinic;
let temporary: string;
beforeEach(async () => {
  clinic = await newClinic();
  clinic.close();
  temporary = mkdtempSync(join(tmpdir(), 'outpost-temporary-'));
});
afterEach(() => {
  clinic.remove();
  rmSync(temporary, { recursive: true });
});

/** Every file below a folder with planted text in it, in any of the encodings that a program here writes. */
function filesWithPlantedText(folder: string): string[] {
  const needles = stems.flatMap((stem) => [Buffer.from(stem, 'utf8'), Buffer.from(stem, 'utf16le')]);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    if (!statSync(path).isFile()) return false;
    const bytes = readFileSync(path);
    return needles.some((needle) => bytes.includes(needle));
  });
}

/** Runs the planter and kills it when it has said so often that it is in the middle. */
async function plantAndKill(where: 'in-transaction' | 'in-backup', delay: number): Promise<void> {
  const planter = fileURLToPath(new URL('./testing/planter.ts', import.meta.url));
  const key = Buffer.from(clinic.databaseKey).toString('hex');
  const child = spawn(process.execPath, [planter, clinic.profile, key, where, JSON.stringify(planted)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temporary, SQLITE_TMPDIR: temporary },
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  await wait(delay);
  child.kill('SIGKILL');
  await exited;
}

test('the scan finds what is in the clear', () => {
  mkdirSync(join(temporary, 'logs'));
  writeFileSync(join(temporary, 'logs', 'a.log'), `x${planted[7]!}x`);
  writeFileSync(join(temporary, 'b'), Buffer.from(planted[199]!.split(' ')[0]!, 'utf16le'));
  expect(filesWithPlantedText(temporary).sort()).toEqual(['b', join('logs', 'a.log')]);
});

test('killed in mid-transaction, after it spilled to disk, nothing is readable and nothing half-saved', async () => {
  await plantAndKill('in-transaction', 0);
  expect(statSync(join(clinic.profile, 'outpost.db-wal')).size).toBeGreaterThan(200_000);
  expect([filesWithPlantedText(clinic.profile), filesWithPlantedText(temporary)]).toEqual([[], []]);
  const store = openStore(clinic.profile, clinic.databaseKey, clinic.clock);
  expect(store.connection.prepare('SELECT count(*) FROM patients').pluck().get()).toBe(0);
  store.close();
});

test('saved, drafted, logged and killed in a backup, nothing is readable', async () => {
  for (const delay of [0, 20, 80, 200, 500]) {
    await plantAndKill('in-backup', delay);
    for (const name of planted.slice(0, 3)) await errorOf(() => Keyring.open(clinic.profile, clinic.clock).unsealWithPassword(name, doctor.password));
    const names = readdirSync(clinic.profile);
    expect(names).toEqual(expect.arrayContaining(['backups', 'keyring.json', 'logs', 'outpost.db', 'outpost.db-wal', 'sign-in-delays.json']));
    expect([filesWithPlantedText(clinic.profile), filesWithPlantedText(temporary)]).toEqual([[], []]);
  }
  const store = openStore(clinic.profile, clinic.databaseKey, clinic.clock);
  expect(store.connection.prepare('SELECT count(*) FROM patients').pluck().get()).toBe(5 * planted.length);
  store.close();
});
