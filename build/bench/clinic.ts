import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const adminAccount = { username: 'admin', password: 'outpost-demo' };
export const doctorAccount = { username: 'doctor', password: 'outpost-demo' };

/** Kept between runs; nothing in it is worth a backup. */
export const cache = join(root, 'node_modules', '.cache', 'bench');

/** What decides how a seeded database looks: a change to any of it calls for a new one. */
const writers = ['build/seed.ts', 'electron/services/demo-data.ts', 'electron/storage/{migrations/*,search-index}.ts', 'shared/{demo,search}/*.ts'];

function writersDigest(): string {
  const hash = createHash('sha256');
  for (const file of globSync(writers, { cwd: root }).sort()) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** A seeded clinic of this size in a profile that is kept until the programs that wrote it change. */
export function seededProfile(patients: number, records: number): string {
  const profile = join(cache, `${patients}-${records}`);
  const finished = join(profile, 'seeded');
  const digest = writersDigest();
  if (existsSync(finished) && readFileSync(finished, 'utf8') === digest) return profile;
  rmSync(profile, { recursive: true, force: true });
  mkdirSync(profile, { recursive: true });
  const size = ['--patients', String(patients), '--records', String(records), '--seed', '1'];
  const { status } = spawnSync(process.execPath, [join(root, 'build', 'seed.ts'), '--profile', profile, ...size], { stdio: 'inherit' });
  if (status !== 0) throw new Error('Seeding failed');
  writeFileSync(finished, digest);
  return profile;
}

/** A copy to work in, so that what one run writes does not weigh on the next; it goes when the process does. */
export function workingCopy(profile: string): string {
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(join(cache, 'run-'));
  process.once('exit', () => rmSync(copy, { recursive: true }));
  process.once('SIGINT', () => process.exit(130));
  cpSync(profile, copy, { recursive: true });
  settle();
  return copy;
}

/** Waits until what was written is on the disk: the system goes on with gigabytes for a minute, and what is timed then is timed against that. */
export const settle = () => execFileSync('sync');
