import { z } from 'zod';
import { idSchema, instantSchema, optionalText, requiredText, type Stored } from './document.ts';
import { clinicalFields, codeableConceptSchema, noteSchema, quantitySchema, signatureSchema } from './fhir-types.ts';

/** FHIR medicationrequest-status. */
export const medicationRequestStatuses = ['draft', 'active', 'on-hold', 'completed', 'stopped', 'cancelled', 'entered-in-error', 'unknown'] as const;

/** Ways into the body that a clinic prescribes; the words of SNOMED CT behind them are in the FHIR mapping. */
export const medicationRoutes = [
  'oral', 'sublingual', 'intravenous', 'intramuscular', 'subcutaneous', 'inhalation', 'nasal', 'ophthalmic', 'otic', 'topical', 'vaginal', 'rectal',
] as const;

/** FHIR DetectedIssue: what the program warned of and why it was prescribed all the same. Of a child's dose also what it could not be held against. */
export const detectedIssueKinds = ['allergy', 'duplicate', 'dose-range', 'adult-dose', 'weight-unknown'] as const;
export const detectedIssueSchema = z.object({
  kind: z.enum(detectedIssueKinds),
  /** What it clashes with: an allergy's substance, another prescription's drug, the usual range. */
  detail: requiredText(500),
  /** Mitigation: the prescriber's reason. */
  reason: optionalText(1000),
});
export type DetectedIssue = z.infer<typeof detectedIssueSchema>;

/** Code of a frequency (`BID`), FHIR Timing.code; see `shared/chart/frequencies.ts`. */
const frequency = requiredText(20);

/** Penicillin is counted in millions of units; nothing of a thousand millions is ever given at once, and nothing at all is no dose. */
const largestDose = 1_000_000_000;
const doseSchema = quantitySchema.refine(({ value }) => value > 0 && value < largestDose, { error: 'out-of-range', path: ['value'] });

/** What a prescriber fills in. */
export const medicationOrderSchema = z.strictObject({
  medicationCodeableConcept: codeableConceptSchema,
  doseQuantity: doseSchema,
  route: z.enum(medicationRoutes, { error: 'required' }),
  frequency,
  /** FHIR dispenseRequest.expectedSupplyDuration, in days. */
  days: z.int({ error: 'invalid-number' }).min(1, { error: 'out-of-range' }).max(366, { error: 'out-of-range' }),
  /** Taken only when needed: the quantity is the most that may be. */
  asNeeded: z.boolean().optional(),
  detectedIssues: z.array(detectedIssueSchema).max(20).optional(),
  note: noteSchema,
});
export type MedicationOrder = z.infer<typeof medicationOrderSchema>;

/** Others' prescriptions need not say all that ours do. */
export const medicationRequestContentSchema = z.object({
  medicationCodeableConcept: codeableConceptSchema,
  doseQuantity: quantitySchema.optional(),
  route: z.enum(medicationRoutes).optional(),
  frequency: frequency.optional(),
  days: medicationOrderSchema.shape.days.optional(),
  /** FHIR dispenseRequest.quantity: computed from dose, frequency and days. */
  quantity: quantitySchema.optional(),
  asNeeded: z.boolean().optional(),
  /** Directions in words, where they came so. */
  dosageText: optionalText(2000),
  detectedIssues: z.array(detectedIssueSchema).max(20).optional(),
  status: z.enum(medicationRequestStatuses),
  statusReason: optionalText(1000),
  statusChange: signatureSchema.optional(),
  authoredOn: instantSchema.optional(),
  /** What was signed together bears one identifier, and is printed on one sheet. */
  groupIdentifier: idSchema.optional(),
  signature: signatureSchema.optional(),
  note: noteSchema,
  ...clinicalFields,
});
export type MedicationRequestContent = z.infer<typeof medicationRequestContentSchema>;
export type MedicationRequest = Stored<MedicationRequestContent>;
