import { endOf, scheduleNode, type Start } from './node-schedule.ts';
import type { TaskProblem } from './problem.ts';
import { makespanOf, type Schedule } from './schedule.ts';

/** Tasks that a round takes out of the node that ends last, and of all the others together. */
const [fromLast, fromOthers] = [2, 4];
/** Rounds for each task that may go by without a better schedule. */
const patience = 100;
/** A schedule is gone on from that is worse by up to this share of its unevenness. */
const worse = 0.002;
/** Of the ends of all nodes, so that it is the late ones that count, though not the last alone. */
const power = 12;

interface Places {
  schedule: Schedule;
  ends: Float64Array;
  unevenness: number;
}

function measured(schedule: Schedule, scale: number): Places {
  const ends = Float64Array.from(schedule, endOf);
  return { schedule, ends, unevenness: ends.reduce((sum, end) => sum + (end / scale) ** power, 0) };
}

/** Some tasks of a node, or of all, that do not run yet. */
function drawn({ fixed }: TaskProblem, schedule: Schedule, count: number, node: () => number, random: () => number): number[] {
  const tasks = new Set<number>();
  for (let tries = 0; tries < 3 * count && tasks.size < count; tries += 1) {
    const starts = schedule[node()] ?? [];
    const task = starts[Math.floor(random() * starts.length)]?.task;
    if (task !== undefined && (fixed[task] as number) < 0) tasks.add(task);
  }
  return [...tasks];
}

/**
 * Takes some tasks out, those of the node that ends last among them, and puts each where it ends first, the longest first, again and
 * again (iterated greedy: R. Ruiz, T. Stützle, European J. Operational Research 177, 2007), until the bound is met, nothing better came
 * for long, or `until` says so.
 */
export function rebuildSchedule(problem: TaskProblem, start: Schedule, least: Float64Array, bound: number, random: () => number, until: () => boolean): Schedule {
  const { nodes, tasks, width } = problem;
  const scale = Math.max(1, makespanOf(start));
  let [best, now] = [start, measured(start, scale)];
  const anyNode = () => Math.floor(random() * nodes.length);
  const scheduleOf = (node: number, own: readonly number[]): Start[] => scheduleNode(problem, node, own, nodes[node]?.processors ?? 1);
  /** Null where time was up. */
  const rebuilt = (out: readonly number[]): Schedule | null => {
    const left = new Set(out);
    const schedule = now.schedule.map((starts, node) => (starts.some(({ task }) => left.has(task)) ? scheduleOf(node, starts.flatMap(({ task }) => (left.has(task) ? [] : task))) : starts));
    for (const task of out.toSorted((a, b) => (least[b] as number) * (width[b] as number) - (least[a] as number) * (width[a] as number))) {
      let [to, earliest, grown] = [-1, Number.POSITIVE_INFINITY, [] as Start[]];
      for (const node of nodes.keys()) {
        if (until()) return null;
        if (problem.time(task, node) === Number.POSITIVE_INFINITY) continue;
        const more = scheduleOf(node, [...(schedule[node] ?? []).map((each) => each.task), task]);
        const end = endOf(more);
        if (end < earliest) [to, earliest, grown] = [node, end, more];
      }
      if (to < 0) return null;
      schedule[to] = grown;
    }
    return schedule;
  };
  for (let still = 0; still < patience * tasks.length && makespanOf(best) > bound && !until(); still += 1) {
    const last = now.ends.indexOf(Math.max(...now.ends));
    const out = [...new Set([...drawn(problem, now.schedule, fromLast, () => last, random), ...drawn(problem, now.schedule, fromOthers, anyNode, random)])];
    const schedule = rebuilt(out);
    if (schedule === null) break;
    const next = measured(schedule, scale);
    if (next.unevenness <= now.unevenness * (1 + worse * random())) now = next;
    if (makespanOf(schedule) < makespanOf(best)) [best, still] = [schedule, 0];
  }
  return best;
}
