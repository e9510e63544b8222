import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Keyring } from '../../electron/storage/keyring.ts';
import type { Programs } from './built.ts';
import { adminAccount } from './clinic.ts';
import { spread } from './percentiles.ts';
import { atMost, type Figure } from './report.ts';

const starts = 7;

/** From the start of the process to the first hundred patients, the slow password included, in milliseconds. */
export async function coldStartFigures(profile: string, programs: Programs): Promise<Figure[]> {
  const { databaseKey } = await Keyring.open(profile, { now: () => new Date() }).unsealWithPassword(adminAccount.username, adminAccount.password);
  const real: Start[] = [];
  const bare: Start[] = [];
  for (let run = 0; run < starts; run += 1) {
    bare.push(await start(programs.bareStart, [profile, Buffer.from(databaseKey).toString('hex')]));
    real.push(await start(programs.start, [profile, adminAccount.username, adminAccount.password]));
  }
  const total = spread(real.map(({ milliseconds }) => milliseconds));
  const stretch = (name: 'ready' | 'signIn' | 'list') => spread(real.map(({ told }) => told[name] ?? NaN));
  return [
    {
      what: `cold start to the first page of patients (${starts} starts)`,
      unit: 'ms',
      measured: total,
      bare: { what: 'Node, SQLite, one argon2id, the page by SQL', measured: spread(bare.map(({ milliseconds }) => milliseconds)) },
      aims: [atMost('p95', total.p95, 1500, ' ms')],
    },
    { what: '· of it the process, up to a backend that answers', unit: 'ms', measured: stretch('ready') },
    { what: '· of it the sign-in', unit: 'ms', measured: stretch('signIn') },
    { what: '· of it the page', unit: 'ms', measured: stretch('list') },
  ];
}

interface Start {
  milliseconds: number;
  told: Record<string, number>;
}

/** Starts a program; it is there when it prints its first line, a JSON object of numbers. */
async function start(program: string, parameters: string[]): Promise<Start> {
  const began = performance.now();
  const child = spawn(process.execPath, [program, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [line] = (await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])])) as [Buffer | string];
  const milliseconds = performance.now() - began;
  await ended;
  return { milliseconds, told: JSON.parse(line.toString()) as Record<string, number> };
}
