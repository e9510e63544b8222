import type { Status } from '../../scheduling/answer.ts';
import type { TaskReason } from './problem.ts';

/** One bar of the Gantt chart; seconds after the schedule's beginning. */
export interface ScheduledTask {
  taskId: string;
  computeNodeId: string;
  /** The processors of the node that it keeps busy, from 0. */
  processors: number[];
  start: number;
  end: number;
}

export interface TaskAnswer {
  status: Status;
  /** Seconds until the last task ends, or utilisation in millionths; null without a schedule. */
  value: number | null;
  bound: number | null;
  /** Seconds, whatever the objective. */
  makespan: number | null;
  makespanBound: number | null;
  /** Times are counted in whole ticks of so many seconds, rounded up. */
  tick: number;
  /** By node and start; null without a schedule. */
  gantt: ScheduledTask[] | null;
  reason: TaskReason | null;
  foundBy: string;
  provedBy: string;
}
