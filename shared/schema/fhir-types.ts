import { z } from 'zod';
import { idSchema, instantSchema, optionalText, requiredText } from './document.ts';

/** FHIR Coding: a word of a code system. */
export const codingSchema = z.object({
  system: requiredText(200),
  code: requiredText(100),
  display: optionalText(500),
});

/** FHIR CodeableConcept: what was meant, in words, and in codes where somebody coded it. `text` is what people read. */
export const codeableConceptSchema = z.object({
  coding: z.array(codingSchema).max(20, { error: 'too-long' }).optional(),
  text: requiredText(500),
});
export type CodeableConcept = z.infer<typeof codeableConceptSchema>;

const finite = z.number({ error: 'invalid-amount' }).refine(Number.isFinite, { error: 'invalid-amount' });

/** FHIR Quantity. `unit` is what is read, `code` the same in UCUM. */
export const quantitySchema = z.object({
  value: finite,
  comparator: z.enum(['<', '<=', '>=', '>']).optional(),
  unit: optionalText(50),
  code: optionalText(50),
});
export type Quantity = z.infer<typeof quantitySchema>;

/** FHIR dateTime: a year, a month, a day, or an instant in UTC. Texts of this kind sort by time. */
export const dateTimeSchema = z.union([z.iso.date(), instantSchema, z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]))?$/)], { error: 'invalid-date' });

export const noteSchema = optionalText(10_000);

/** What each clinical document says of where it belongs and who wrote it down. */
export const clinicalFields = {
  patientId: idSchema,
  /** The visit in which it was written down. */
  medicalRecordId: idSchema.optional(),
  recorderId: z.string(),
  recorderName: z.string(),
  recordedDate: instantSchema,
};

export const signatureSchema = z.object({ userId: z.string(), name: z.string(), at: instantSchema });

/** Addresses of the code systems that the program itself writes, as FHIR gives them. */
export const codeSystems = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  atc: 'http://www.whocc.no/atc',
  cvx: 'http://hl7.org/fhir/sid/cvx',
} as const;

/** The code of a concept in one system; undefined where it was not coded in it. */
export const codeIn = (concept: CodeableConcept, system: string): string | undefined =>
  concept.coding?.find((coding) => coding.system === system)?.code;
