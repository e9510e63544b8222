import { z } from 'zod';
import { idSchema, type Stored } from './document.ts';

export const draftKinds = [
  'patient', 'medicalRecord', 'allergyIntolerance', 'condition', 'observation', 'immunization', 'orderBasket',
] as const;

/**
 * Half-typed work, saved as it is typed and before it is valid; it survives a power cut. `key` tells one
 * form from another: `new` or the id of the document being edited, per kind, patient and user.
 */
export const draftContentSchema = z.object({
  userId: idSchema,
  kind: z.enum(draftKinds),
  key: z.union([z.literal('new'), idSchema]),
  patientId: idSchema.optional(),
  /** The rev the form was opened over, so that a resumed draft cannot overwrite a later save unseen. */
  baseRev: idSchema.optional(),
  /** The form's values as typed. At most 2 MB as JSON. */
  values: z.record(z.string(), z.unknown()),
});
export type DraftContent = z.infer<typeof draftContentSchema>;
export type Draft = Stored<DraftContent>;
