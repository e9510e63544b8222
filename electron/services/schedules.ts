import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import type { NamedTask, ScheduleRun } from '../../shared/contract/schedules.ts';
import { byId, type Inventory } from '../../shared/resources/inventory.ts';
import type { ScheduledTask } from '../../shared/resources/tasks/answer.ts';
import { gapOf } from '../../shared/scheduling/answer.ts';
import type { Context } from './context.ts';
import { inventoryOf } from './inventory.ts';
import { runSolver } from './run-solver.ts';
import type { Workstation } from './workstation.ts';

const barsShown = 2000;
const last = new WeakMap<Workstation, ScheduleRun>();

/** Schedules the waiting and running tasks. Fails with `job-running` beside another solver: two on one core would ruin each other's time. */
export function solveSchedule({ jobs, store, workstation, user }: Context, { objective, model, seconds, seed }: CallParsed<'schedules.solve'>): Job {
  jobs.assertIdle('placement', 'report');
  const inventory = inventoryOf(store);
  const from = store.now().toISOString();
  const run: ScheduleRun = { jobId: '', from, model, bars: [], total: 0, violations: [] };
  const job = jobs.start(
    'placement',
    async (running) => {
      const result = await runSolver({ what: 'schedule', inventory, options: { objective, from }, model, seconds, seed }, { signal: running.signal, progress: () => running.progress(0, 0) });
      running.signal.throwIfAborted();
      if (result === undefined) return;
      const { gantt, ...answer } = result.answer;
      run.seconds = result.seconds;
      run.answer = { ...answer, gap: gapOf(answer) };
      run.violations = result.violations;
      run.total = gantt?.length ?? 0;
      run.bars = named(inventory, gantt?.slice(0, barsShown) ?? []);
    },
    user.id,
  );
  run.jobId = job.id;
  last.set(workstation, run);
  return job;
}

function named({ tasks, computeNodes }: Inventory, bars: readonly ScheduledTask[]): NamedTask[] {
  const byTask = byId(tasks);
  const byNode = byId(computeNodes);
  return bars.map((bar) => ({ ...bar, name: byTask.get(bar.taskId)?.name ?? '', nodeName: byNode.get(bar.computeNodeId)?.name ?? '' }));
}

export const lastSchedule = ({ workstation }: Context): ScheduleRun | null => last.get(workstation) ?? null;
