import type { JobRow } from '../../../shared/sync/resource-protocol.ts';

export interface JobBar {
  job: JobRow;
  what: 'planned' | 'actual';
  /** Two rows a worker: planned above, actual below. */
  row: number;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
}

/** The bars of jobs, planned beside actual; one that still runs ends where it was planned to, or at its beginning. */
export function jobBars(jobs: readonly JobRow[]): { workers: number; bars: JobBar[] } {
  const bars = jobs.flatMap((job): JobBar[] => {
    const { planned, actual } = job;
    return [
      ...(planned === null ? [] : [{ job, what: 'planned' as const, row: 2 * planned.worker, from: Date.parse(planned.startAt), to: Date.parse(planned.endAt) }]),
      ...(actual === null ? [] : [{ job, what: 'actual' as const, row: 2 * actual.worker + 1, from: Date.parse(actual.startedAt), to: Date.parse(actual.endedAt ?? planned?.endAt ?? actual.startedAt) }]),
    ];
  });
  return { workers: bars.reduce((most, { row }) => Math.max(most, Math.floor(row / 2) + 1), 0), bars };
}
