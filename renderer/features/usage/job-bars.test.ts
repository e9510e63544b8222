import { expect, test } from 'vitest';
import type { JobRow } from '../../../shared/sync/resource-protocol.ts';
import { jobBars } from './job-bars.ts';

const at = (second: number) => new Date(second * 1000).toISOString();
const job = (jobId: string, more: Partial<JobRow>): JobRow => ({ jobId, kind: 'digest-check', state: 'done', queuedAt: at(0), planned: null, actual: null, ...more });

test('a worker has a row for what was planned and one for what it did', () => {
  const { workers, bars } = jobBars([
    job('a', { planned: { worker: 1, startAt: at(1), endAt: at(3) }, actual: { worker: 1, startedAt: at(2), endedAt: at(5) } }),
    job('b', { state: 'running', planned: { worker: 0, startAt: at(1), endAt: at(4) }, actual: { worker: 0, startedAt: at(1), endedAt: null } }),
    job('c', { state: 'waiting' }),
  ]);
  expect(workers).toBe(2);
  expect(bars.map(({ job: { jobId }, what, row, from, to }) => [jobId, what, row, from / 1000, to / 1000])).toEqual([
    ['a', 'planned', 2, 1, 3], ['a', 'actual', 3, 2, 5], ['b', 'planned', 0, 1, 4], ['b', 'actual', 1, 1, 4],
  ]);
});
