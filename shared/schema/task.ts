import { z } from 'zod';
import { idSchema, instantSchema, optionalText, requiredText, type Stored } from './document.ts';
import { amountSchema, observedFields } from './resource-amounts.ts';

export const taskStates = ['waiting', 'running', 'done', 'failed'] as const;

/** A piece of work for the compute nodes. */
export const taskContentSchema = z.object({
  name: requiredText(200),
  state: z.enum(taskStates, { error: 'required' }),
  /** Seconds on a node of speed 1. */
  work: amountSchema,
  /** Seconds on single nodes, by their ids, where they are not `work` divided by the node's speed. */
  times: z.record(idSchema, amountSchema).optional(),
  /** Processors that it keeps busy. */
  processors: z.int({ error: 'invalid-number' }).min(1, { error: 'out-of-range' }).max(100_000, { error: 'out-of-range' }).optional(),
  /** Not to be begun before. */
  releaseAt: instantSchema.optional(),
  /** The greater goes first. */
  priority: z.int({ error: 'invalid-number' }).min(0, { error: 'out-of-range' }).max(9, { error: 'out-of-range' }).optional(),
  /** Where it was assigned, and what happened. */
  computeNodeId: idSchema.optional(),
  startedAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
  failure: optionalText(200),
  ...observedFields,
});
export type TaskContent = z.infer<typeof taskContentSchema>;
export type Task = Stored<TaskContent>;
