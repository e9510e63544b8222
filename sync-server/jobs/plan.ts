import { models } from '../../shared/scheduling/unrelated-machines/models.ts';
import type { Run } from '../../shared/scheduling/run.ts';

export interface PlannedJob {
  jobId: string;
  worker: number;
  /** Milliseconds since 1970. */
  startAt: number;
  endAt: number;
}
interface Waiting {
  jobId: string;
  /** Estimated, in milliseconds. */
  milliseconds: number;
}

/** Longer than any sum of estimates: a job that runs already cannot go to another worker. */
const elsewhere = 2 ** 40;
const longestEstimate = 2 ** 30;

/** The greedy rules of the model ask for neither clock nor solver. */
const noRun = { elapsed: () => 0, seconds: 1, cancelled: () => false, seed: 1, progress: () => undefined } as unknown as Run;

/**
 * Gives waiting jobs to workers so that the last one ends as early as possible: unrelated machines, where what a worker still has
 * to do is a job that only it can take. Each worker takes its jobs in the order they were queued in.
 */
export function planJobs(waiting: readonly Waiting[], busyUntil: readonly number[], now: number): PlannedJob[] {
  if (waiting.length === 0) return [];
  const remaining = busyUntil.map((until) => Math.max(0, until - now));
  const times = remaining.map((rest, worker) => [
    ...remaining.map((_other, index) => (index === worker ? rest : elsewhere)),
    ...waiting.map(({ milliseconds }) => Math.min(longestEstimate, Math.max(1, Math.round(milliseconds)))),
  ]);
  const problem = { kind: 'unrelated-machines' as const, name: '', machines: busyUntil.length, jobs: busyUntil.length + waiting.length, times };
  const { solution } = models.greedy(problem, noRun);
  const free = remaining.map((rest) => now + rest);
  return waiting.map(({ jobId, milliseconds }, index) => {
    const worker = solution?.[busyUntil.length + index] ?? 0;
    const startAt = free[worker] ?? now;
    free[worker] = startAt + Math.round(milliseconds);
    return { jobId, worker, startAt, endAt: free[worker] };
  });
}
