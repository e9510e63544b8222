import type { ModelName } from '../../scheduling/models.ts';
import type { Answer } from '../../scheduling/answer.ts';
import { solve } from '../../scheduling/solve.ts';
import type { Run } from '../../scheduling/run.ts';
import type { TaskProblem } from './problem.ts';
import type { Schedule } from './schedule.ts';
import { scheduleNode, type Start } from './node-schedule.ts';

/** Tasks, and entries of the table of times, up to which the models of equal and unequal machines are asked. */
const mostTasks = 20_000;
const mostEntries = 2_000_000;
const forbidden = 2 ** 31 - 1;

/** Each processor as a machine: its node and its number there. */
interface Place {
  node: number;
  processor: number;
}

function placesOf({ nodes, fixed, tasks }: TaskProblem): Place[] {
  const busy = new Set(fixed);
  return nodes.flatMap(({ state, processors }, node) =>
    state === 'available' || busy.has(node) ? Array.from({ length: Math.min(processors, tasks.length) }, (_, processor) => ({ node, processor })) : []);
}

/** Whether any processor takes the same time for any task. */
function areEqual({ nodes, tasks, fixed }: TaskProblem): boolean {
  const open = nodes.filter(({ state }) => state === 'available');
  return fixed.every((node) => node < 0) && tasks.every(({ times }) => times === undefined) && open.every(({ speed }) => speed === open[0]?.speed);
}

/** Each processor does what it was given, by release and priority. */
function scheduleFrom(problem: TaskProblem, places: readonly Place[], solution: readonly number[]): Schedule | null {
  const byPlace = new Map<number, number[]>();
  solution.forEach((place, task) => byPlace.set(place, [...(byPlace.get(place) ?? []), task]));
  const schedule: Schedule = problem.nodes.map(() => []);
  for (const [index, tasks] of byPlace) {
    const place = places[index];
    if (place === undefined || tasks.some((task) => problem.time(task, place.node) === Number.POSITIVE_INFINITY)) return null;
    const starts = scheduleNode(problem, place.node, tasks, 1);
    (schedule[place.node] as Start[]).push(...starts.map((start) => ({ ...start, processors: [place.processor] })));
  }
  return schedule;
}

export interface ByMachines {
  schedule: Schedule | null;
  /** Ticks; a bound without the release dates is one with them too. */
  bound: number | null;
  answer: Answer;
}

/**
 * The tasks as jobs for equal (P||Cmax) or unequal (R||Cmax) machines, release dates left aside, by their models. Undefined
 * where it cannot be asked so: tasks that need several processors at once, or too many of them. Progress is told in ticks.
 */
export function byMachines(problem: TaskProblem, model: ModelName, run: Run): ByMachines | undefined {
  const { tasks, width, time } = problem;
  const places = placesOf(problem);
  const count = tasks.length;
  if (count === 0 || count > mostTasks || width.some((each) => each > 1)) return undefined;
  // Where a release is waited for, or a node is forbidden, their makespan is none of a schedule.
  const real = problem.release.every((at) => at === 0);
  const aside: Run = { ...run, progress: ({ value, bound, step }) => run.progress({ value: real && value !== null && value < forbidden ? value : null, bound, step }) };
  const first = places[0];
  const equal = first !== undefined && areEqual(problem);
  const table = (place: Place) => tasks.map((_, task) => Math.min(forbidden, time(task, place.node)));
  if (!equal && places.length * count > mostEntries) return undefined;
  const answer = equal
    ? solve({ kind: 'identical-machines', name: '', machines: places.length, times: table(first) }, model, aside)
    : solve({ kind: 'unrelated-machines', name: '', machines: places.length, jobs: count, times: places.map(table) }, model, aside);
  return { schedule: answer.solution === null ? null : scheduleFrom(problem, places, answer.solution), bound: answer.bound, answer };
}
