import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Kind } from './kinds.ts';

/** Few enough that no core is idle for long at the end. */
const atATime = { memory: 200, sqlite: 20, tiers: 5 };

/**
 * Runs `histories` from `seed` on, a thread for each core. Ranges are handed out in order and the ones under way are waited for, so
 * that the seed it answers, of the first history that breaks a promise, is the same on every machine. `each` is told how many are done.
 */
export async function firstFailingOnAllCores(kind: Kind, seed: number, histories: number, each: (done: number) => void): Promise<number | undefined> {
  const threads = availableParallelism();
  const pool = new Piscina({ filename: new URL('./worker.ts', import.meta.url).href, minThreads: threads, maxThreads: threads });
  const failing: number[] = [];
  let [next, done] = [seed, 0];
  const lane = async () => {
    while (next < seed + histories && failing.length === 0) {
      const first = next;
      const count = Math.min(atATime[kind.stores], seed + histories - first);
      next += count;
      const failed = (await pool.run({ kind, seed: first, count })) as number | undefined;
      if (failed !== undefined) failing.push(failed);
      done += count;
      each(done);
    }
  };
  try {
    await Promise.all(Array.from({ length: threads }, lane));
  } finally {
    await pool.destroy();
  }
  return failing.length === 0 ? undefined : Math.min(...failing);
}
