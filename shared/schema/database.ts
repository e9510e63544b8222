import { z } from 'zod';
import { idSchema, optionalText, requiredText, type Stored } from './document.ts';
import { amountSchema, observedFields } from './resource-amounts.ts';
import { serviceStates } from './storage-pool.ts';

/** A database server of the cloud. */
export const databaseContentSchema = z.object({
  name: requiredText(200),
  engine: requiredText(50),
  version: optionalText(100),
  state: z.enum(serviceStates, { error: 'required' }),
  hostId: idSchema.optional(),
  virtualMachineId: idSchema.optional(),
  /** MiB of data, and in how many copies: the primary and its replicas. */
  size: amountSchema,
  copies: z.int({ error: 'invalid-number' }).min(1, { error: 'out-of-range' }).max(100, { error: 'out-of-range' }),
  ...observedFields,
});
export type DatabaseContent = z.infer<typeof databaseContentSchema>;
export type Database = Stored<DatabaseContent>;
