import { z } from 'zod';
import { optionalText, requiredText, type Stored } from './document.ts';
import { observedFields, resourceAmountsSchema } from './resource-amounts.ts';

/**
 * - `available`: takes machines. `draining`: keeps what it has until it was moved, and takes nothing new.
 * - `maintenance`: empty and switched off for work. `lost`: failed with what ran on it.
 */
export const hostStates = ['available', 'draining', 'maintenance', 'lost'] as const;
export type HostState = (typeof hostStates)[number];

const overcommit = z.number({ error: 'invalid-number' }).min(1, { error: 'out-of-range' });

/** A physical machine that virtual machines run on. */
export const hostContentSchema = z.object({
  name: requiredText(200),
  state: z.enum(hostStates, { error: 'required' }),
  /** A rack, a room or a power line: what fails together. */
  failureDomain: optionalText(100),
  /** Physical: threads of its processors, memory, disk, network. */
  capacity: resourceAmountsSchema,
  /** How many times the physical amount may be promised: 4 virtual processors a thread are common, memory is seldom promised twice. */
  overcommit: z.object({ cpu: overcommit.max(32, { error: 'out-of-range' }), memory: overcommit.max(4, { error: 'out-of-range' }) }),
  ...observedFields,
});
export type HostContent = z.infer<typeof hostContentSchema>;
export type Host = Stored<HostContent>;
