import type { TaskProblem } from './problem.ts';
import { endOf, scheduleNode, type Start } from './node-schedule.ts';
import { Slots } from './slots.ts';

/** Starts by node. */
export type Schedule = Start[][];

export const makespanOf = (schedule: Schedule): number => schedule.reduce((latest, starts) => Math.max(latest, endOf(starts)), 0);

/** Pairs of task and node up to which every node is looked at for every task. */
const mostPairs = 50_000_000;
const someNodes = 8;

/** Every task, in this order, to the node where it ends first; among very many to the best of a few. */
function spreadOut(problem: TaskProblem, order: readonly number[]): number[][] {
  const { nodes, release, width, time } = problem;
  const places = placesFor(problem);
  const slots = nodes.map(({ processors }) => new Slots(Math.min(processors, places)));
  const looks = order.length * nodes.length > mostPairs ? someNodes : nodes.length;
  const byNode: number[][] = nodes.map(() => []);
  order.forEach((task, at) => {
    let best = -1;
    let earliest = Number.POSITIVE_INFINITY;
    // A task that may run on few nodes only is looked up on all of them.
    for (let look = 0; look < nodes.length && (look < looks || best < 0); look += 1) {
      const node = looks === nodes.length ? look : (at * 7919 + look) % nodes.length;
      const length = time(task, node);
      if (length === Number.POSITIVE_INFINITY) continue;
      const end = Math.max(release[task] as number, (slots[node] as Slots).ready(width[task] as number)) + length;
      if (end < earliest) [best, earliest] = [node, end];
    }
    if (best < 0) return;
    slots[best]?.take(width[task] as number, earliest);
    byNode[best]?.push(task);
  });
  return byNode;
}

function scheduled(problem: TaskProblem, byNode: readonly number[][]): Schedule {
  const places = placesFor(problem);
  return problem.nodes.map(({ processors }, node) => scheduleNode(problem, node, byNode[node] ?? [], Math.min(processors, places)));
}

/** More processors than all tasks together keep busy need not be looked at: a node may claim a hundred thousand. */
const placesFor = ({ width }: TaskProblem) => Math.max(1, width.reduce((sum, each) => sum + each, 0));

/** Greedy orders: by release, priority and falling length (LPT) or falling area; and by falling length alone. */
export function* greedySchedules(problem: TaskProblem, least: Float64Array): Iterable<[string, Schedule]> {
  const { release, priority, width, fixed } = problem;
  const free = (task: number) => ((fixed[task] as number) < 0 ? 1 : 0);
  const by = (compare: (a: number, b: number) => number) => [...problem.tasks.keys()].sort((a, b) => free(a) - free(b) || compare(a, b) || a - b);
  const longer = (a: number, b: number) => (least[b] as number) - (least[a] as number);
  const larger = (a: number, b: number) => (least[b] as number) * (width[b] as number) - (least[a] as number) * (width[a] as number);
  const earlier = (a: number, b: number) => (release[a] as number) - (release[b] as number) || (priority[b] as number) - (priority[a] as number);
  yield ['longest-processing-time', scheduled(problem, spreadOut(problem, by(longer)))];
  yield ['list-scheduling', scheduled(problem, spreadOut(problem, by((a, b) => earlier(a, b) || longer(a, b))))];
  yield ['largest-area', scheduled(problem, spreadOut(problem, by(larger)))];
}
