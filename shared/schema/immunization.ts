import { z } from 'zod';
import { calendarDaySchema, optionalText, type Stored } from './document.ts';
import { clinicalFields, codeableConceptSchema, dateTimeSchema, noteSchema } from './fhir-types.ts';
import { medicationRoutes } from './medication-request.ts';

export const immunizationStatuses = ['completed', 'not-done', 'entered-in-error'] as const;
/** Where it was given; HL7 v3 ActSite. */
export const immunizationSites = ['LA', 'RA', 'LT', 'RT', 'LG', 'RG', 'PO'] as const;

export const immunizationInputSchema = z.strictObject({
  vaccineCode: codeableConceptSchema,
  status: z.enum(immunizationStatuses),
  statusReason: optionalText(1000),
  occurrenceDateTime: dateTimeSchema,
  /** FHIR protocolApplied.doseNumberPositiveInt. */
  doseNumber: z.int({ error: 'invalid-number' }).min(1, { error: 'out-of-range' }).max(99, { error: 'out-of-range' }).optional(),
  lotNumber: optionalText(100),
  manufacturer: optionalText(200),
  expirationDate: calendarDaySchema.optional(),
  site: z.enum(immunizationSites).optional(),
  route: z.enum(medicationRoutes).optional(),
  note: noteSchema,
});
export type ImmunizationInput = z.infer<typeof immunizationInputSchema>;

export const immunizationContentSchema = z.object({ ...immunizationInputSchema.shape, ...clinicalFields });
export type ImmunizationContent = z.infer<typeof immunizationContentSchema>;
export type Immunization = Stored<ImmunizationContent>;
