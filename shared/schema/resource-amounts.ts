import { z } from 'zod';
import { optionalText } from './document.ts';

/** What a machine has or asks for, in this order wherever amounts are listed: processors, MiB of memory, GiB of disk, Mbit/s of bandwidth. */
export const resourceDimensions = ['cpu', 'memory', 'disk', 'bandwidth'] as const;
export type ResourceDimension = (typeof resourceDimensions)[number];

const amount = z.int({ error: 'invalid-number' }).min(0, { error: 'out-of-range' }).max(2 ** 31 - 1, { error: 'out-of-range' });
export const amountSchema = amount;
/** Whole numbers, so that sums over a whole cloud are exact. */
export const resourceAmountsSchema = z.object({ cpu: amount, memory: amount, disk: amount, bandwidth: amount });
export type ResourceAmounts = z.infer<typeof resourceAmountsSchema>;

/** Where a resource was read from: absent for one that a person typed or imported. */
export const observedFields = {
  /** Name of the provider on the sync server, and what it calls this resource. */
  provider: optionalText(40),
  providerKey: optionalText(300),
  /** When the provider last saw it, an instant. */
  observedAt: z.iso.datetime({ error: 'invalid-date' }).optional(),
  /** Since when the provider shows it no more: it is marked and not deleted, since what people know of it is not the provider's. */
  vanishedAt: z.iso.datetime({ error: 'invalid-date' }).optional(),
};
