import { z } from 'zod';
import { instantSchema } from './document.ts';

/** Somebody, and when by the clock of the workstation in front of them. */
export const readReceiptSchema = z.object({ at: instantSchema, userId: z.string(), name: z.string() });
export type ReadReceipt = z.infer<typeof readReceiptSchema>;

/**
 * What became of something that was sent to another site, written there and brought back by sync: `received` by the first workstation
 * that it reached, `read` by the first person who opened it. Absent: nobody has said so, whatever may have happened.
 */
export const receiptFields = { received: instantSchema.optional(), read: readReceiptSchema.optional() };
