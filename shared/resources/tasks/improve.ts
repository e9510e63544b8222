import { scheduleNode, endOf, type Start } from './node-schedule.ts';
import type { TaskProblem } from './problem.ts';
import { makespanOf, type Schedule } from './schedule.ts';

/** Tasks on a node up to which it is worth trying each elsewhere. */
const fewTasks = 2000;

/** Takes tasks from the node that ends last to others that then end sooner, until none helps, `until` says so, or the bound is met. */
export function improveSchedule(problem: TaskProblem, schedule: Schedule, bound: number, until: () => boolean): Schedule {
  const best = schedule.map((starts) => [...starts]);
  for (;;) {
    const makespan = makespanOf(best);
    const last = best.findIndex((starts) => endOf(starts) === makespan);
    const own = best[last] ?? [];
    if (makespan <= bound || own.length > fewTasks || !own.some(({ task }) => moved(problem, best, last, task, makespan, until))) return best;
  }
}

function moved(problem: TaskProblem, schedule: Schedule, from: number, task: number, makespan: number, until: () => boolean): boolean {
  if ((problem.fixed[task] as number) >= 0) return false;
  const tasksOf = (starts: readonly Start[]) => starts.map((start) => start.task);
  const processors = (node: number) => problem.nodes[node]?.processors ?? 1;
  const left = scheduleNode(problem, from, tasksOf(schedule[from] ?? []).filter((other) => other !== task), processors(from));
  if (endOf(left) >= makespan) return false;
  for (let node = 0; node < schedule.length; node += 1) {
    if (until()) return false;
    if (node === from || problem.time(task, node) === Number.POSITIVE_INFINITY) continue;
    const more = scheduleNode(problem, node, [...tasksOf(schedule[node] ?? []), task], processors(node));
    if (endOf(more) >= makespan) continue;
    schedule[from] = left;
    schedule[node] = more;
    return true;
  }
  return false;
}
