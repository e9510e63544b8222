import { z } from 'zod';
import { idSchema } from '../schema/document.ts';
import { call } from './call.ts';

/** Sheets about a patient that are no one document; those of a record, a basket and the summary have calls of their own. */
export const printedSheets = ['label', 'laboratory', 'immunizations', 'letter'] as const;
export type PrintedSheet = (typeof printedSheets)[number];

export const printCalls = {
  /** Tells the audit that a paper copy was made. All but a label need `record.read`. Fails with `not-found` or `forbidden`. */
  'prints.printed': call('patient.read', z.strictObject({ patientId: idSchema, sheet: z.enum(printedSheets) }))<null>(),
};
