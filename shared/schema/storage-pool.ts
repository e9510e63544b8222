import { z } from 'zod';
import { idSchema, requiredText, type Stored } from './document.ts';
import { amountSchema, observedFields } from './resource-amounts.ts';

export const storagePoolKinds = ['directory', 'logical-volume', 'network', 'ceph'] as const;
export const serviceStates = ['available', 'degraded', 'unavailable'] as const;

/** A pool of storage: on one host, or of a distributed file system. */
export const storagePoolContentSchema = z.object({
  name: requiredText(200),
  kind: z.enum(storagePoolKinds, { error: 'required' }),
  state: z.enum(serviceStates, { error: 'required' }),
  hostId: idSchema.optional(),
  /** GiB that can be stored, every copy counted once, and how many of them are. */
  capacity: amountSchema,
  used: amountSchema,
  /** How often every byte is kept. */
  replicas: z.int({ error: 'invalid-number' }).min(1, { error: 'out-of-range' }).max(20, { error: 'out-of-range' }),
  ...observedFields,
});
export type StoragePoolContent = z.infer<typeof storagePoolContentSchema>;
export type StoragePool = Stored<StoragePoolContent>;
