import { z } from 'zod';
import { liesBefore } from '../local-day.ts';
import type { Stored } from './document.ts';
import { clinicalFields, codeableConceptSchema, dateTimeSchema, noteSchema } from './fhir-types.ts';

export const conditionClinicalStatuses = ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'] as const;
export const conditionVerificationStatuses = ['unconfirmed', 'provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error'] as const;
export const conditionCategories = ['problem-list-item', 'encounter-diagnosis'] as const;

export const conditionInputSchema = z.strictObject({
  code: codeableConceptSchema,
  category: z.enum(conditionCategories).optional(),
  clinicalStatus: z.enum(conditionClinicalStatuses, { error: 'required' }),
  verificationStatus: z.enum(conditionVerificationStatuses, { error: 'required' }),
  onsetDateTime: dateTimeSchema.optional(),
  abatementDateTime: dateTimeSchema.optional(),
  note: noteSchema,
}).refine(({ onsetDateTime: onset, abatementDateTime: end }) => onset === undefined || end === undefined || !liesBefore(end, onset), { error: 'end-before-start', path: ['abatementDateTime'] });
export type ConditionInput = z.infer<typeof conditionInputSchema>;

export const conditionContentSchema = z.object({ ...conditionInputSchema.shape, ...clinicalFields });
export type ConditionContent = z.infer<typeof conditionContentSchema>;
export type Condition = Stored<ConditionContent>;

const present: ReadonlySet<string> = new Set(['active', 'recurrence', 'relapse']);
/** Whether the patient has it now, as far as is known. */
export const isActiveCondition = ({ clinicalStatus, verificationStatus }: Pick<ConditionInput, 'clinicalStatus' | 'verificationStatus'>): boolean =>
  present.has(clinicalStatus) && verificationStatus !== 'refuted' && verificationStatus !== 'entered-in-error';
