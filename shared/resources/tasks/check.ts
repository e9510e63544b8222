import type { ComputeNode } from '../../schema/compute-node.ts';
import type { Task } from '../../schema/task.ts';
import { byId, type Inventory } from '../inventory.ts';
import type { ScheduledTask, TaskAnswer } from './answer.ts';
import type { TaskOptions } from './problem.ts';

/** What the checker found wrong, and with which task. */
export interface TaskViolation {
  code: 'wrong-tasks' | 'unknown-node' | 'node-state' | 'wrong-processors' | 'too-short' | 'too-early' | 'overlap' | 'priority' | 'moved-while-running' | 'wrong-value' | 'bound-beyond-value' | 'wrong-status';
  taskId: string | null;
}

interface Bar {
  task: Task;
  at: ScheduledTask;
}

/** Half a microsecond: bars are whole ticks of a thousandth or more. */
const slack = 5e-7;

function checkBar(nodes: ReadonlyMap<string, ComputeNode>, { from }: TaskOptions, { task, at: { computeNodeId, processors, start, end } }: Bar): TaskViolation[] {
  const wrong = (code: TaskViolation['code']): TaskViolation => ({ code, taskId: task.id });
  const node = nodes.get(computeNodeId);
  if (node === undefined) return [wrong('unknown-node')];
  const found: TaskViolation[] = [];
  const own = nodes.get(task.computeNodeId ?? '')?.state;
  const running = task.state === 'running' && (own === 'available' || own === 'draining');
  if (running && task.computeNodeId !== computeNodeId) found.push(wrong('moved-while-running'));
  if (!running && node.state !== 'available') found.push(wrong('node-state'));
  if (!running && (new Set(processors).size !== (task.processors ?? 1) || processors.some((each) => each < 0 || each >= node.processors))) found.push(wrong('wrong-processors'));
  const whole = task.times?.[node.id] ?? task.work / node.speed;
  const gone = running && task.startedAt !== undefined ? Math.max(0, (Date.parse(from) - Date.parse(task.startedAt)) / 1000) : 0;
  if (end - start < whole - gone - slack) found.push(wrong('too-short'));
  if (!running && task.releaseAt !== undefined && start < (Date.parse(task.releaseAt) - Date.parse(from)) / 1000 - slack) found.push(wrong('too-early'));
  return found;
}

/** Those of one processor, in order: none begins before an earlier one has ended. */
function checkOverlaps(bars: readonly Bar[]): TaskViolation[] {
  let busyUntil = Number.NEGATIVE_INFINITY;
  return bars.flatMap(({ task, at }): TaskViolation[] => {
    const overlaps = busyUntil > at.start + slack;
    busyUntil = Math.max(busyUntil, at.end);
    return overlaps ? [{ code: 'overlap', taskId: task.id }] : [];
  });
}

/**
 * Those of one processor, in order: before none begins a less pressing one, as wide or wider, once it is released. Looks, from the
 * last one on, at the earliest release among the later ones of each priority and width, which are few: not at every pair.
 */
function checkPriorities(bars: readonly Bar[], from: number): TaskViolation[] {
  const free = bars.filter(({ task }) => task.state !== 'running');
  const later = new Map<string, { priority: number; width: number; release: number; taskId: string }>();
  const found: TaskViolation[] = [];
  let next = free.length - 1;
  for (const { task: { priority = 0, processors: width = 1 }, at: { start } } of free.toReversed()) {
    // One that begins at the same moment is not kept waiting.
    for (; next >= 0 && (free[next] as Bar).at.start > start; next -= 1) {
      const { task } = free[next] as Bar;
      const [own, its] = [task.priority ?? 0, task.processors ?? 1];
      const release = task.releaseAt === undefined ? Number.NEGATIVE_INFINITY : (Date.parse(task.releaseAt) - from) / 1000;
      const known = later.get(`${own} ${its}`);
      if (known === undefined || release < known.release) later.set(`${own} ${its}`, { priority: own, width: its, release, taskId: task.id });
    }
    for (const other of later.values()) {
      if (other.priority > priority && other.width <= width && other.release <= start - slack) found.push({ code: 'priority', taskId: other.taskId });
    }
  }
  return found;
}

/** Bars by each processor that they keep busy, from the first to the last. */
function byProcessor(bars: readonly Bar[]): Iterable<Bar[]> {
  const lists = new Map<string, Bar[]>();
  for (const bar of bars.toSorted((a, b) => a.at.start - b.at.start || a.at.end - b.at.end)) {
    for (const processor of bar.at.processors) {
      const key = `${bar.at.computeNodeId} ${processor}`;
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [bar]);
      else list.push(bar);
    }
  }
  return lists.values();
}

/** Everything that is wrong with an answer, from the documents alone and by no code of the models; none: the checker agrees. */
export function checkTasks(inventory: Inventory, options: TaskOptions, answer: TaskAnswer): TaskViolation[] {
  const { gantt, status, makespan, makespanBound, value, bound, reason } = answer;
  const wrong = (code: TaskViolation['code']): TaskViolation => ({ code, taskId: null });
  if (gantt === null) return value !== null || (status === 'infeasible') !== (reason !== null) || status === 'optimal' || status === 'feasible' ? [wrong('wrong-status')] : [];
  const tasks = inventory.tasks.filter(({ state }) => state === 'waiting' || state === 'running');
  const places = new Map(gantt.map((at) => [at.taskId, at]));
  const bars = tasks.flatMap((task): Bar[] => {
    const at = places.get(task.id);
    return at === undefined ? [] : [{ task, at }];
  });
  if (gantt.length !== tasks.length || bars.length !== tasks.length) return [wrong('wrong-tasks')];
  const nodes = byId(inventory.computeNodes);
  const found = bars.flatMap((bar) => checkBar(nodes, options, bar));
  for (const list of byProcessor(bars)) found.push(...checkOverlaps(list), ...checkPriorities(list, Date.parse(options.from)));
  const end = bars.reduce((latest, { at }) => Math.max(latest, at.end), 0);
  if (makespan !== end || (options.objective === 'makespan' && value !== end)) found.push(wrong('wrong-value'));
  if ((makespanBound ?? 0) > end || (value !== null && bound !== null && (options.objective === 'makespan' ? bound > value : bound < value))) found.push(wrong('bound-beyond-value'));
  if ((status === 'optimal') !== (value === bound) || status === 'infeasible' || status === 'stopped') found.push(wrong('wrong-status'));
  return found;
}
