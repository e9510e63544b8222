import { z } from 'zod';
import type { ScheduledTask, TaskAnswer } from '../resources/tasks/answer.ts';
import { taskObjectives, type TaskOptions } from '../resources/tasks/problem.ts';
import { idSchema } from '../schema/document.ts';
import { modelNames } from '../scheduling/models.ts';
import { call } from './call.ts';
import type { Job } from './job.ts';
import { nothing, pageSchema, type Page } from './page.ts';
import { askedOfModels, type ModelCourse } from './solver-run.ts';

/** Which task runs where and when, by name. */
export type NamedTask = ScheduledTask & { name: string; nodeName: string };

/** One model's part of a run, without its bars, which `schedules.bars` answers; `blamed`: the name of the task that its reason is about. */
export type ScheduleModel = ModelCourse<Omit<TaskAnswer, 'gantt'> & { blamed: string }>;

/** A schedule of the tasks that wait or run, as several models made it. */
export interface ScheduleRun {
  jobId: string;
  /** With when it begins. */
  options: TaskOptions;
  secondsPerModel: number;
  seed: number;
  models: ScheduleModel[];
  /** Tasks that waited or ran, and nodes that there were. */
  tasks: number;
  nodes: number;
  /** Tasks or nodes were changed since. */
  outdated: boolean;
}

/** Bars that one chart shows. */
export const barsInChart = 2000;

export const scheduleCalls = {
  /** Schedules the tasks on the compute nodes from now on, with each model in turn, in a worker. Fails with `job-running` beside another solver, or `too-many-tasks`. */
  'schedules.solve': call('resource.read', z.strictObject({ objective: z.enum(taskObjectives), ...askedOfModels }))<Job>(),
  /** The latest runs of this workstation, newest first; kept until it is closed. */
  'schedules.runs': call('resource.read', nothing)<ScheduleRun[]>(),
  'schedules.run': call('resource.read', z.strictObject({ jobId: idSchema }))<ScheduleRun>(),
  /** By node and start. */
  'schedules.bars': call(
    'resource.read',
    z.strictObject({ jobId: idSchema, model: z.enum(modelNames), offset: pageSchema.offset, limit: z.int().min(1).max(barsInChart) }),
  )<Page<NamedTask>>(),
};
