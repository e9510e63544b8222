import { secondsOn, type TaskProblem } from './problem.ts';

/** The least time of a task on any node; infinite where it can run on none. */
export function shortest({ nodes, time }: TaskProblem, task: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let node = 0; node < nodes.length; node += 1) least = Math.min(least, time(task, node));
  return least;
}

/** Tasks that may go to nodes that take any: a node that is being drained helps only those that run on it. */
const shared = ({ nodes, tasks, fixed }: TaskProblem) => [...tasks.keys()].filter((task) => (fixed[task] as number) < 0 || nodes[fixed[task] as number]?.state === 'available');

/** All nodes that take tasks; their processors, and what they do in a second beside one processor of speed 1. */
function power({ nodes }: TaskProblem): { processors: number; speed: number } {
  const open = nodes.filter(({ state }) => state === 'available');
  return { processors: open.reduce((sum, node) => sum + node.processors, 0), speed: open.reduce((sum, node) => sum + node.processors * node.speed, 0) };
}

/**
 * No schedule ends before: the last release plus the shortest time, for each task; and for each release date, it plus all
 * that is released then or later, spread over all processors (J. Carlier, 1987, for unequal nodes by shortest times, and by
 * work over speed where no task has times of its own).
 */
export function simpleBound(problem: TaskProblem, least: Float64Array): number {
  const { tasks, release, width, nodes, tick, fixed } = problem;
  const { processors, speed } = power(problem);
  let bound = 0;
  tasks.forEach((_, task) => (bound = Math.max(bound, (release[task] as number) + (least[task] as number))));
  const bySpeed = tasks.every(({ times }, task) => times === undefined && (fixed[task] as number) < 0);
  const one = nodes[0];
  let area = 0;
  let work = 0;
  for (const task of shared(problem).sort((a, b) => (release[b] as number) - (release[a] as number))) {
    const own = tasks[task];
    if (own === undefined || one === undefined) continue;
    area += (width[task] as number) * (least[task] as number);
    work += (width[task] as number) * secondsOn(own, { ...one, speed: 1 });
    const from = release[task] as number;
    bound = Math.max(bound, from + Math.ceil(area / Math.max(1, processors)));
    if (bySpeed && speed > 0) bound = Math.max(bound, from + Math.ceil((work / speed / tick) * (1 - 1e-9)));
  }
  return bound;
}

/** Utilisation in millionths at a makespan: what the tasks need at their fastest over what all processors could do until then. */
export function utilisationAt(problem: TaskProblem, least: Float64Array, makespan: number): number {
  const { width } = problem;
  const area = shared(problem).reduce((sum, task) => sum + (width[task] as number) * (least[task] as number), 0);
  const { processors } = power(problem);
  return makespan === 0 || processors === 0 ? 0 : Math.floor((area / (processors * makespan)) * 1_000_000);
}
