import { z } from 'zod';
import { instantSchema } from '../../schema/document.ts';
import type { ComputeNode } from '../../schema/compute-node.ts';
import type { Task } from '../../schema/task.ts';
import type { Inventory } from '../inventory.ts';

/**
 * - `makespan`: when the last task ends.
 * - `utilisation`: the share, in millionths, of what the nodes could do until then that the tasks need at their fastest. It
 *   falls as the makespan grows and depends on nothing else, so that the same schedule is best for both.
 */
export const taskObjectives = ['makespan', 'utilisation'] as const;
export const taskOptionsSchema = z.object({
  objective: z.enum(taskObjectives),
  /** When the schedule begins: nothing starts before. */
  from: instantSchema,
});
export type TaskOptions = z.infer<typeof taskOptionsSchema>;

/** What is to be scheduled, in whole ticks since `from`. */
export interface TaskProblem {
  nodes: readonly ComputeNode[];
  tasks: readonly Task[];
  /** Seconds of a tick: a thousandth, or more where times would not stay below 2^31. */
  tick: number;
  release: Float64Array;
  priority: Int32Array;
  /** Processors that a task keeps busy at once. */
  width: Int32Array;
  /** The node on which a task runs already, where it must go on; −1 for the others. */
  fixed: Int32Array;
  /** Ticks of a task on a node; infinite where it cannot run there. */
  time(task: number, node: number): number;
}

/** What makes a schedule impossible; its text is `resources.taskReason.<code>`. */
export interface TaskReason {
  code: 'no-node' | 'task-too-wide';
  taskId: string | null;
  asked: number;
  available: number;
}

const ticks = [0.001, 0.01, 0.1, 1, 10, 100, 1000, 10_000] as const;
const most = 2 ** 31 - 1;

/** Whether there is something left of a task to schedule. */
export const isToBeDone = ({ state }: Pick<Task, 'state'>): boolean => state === 'waiting' || state === 'running';

/** Seconds that a task takes on a node by itself: as its times say, or its work over the node's speed. */
export const secondsOn = (task: Task, node: ComputeNode): number => task.times?.[node.id] ?? task.work / node.speed;

const greatest = (values: Iterable<number>) => {
  let found = 0;
  for (const value of values) found = Math.max(found, value);
  return found;
};

/** Waiting and running tasks, nodes that take tasks, and those that are drained but still run one. */
export function taskProblemOf({ computeNodes, tasks: all }: Inventory, { from }: TaskOptions): TaskProblem {
  const start = Date.parse(from);
  const indexOf = new Map(computeNodes.map(({ id }, index) => [id, index]));
  const alive = ({ state }: ComputeNode) => state === 'available' || state === 'draining';
  const tasks = all.filter(isToBeDone);
  const nodeOf = (task: Task) => {
    const index = task.state === 'running' ? indexOf.get(task.computeNodeId ?? '') : undefined;
    return index !== undefined && alive(computeNodes[index] as ComputeNode) ? index : -1;
  };
  const fixed = Int32Array.from(tasks, nodeOf);
  const gone = Float64Array.from(tasks, ({ startedAt }, task) => ((fixed[task] as number) >= 0 && startedAt !== undefined ? Math.max(0, (start - Date.parse(startedAt)) / 1000) : 0));
  const slowest = computeNodes.reduce((least, { speed }) => Math.min(least, speed), 1);
  const longest = greatest(tasks.map(({ work, times }) => Math.max(work / slowest, greatest(Object.values(times ?? {})))));
  const tick = ticks.find((each) => longest / each <= most) ?? ticks[ticks.length - 1] ?? 1;
  // What a division left over beyond the fourteenth digit is no part of a tick.
  const whole = (seconds: number) => Math.ceil((seconds / tick) * (1 - 1e-14));
  const width = Int32Array.from(tasks, ({ processors = 1 }) => processors);
  // Asked for millions of times: plain numbers, and the documents only where a task has times of its own.
  const places = Int32Array.from(computeNodes, ({ state, processors }) => (state === 'available' ? processors : 0));
  const speeds = Float64Array.from(computeNodes, ({ speed }) => speed);
  const work = Float64Array.from(tasks, (task) => task.work);
  const own = Uint8Array.from(tasks, ({ times }) => (times === undefined ? 0 : 1));
  return {
    nodes: computeNodes,
    tasks,
    tick,
    release: Float64Array.from(tasks, ({ releaseAt }, task) => (releaseAt === undefined || (fixed[task] as number) >= 0 ? 0 : whole(Math.max(0, (Date.parse(releaseAt) - start) / 1000)))),
    priority: Int32Array.from(tasks, ({ priority = 0 }) => priority),
    width,
    fixed,
    time: (task, node) => {
      const bound = fixed[task] as number;
      if (bound >= 0 ? bound !== node : (places[node] as number) < (width[task] as number)) return Number.POSITIVE_INFINITY;
      if (bound < 0 && own[task] === 0) return whole((work[task] as number) / (speeds[node] as number));
      return whole(Math.max(0, secondsOn(tasks[task] as Task, computeNodes[node] as ComputeNode) - (gone[task] as number)));
    },
  };
}

/** Why there is no schedule: no node at all, or a task wider than any. */
export function taskImpossible({ nodes, tasks, fixed }: TaskProblem): TaskReason | null {
  const widest = nodes.reduce((best, { state, processors }) => (state === 'available' ? Math.max(best, processors) : best), 0);
  for (const [index, { id, processors = 1 }] of tasks.entries()) {
    if ((fixed[index] as number) >= 0 || processors <= widest) continue;
    return { code: widest === 0 ? 'no-node' : 'task-too-wide', taskId: id, asked: processors, available: widest };
  }
  return null;
}
