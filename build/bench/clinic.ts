import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const account = { username: 'admin', password: 'outpost-demo' };
export const doctorAccount = { username: 'doctor', password: 'outpost-demo' };

/** A seeded clinic of this size in a profile that is kept for the next run. */
export function seededProfile(patients: number, records: number): string {
  const profile = join(root, 'node_modules', '.cache', 'bench', `${patients}-${records}`);
  const finished = join(profile, 'seeded');
  if (existsSync(finished)) return profile;
  rmSync(profile, { recursive: true, force: true });
  mkdirSync(profile, { recursive: true });
  const size = ['--patients', String(patients), '--records', String(records), '--seed', '1'];
  const { status } = spawnSync(process.execPath, [join(root, 'build', 'seed.ts'), '--profile', profile, ...size], { stdio: 'inherit' });
  if (status !== 0) throw new Error('Seeding failed');
  writeFileSync(finished, '');
  return profile;
}
