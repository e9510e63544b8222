import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { NamedTask, ScheduleRun } from '../../shared/contract/schedules.ts';
import { fail } from '../../shared/errors.ts';
import { byId, type Inventory } from '../../shared/resources/inventory.ts';
import type { ScheduledTask } from '../../shared/resources/tasks/answer.ts';
import { isToBeDone } from '../../shared/resources/tasks/problem.ts';
import { gapOf } from '../../shared/scheduling/answer.ts';
import type { ModelName } from '../../shared/scheduling/models.ts';
import type { Context } from './context.ts';
import { inventoryOf } from './inventory.ts';
import { runSolver } from './run-solver.ts';
import { KeptRuns, solveEach, waiting } from './solver-runs.ts';

/** A run with what it was made of, and each model's bars. */
interface KeptSchedule extends Omit<ScheduleRun, 'outdated'> {
  inventory: Inventory;
  bars: Map<ModelName, readonly ScheduledTask[]>;
}

/** Four schedules of so many tasks take 100 MB: few are kept. */
const tasksSolved = 100_000;
const kept = new KeptRuns<KeptSchedule>(5);

/**
 * Schedules the waiting and running tasks with each model in turn. Fails with `job-running` beside another solver: two on one
 * core would ruin each other's time; or with `too-many-tasks`.
 */
export function solveSchedule({ jobs, store, workstation, user }: Context, { objective, models, secondsPerModel, seed }: CallParsed<'schedules.solve'>): Job {
  jobs.assertIdle('placement', 'report');
  const inventory = inventoryOf(store);
  const tasks = inventory.tasks.filter(isToBeDone).length;
  if (tasks > tasksSolved) fail({ code: 'too-many-tasks', count: tasks, limit: tasksSolved });
  const options = { objective, from: store.now().toISOString() };
  const run: KeptSchedule = { jobId: '', options, secondsPerModel, seed, models: models.map(waiting), tasks, nodes: inventory.computeNodes.length, inventory, bars: new Map() };
  const ask = { what: 'schedule', inventory, options, seconds: secondsPerModel, seed } as const;
  const job = jobs.start('placement', (running) =>
    solveEach(run.models, running, (model, watch) => runSolver({ ...ask, model }, watch), (course, { gantt, ...answer }) => {
      course.answer = { ...answer, gap: gapOf(answer), blamed: inventory.tasks.find(({ id }) => id === answer.reason?.taskId)?.name ?? '' };
      run.bars.set(course.model, gantt ?? []);
    }), user.id);
  run.jobId = job.id;
  kept.keep(workstation, run);
  return job;
}

export const scheduleRuns = ({ workstation, store }: Context): ScheduleRun[] => kept.of(workstation).map((run) => toScheduleRun(run, inventoryOf(store)));

/** Fails with `job-not-found`. */
export const scheduleRun = ({ workstation, store }: Context, { jobId }: CallParsed<'schedules.run'>): ScheduleRun => toScheduleRun(kept.find(workstation, jobId), inventoryOf(store));

const toScheduleRun = ({ inventory, bars: _bars, ...run }: KeptSchedule, now: Inventory): ScheduleRun => ({
  ...run,
  outdated: inventory.tasks !== now.tasks || inventory.computeNodes !== now.computeNodes,
});

/** Fails with `job-not-found`, for a model without an answer too. */
export function scheduleBars({ workstation }: Context, { jobId, model, offset, limit }: CallParsed<'schedules.bars'>): Page<NamedTask> {
  const { inventory, bars: all } = kept.find(workstation, jobId);
  const bars = all.get(model) ?? fail({ code: 'job-not-found' });
  const shown = bars.slice(offset, offset + limit);
  const wanted = new Set(shown.map(({ taskId }) => taskId));
  const tasks = byId(inventory.tasks.filter(({ id }) => wanted.has(id)));
  const nodes = byId(inventory.computeNodes);
  return { rows: shown.map((bar) => ({ ...bar, name: tasks.get(bar.taskId)?.name ?? '', nodeName: nodes.get(bar.computeNodeId)?.name ?? '' })), total: bars.length };
}
