import { spawnSync } from 'node:child_process';
import type { Programs } from './built.ts';
import { adminAccount } from './clinic.ts';
import type { Figure } from './report.ts';

/** What a backend process takes up (resident set) at its first page and after some hundred searches and charts. */
export function memoryFigures(profile: string, { memory }: Programs): Figure[] {
  const { stdout, status } = spawnSync(process.execPath, [memory, profile, adminAccount.username, adminAccount.password], { encoding: 'utf8' });
  if (status !== 0) throw new Error('The memory of the backend could not be measured');
  const { node, firstPage, worked } = JSON.parse(stdout) as Record<'node' | 'firstPage' | 'worked', number>;
  const bare = { what: 'a bare Node process and the 64 MB page cache', measured: node + 64 };
  return [
    { what: 'memory of the backend at the first page', unit: 'MB', measured: firstPage, bare },
    { what: 'memory of the backend after 1,000 searches and charts', unit: 'MB', measured: worked, bare },
  ];
}
