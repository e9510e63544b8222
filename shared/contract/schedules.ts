import { z } from 'zod';
import type { ScheduledTask, TaskAnswer } from '../resources/tasks/answer.ts';
import { taskObjectives } from '../resources/tasks/problem.ts';
import { modelNames, type ModelName } from '../scheduling/models.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing } from './page.ts';

/** Which task runs where and when, by name. */
export type NamedTask = ScheduledTask & { name: string; nodeName: string };

/** A schedule of the tasks that wait or run, as one model made it. */
export interface ScheduleRun {
  jobId: string;
  /** When it begins, an instant. */
  from: string;
  model: ModelName;
  /** Seconds that it took; absent with `answer` while the model is at work, and where it was stopped without one. */
  seconds?: number;
  answer?: Omit<TaskAnswer, 'gantt'> & { gap: number | null };
  /** By node and start; the first two thousand of `total`. */
  bars: NamedTask[];
  total: number;
  /** What the independent checker found wrong; empty: it agrees. */
  violations: string[];
}

export const scheduleCalls = {
  /** Schedules the tasks on the compute nodes from now on. Fails with `job-running` beside another solver. */
  'schedules.solve': call(
    'resource.read',
    z.strictObject({ objective: z.enum(taskObjectives), model: z.enum(modelNames), seconds: z.number().min(0.1).max(3600), seed: z.int().min(0).max(2 ** 31 - 1).default(1) }),
  )<Job>(),
  /** The latest schedule of this workstation, kept until it is closed. */
  'schedules.last': call('resource.read', nothing)<ScheduleRun | null>(),
};
