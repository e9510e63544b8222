import { expect, test } from 'vitest';
import type { Context } from './context.ts';
import { saveResource } from './resources.ts';
import { lastSchedule, solveSchedule } from './schedules.ts';
import { openClinic } from './testing/clinic.ts';

const node = (context: Context, name: string, speed: number) =>
  saveResource(context, { collection: 'computeNodes', content: { name, state: 'available', processors: 1, speed } });
const task = (context: Context, name: string, work: number, state: 'waiting' | 'done' = 'waiting') => saveResource(context, { collection: 'tasks', content: { name, state, work } });

test('tasks are scheduled in a worker, checked, and come with their names', async () => {
  const context = (await openClinic()).context('admin');
  node(context, 'slow', 1);
  node(context, 'fast', 2);
  task(context, 'long', 120);
  task(context, 'short', 60);
  task(context, 'over', 600, 'done');
  expect(lastSchedule(context)).toBeNull();
  const { id: jobId } = solveSchedule(context, { objective: 'makespan', model: 'portfolio', seconds: 5, seed: 1 });
  await expect.poll(() => context.jobs.get(jobId).state, { timeout: 30_000 }).not.toBe('running');
  const run = lastSchedule(context);
  expect(run).toMatchObject({ jobId, total: 2, violations: [], answer: { status: 'optimal', makespan: 60, makespanBound: 60, gap: 0 } });
  expect(run?.bars.map(({ name, nodeName, start, end }) => `${name} on ${nodeName} ${String(start)}-${String(end)}`).sort()).toEqual(['long on fast 0-60', 'short on slow 0-60']);
});
