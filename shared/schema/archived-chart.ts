import { z } from 'zod';
import { calendarDaySchema, idSchema, optionalText, requiredText, type Stored } from './document.ts';
import { signatureSchema } from './fhir-types.ts';
import { recordKinds } from './medical-record.ts';

/** SHA-256 in lower-case hex. */
export const contentHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** One version of one document that was in a chart when it was sealed; `hash` is that of its content, see `contentHash`. */
export const sealedEntrySchema = z.object({ collection: z.string().max(40), id: idSchema, rev: idSchema, hash: contentHashSchema });
export type SealedEntry = z.infer<typeof sealedEntrySchema>;

/**
 * A closed chart that the record room took in and sealed (FHIR List, mode `snapshot`: its `entry` names what was in it). A chart is one
 * episode of care: a visit from check-in to its end with what was written in it, or, where nobody checked in (a stay, a record that
 * was imported), the record alone. It has the id of that encounter or record, so that two record rooms which seal the same chart
 * apart meet in one document. Not all that a patient has up to a day: a chart is closed, asked for and kept by the visit, and
 * problems and allergies go on beyond it, so they are in nobody's seal.
 */
export const archivedChartContentSchema = z.object({
  patientId: idSchema,
  /** Which of the two it is. */
  chart: z.enum(['encounters', 'medicalRecords']),
  kind: z.enum(recordKinds),
  /** FHIR Period, by days: arrival or admission to the end of the visit or discharge. */
  period: z.object({ start: calendarDaySchema, end: calendarDaySchema }),
  entry: z.array(sealedEntrySchema).min(1).max(10_000),
  /** Who sealed it. */
  signature: signatureSchema,
  /** Each time that it was sealed anew, with what had been amended or came late: by whom and why. The seal before is in the history. */
  amendments: z.array(signatureSchema.extend({ reason: requiredText(1000), overRev: idSchema })).max(1000).optional(),
  /** Where the paper originals are: room, shelf, box. */
  location: optionalText(200),
});
export type ArchivedChartContent = z.infer<typeof archivedChartContentSchema>;
export type ArchivedChart = Stored<ArchivedChartContent>;
