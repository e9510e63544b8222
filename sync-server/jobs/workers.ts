import { Piscina } from 'piscina';
import type { JobInputs, JobKind } from './kinds.ts';

/** The threads that jobs run in. Each is named by its index: which of them takes a job is for the plan to say. */
export interface JobWorkers {
  readonly count: number;
  run<Kind extends JobKind>(worker: number, kind: Kind, input: JobInputs[Kind]): Promise<string>;
  close(): Promise<void>;
}

/** A pool of one thread for each worker, started when it first has work and ended when it has had none for a while. */
export function startWorkers(count: number): JobWorkers {
  const filename = new URL('./worker.ts', import.meta.url).href;
  const pools = Array.from({ length: count }, () => new Piscina({ filename, minThreads: 0, maxThreads: 1, idleTimeout: 30_000 }));
  return {
    count,
    run: async (worker, kind, input) => (pools[worker] as Piscina).run({ kind, input }) as Promise<string>,
    close: async () => void (await Promise.all(pools.map((pool) => pool.destroy()))),
  };
}
