import { z } from 'zod';
import { idSchema, instantSchema, type Stored } from './document.ts';

/** One of the two versions that clashed: who wrote it, when by that device's clock, and where. */
const sideSchema = z.object({ rev: idSchema, by: z.string(), at: instantSchema, deviceId: idSchema });

/**
 * One field, or the whole content (path ''), that two people changed at the same time. A side without `value` had emptied
 * the field. `kept` names the side whose value the document shows until somebody settles it.
 */
const clashSchema = z.object({
  path: z.string(),
  base: z.object({ value: z.unknown() }).partial(),
  values: z.tuple([z.object({ value: z.unknown() }).partial(), z.object({ value: z.unknown() }).partial()]),
  kept: z.union([z.literal(0), z.literal(1)]),
});
export type Clash = z.infer<typeof clashSchema>;

export const conflictChoices = ['kept', 'other', 'both', 'edited'] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

/** What no policy could merge: both values, until a person settles it. Written by the server as it merges. */
export const conflictContentSchema = z.object({
  collection: z.string(),
  documentId: idSchema,
  /** Whose it is: as the document it is about, so that only who holds that is told of it. */
  patientId: idSchema.optional(),
  referralId: idSchema.optional(),
  sharedChartId: idSchema.optional(),
  /** In the order of the first clash's values, so that every server writes the same. */
  sides: z.tuple([sideSchema, sideSchema]),
  clashes: z.array(clashSchema).min(1),
  status: z.enum(['open', 'settled']),
  choice: z.enum(conflictChoices).optional(),
  settledBy: z.string().optional(),
  settledByName: z.string().optional(),
  settledAt: instantSchema.optional(),
});
export type ConflictContent = z.infer<typeof conflictContentSchema>;
export type Conflict = Stored<ConflictContent>;
