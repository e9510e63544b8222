import { z } from 'zod';
import { idSchema, requiredText, type Stored } from './document.ts';
import { observedFields } from './resource-amounts.ts';
import { hostStates } from './host.ts';

/** A node that runs tasks. */
export const computeNodeContentSchema = z.object({
  name: requiredText(200),
  state: z.enum(hostStates, { error: 'required' }),
  hostId: idSchema.optional(),
  /** Tasks that it runs at once. */
  processors: z.int({ error: 'invalid-number' }).min(1, { error: 'out-of-range' }).max(100_000, { error: 'out-of-range' }),
  /** Work done in a second, beside a node of speed 1. */
  speed: z.number({ error: 'invalid-number' }).min(0.001, { error: 'out-of-range' }).max(1000, { error: 'out-of-range' }),
  ...observedFields,
});
export type ComputeNodeContent = z.infer<typeof computeNodeContentSchema>;
export type ComputeNode = Stored<ComputeNodeContent>;
