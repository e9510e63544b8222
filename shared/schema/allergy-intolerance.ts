import { z } from 'zod';
import { optionalText, requiredText, type Stored } from './document.ts';
import { clinicalFields, codeableConceptSchema, codeIn, codeSystems, dateTimeSchema, noteSchema, type CodeableConcept } from './fhir-types.ts';

export const allergyClinicalStatuses = ['active', 'inactive', 'resolved'] as const;
/** An allergy is never deleted: one that was written down by mistake says so. */
export const allergyVerificationStatuses = ['unconfirmed', 'confirmed', 'refuted', 'entered-in-error'] as const;
export const allergyCategories = ['medication', 'food', 'environment', 'biologic'] as const;
export const criticalities = ['low', 'high', 'unable-to-assess'] as const;
export const reactionSeverities = ['mild', 'moderate', 'severe'] as const;

export const allergyIntoleranceInputSchema = z.strictObject({
  code: codeableConceptSchema,
  category: z.enum(allergyCategories).optional(),
  criticality: z.enum(criticalities).optional(),
  clinicalStatus: z.enum(allergyClinicalStatuses, { error: 'required' }),
  verificationStatus: z.enum(allergyVerificationStatuses, { error: 'required' }),
  reaction: z
    .array(z.object({ manifestation: requiredText(500), severity: z.enum(reactionSeverities).optional(), description: optionalText(2000) }))
    .max(50, { error: 'too-long' })
    .optional(),
  onsetDateTime: dateTimeSchema.optional(),
  note: noteSchema,
});
export type AllergyIntoleranceInput = z.infer<typeof allergyIntoleranceInputSchema>;

export const allergyIntoleranceContentSchema = z.object({ ...allergyIntoleranceInputSchema.shape, ...clinicalFields });
export type AllergyIntoleranceContent = z.infer<typeof allergyIntoleranceContentSchema>;
export type AllergyIntolerance = Stored<AllergyIntoleranceContent>;

/** SNOMED CT 716186003 "No known allergy": asserted as an entry of its own, as FHIR has it. An empty list says nothing. */
export const noKnownAllergyCode = '716186003';
export const isNoKnownAllergy = ({ code }: { code: CodeableConcept }): boolean => codeIn(code, codeSystems.snomed) === noKnownAllergyCode;

/** Whether it stands: neither refuted nor a mistake, and not over. */
export const isActiveAllergy = ({ clinicalStatus, verificationStatus }: Pick<AllergyIntoleranceInput, 'clinicalStatus' | 'verificationStatus'>): boolean =>
  clinicalStatus === 'active' && verificationStatus !== 'refuted' && verificationStatus !== 'entered-in-error';
