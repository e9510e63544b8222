import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Job } from '../../shared/contract/job.ts';
import { AppException, fail } from '../../shared/errors.ts';
import { Jobs } from './job-runner.ts';

let announced: Job[];
let jobs: Jobs;
beforeEach(() => {
  announced = [];
  let next = 0;
  jobs = new Jobs({
    newId: () => `job-${(next += 1)}`,
    toAppError: (error) => (error instanceof AppException ? error.error : { code: 'internal', reference: '7' }),
    announce: (job) => announced.push(job),
  });
});
afterEach(() => vi.useRealTimers());

test('a job is answered while it runs, tells how far it is, and ends as done', async () => {
  const started = jobs.start('export', async (job) => {
    job.progress(3, 3);
    await job.pause();
  });
  expect(started).toEqual({ id: 'job-1', kind: 'export', state: 'running', done: 0, total: 0 });
  await jobs.settled();
  expect(jobs.get('job-1')).toEqual({ id: 'job-1', kind: 'export', state: 'done', done: 3, total: 3 });
  expect(announced.at(-1)?.state).toBe('done');
});

test('progress is told at most ten times a second, and its last state always', async () => {
  vi.useFakeTimers();
  jobs.start('import.run', async (job) => {
    for (let row = 1; row <= 1000; row += 1) {
      job.progress(row, 1000);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  });
  await vi.advanceTimersByTimeAsync(1100);
  expect(announced.length).toBeGreaterThanOrEqual(10);
  expect(announced.length).toBeLessThanOrEqual(13);
  expect(announced.at(-1)).toMatchObject({ state: 'done', done: 1000 });
});

test('cancelling stops between two batches and answers once it has stopped', async () => {
  const batches: number[] = [];
  const { id } = jobs.start('import.run', async (job) => {
    for (let batch = 1; ; batch += 1) {
      batches.push(batch);
      await job.pause();
    }
  });
  while (batches.length < 3) await new Promise((resolve) => setImmediate(resolve));
  const cancelled = await jobs.cancel(id);
  const written = batches.length;
  expect(cancelled.state).toBe('cancelled');
  expect(cancelled).not.toHaveProperty('error');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(batches.length).toBe(written);
});

test('a job that had finished when it was cancelled stays done', async () => {
  const { id } = jobs.start('export', async () => undefined);
  await jobs.settled();
  expect((await jobs.cancel(id)).state).toBe('done');
});

test('a failure is coded, an unexpected one as internal, and neither stops anything else', async () => {
  const expected = jobs.start('import.run', async () => fail({ code: 'disk-full' }));
  const bug = jobs.start('export', async () => {
    throw new Error('王小明');
  });
  await jobs.settled();
  expect(jobs.get(expected.id)).toMatchObject({ state: 'failed', error: { code: 'disk-full' } });
  expect(jobs.get(bug.id)).toMatchObject({ state: 'failed', error: { code: 'internal', reference: '7' } });
});

test('kinds that must not run side by side are refused', async () => {
  let release = (): void => undefined;
  jobs.start('backup', () => new Promise<void>((resolve) => (release = resolve)));
  expect(() => jobs.assertIdle('backup', 'restore')).toThrow(new AppException({ code: 'job-running' }));
  expect(() => jobs.assertIdle()).toThrow();
  jobs.assertIdle('import.run');
  await new Promise((resolve) => setImmediate(resolve));
  release();
  await jobs.settled();
  jobs.assertIdle();
});

test('the jobs that ended last are remembered, and not all of them for ever', async () => {
  for (let count = 0; count < 120; count += 1) {
    jobs.start('export', async () => undefined);
    await jobs.settled();
  }
  expect(jobs.list().length).toBeLessThan(60);
  expect(jobs.list().at(-1)?.id).toBe('job-120');
});
