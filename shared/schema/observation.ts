import { z } from 'zod';
import { idSchema, optionalText, type Stored } from './document.ts';
import { clinicalFields, codeableConceptSchema, dateTimeSchema, noteSchema, quantitySchema } from './fhir-types.ts';

/** FHIR observation-status. What was entered by mistake stays, and says so. */
export const observationStatuses = ['registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown'] as const;
/** FHIR observation-category. */
export const observationCategories = [
  'vital-signs', 'laboratory', 'social-history', 'imaging', 'procedure', 'survey', 'exam', 'therapy', 'activity',
] as const;

const referenceRangeSchema = z.object({
  low: quantitySchema.optional(),
  high: quantitySchema.optional(),
  text: optionalText(500),
});

const valueFields = {
  code: codeableConceptSchema,
  valueQuantity: quantitySchema.optional(),
  valueString: optionalText(10_000),
  valueCodeableConcept: codeableConceptSchema.optional(),
  valueDateTime: dateTimeSchema.optional(),
  valueBoolean: z.boolean().optional(),
  interpretation: optionalText(20),
  referenceRange: z.array(referenceRangeSchema).max(10).optional(),
};

export const observationInputSchema = z.strictObject({
  ...valueFields,
  status: z.enum(observationStatuses),
  category: z.enum(observationCategories).optional(),
  effectiveDateTime: dateTimeSchema,
  /** Parts of one measurement: the two pressures of LOINC 85354-9. */
  component: z.array(z.object(valueFields)).max(50).optional(),
  /** The order it answers (FHIR basedOn). */
  serviceRequestId: idSchema.optional(),
  note: noteSchema,
});
export type ObservationInput = z.infer<typeof observationInputSchema>;

export const observationContentSchema = z.object({ ...observationInputSchema.shape, ...clinicalFields });
export type ObservationContent = z.infer<typeof observationContentSchema>;
export type Observation = Stored<ObservationContent>;
export type ReferenceRange = z.infer<typeof referenceRangeSchema>;

/** Whether a value may be read as measured. */
export const isValidObservation = ({ status }: Pick<ObservationInput, 'status'>): boolean => status !== 'entered-in-error' && status !== 'cancelled';
