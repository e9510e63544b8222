import { expect, test } from 'vitest';
import { errorOf } from '../../shared/testing/error-of.ts';
import type { Context } from './context.ts';
import { cancelJob } from './jobs.ts';
import { saveResource } from './resources.ts';
import { scheduleBars, scheduleRun, scheduleRuns, solveSchedule } from './schedules.ts';
import { openClinic } from './testing/clinic.ts';

const node = (context: Context, name: string, speed: number) =>
  saveResource(context, { collection: 'computeNodes', content: { name, state: 'available', processors: 1, speed } });
const task = (context: Context, name: string, work: number, state: 'waiting' | 'done' = 'waiting') => saveResource(context, { collection: 'tasks', content: { name, state, work } });
const wanted = { objective: 'makespan', models: ['greedy', 'portfolio'], secondsPerModel: 5, seed: 1 } as const;

async function settled(context: Context, jobId: string): Promise<string> {
  await expect.poll(() => context.jobs.get(jobId).state, { timeout: 30_000 }).not.toBe('running');
  return context.jobs.get(jobId).state;
}

test('tasks are scheduled by each model in a worker, checked, and come with their names', async () => {
  const context = (await openClinic()).context('admin');
  node(context, 'slow', 1);
  node(context, 'fast', 2);
  task(context, 'long', 120);
  task(context, 'short', 60);
  task(context, 'over', 600, 'done');
  expect(scheduleRuns(context)).toEqual([]);
  const { id: jobId } = solveSchedule(context, { ...wanted, models: [...wanted.models] });
  expect(await settled(context, jobId)).toBe('done');
  const run = scheduleRun(context, { jobId });
  expect(run).toMatchObject({ jobId, tasks: 2, nodes: 2, outdated: false });
  for (const course of run.models) expect(course).toMatchObject({ state: 'done', violations: [], answer: { status: 'optimal', makespan: 60, makespanBound: 60, gap: 0 }, progress: [{ value: 60, bound: 60 }] });
  const { rows, total } = scheduleBars(context, { jobId, model: 'portfolio', offset: 0, limit: 10 });
  expect(rows.map(({ name, nodeName, start, end }) => `${name} on ${nodeName} ${String(start)}-${String(end)}`).sort()).toEqual(['long on fast 0-60', 'short on slow 0-60']);
  expect(total).toBe(2);
  expect(scheduleBars(context, { jobId, model: 'portfolio', offset: 1, limit: 10 }).rows).toEqual(rows.slice(1));
  expect(await errorOf(() => scheduleBars(context, { jobId, model: 'lp', offset: 0, limit: 1 }))).toEqual({ code: 'job-not-found' });
  task(context, 'new', 5);
  expect(scheduleRuns(context)[0]?.outdated).toBe(true);
});

test('a run that is cancelled keeps the models that had ended, and another may begin', async () => {
  const context = (await openClinic()).context('admin');
  for (let index = 0; index < 6; index += 1) node(context, `node ${index}`, 1 + index / 7);
  for (let index = 0; index < 60; index += 1) task(context, `task ${index}`, 1000 + ((index * 7919) % 997));
  const { id: jobId } = solveSchedule(context, { ...wanted, models: ['greedy', 'portfolio', 'lp'], secondsPerModel: 600 });
  await expect.poll(() => scheduleRun(context, { jobId }).models[1]?.progress.length, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(await errorOf(() => solveSchedule(context, { ...wanted, models: ['greedy'] }))).toEqual({ code: 'job-running' });
  expect(await cancelJob(context, { jobId })).toMatchObject({ state: 'cancelled' });
  expect(scheduleRun(context, { jobId }).models.map(({ state }) => state)).toEqual(['done', 'done', 'waiting']);
  expect(scheduleRun(context, { jobId }).models[0]?.answer?.status).toBe('feasible');
  expect(await settled(context, solveSchedule(context, { ...wanted, models: ['greedy'] }).id)).toBe('done');
});
