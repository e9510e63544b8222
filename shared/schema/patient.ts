import { z } from 'zod';
import { isValidNationalId } from '../patients/national-id.ts';
import { calendarDaySchema, idSchema, optionalText, requiredText, text, type Stored } from './document.ts';

/** FHIR AdministrativeGender. */
export const genders = ['male', 'female', 'other', 'unknown'] as const;
export type Gender = (typeof genders)[number];

const phone = optionalText(40).refine((value) => value === undefined || /^[+()\d\s-]{3,40}$/.test(value), {
  error: 'invalid-phone',
});

/** Born on a known day, or about so many years old on the day that was asked (age itself is computed). */
const birth = {
  birthday: calendarDaySchema.optional(),
  estimatedBirthYear: z.int({ error: 'invalid-number' }).min(1880, { error: 'out-of-range' }).max(2200, { error: 'out-of-range' }).optional(),
};

export const emergencyContactSchema = z.object({
  name: optionalText(200),
  relationship: optionalText(100),
  phone,
});

const patientFields = {
  name: requiredText(200),
  gender: z.enum(genders, { error: 'required' }),
  ...birth,
  address: optionalText(500),
  phone,
  nationalId: text(18)
    .transform((value) => (value === '' ? undefined : value.toUpperCase()))
    .refine((value) => value === undefined || isValidNationalId(value), { error: 'invalid-national-id' })
    .optional(),
  insuranceNumber: optionalText(50),
  // A contact whose every field is blank is no contact: stored as an empty one, an export could not bring it back.
  emergencyContact: emergencyContactSchema
    .transform((contact) => (Object.values(contact).every((value) => value === undefined) ? undefined : contact))
    .optional(),
  /** A small picture as a data URL (JPEG, PNG or WebP), at most 300 kB. */
  photo: z
    .string()
    .max(400_000, { error: 'too-long' })
    .regex(/^data:image\/(jpeg|png|webp);base64,[A-Za-z0-9+/=]*$/, { error: 'invalid-photo' })
    .optional(),
  notes: optionalText(10_000),
};

/** What a person types into the patient form. */
export const patientInputSchema = z.strictObject(patientFields);
export type PatientInput = z.infer<typeof patientInputSchema>;

/** FHIR Patient.link: two entries of one person. The one that is `replaced-by` stays as it was, and what is written of it is read with the other. */
export const patientLinkSchema = z.object({ other: idSchema, type: z.enum(['replaced-by', 'replaces']) });
export type PatientLink = z.infer<typeof patientLinkSchema>;

export interface PatientContent extends PatientInput {
  /** Minted by the store at registration (FHIR identifier type MR); never typed, never reused. */
  medicalRecordNumber: string;
  /** Sites whose workstations hold this patient; the registering one where it is absent. */
  siteIds?: string[];
  link?: PatientLink[];
  /** Entries that look alike and were found to be somebody else's. */
  distinctFrom?: string[];
}
export type Patient = Stored<PatientContent>;
