import type { UseFormReturnType } from '@mantine/form';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { FieldIssue } from '../../../shared/errors.ts';
import { fieldIssues } from '../../../shared/field-issues.ts';
import { birthIssues } from '../../../shared/patients/birth.ts';
import { isValidNationalId, nationalIdBirthday, nationalIdGender } from '../../../shared/patients/national-id.ts';
import { patientInputSchema, type PatientInput } from '../../../shared/schema/patient.ts';
import { dayOrTyped } from './calendar-day.ts';

/** The fields of the form in the order in which they stand on screen. */
export const patientFormFields = [
  'name', 'gender', 'nationalId', 'birthday', 'age', 'phone', 'address', 'insuranceNumber',
  'emergencyContactName', 'emergencyContactRelationship', 'emergencyContactPhone', 'photo', 'notes',
] as const;
export type PatientFormField = (typeof patientFormFields)[number];

/** Texts as typed, valid or not; this is also what a draft keeps. */
export type PatientFormValues = Record<PatientFormField, string>;
export type PatientFormState = UseFormReturnType<PatientFormValues>;

export function emptyPatientForm(): PatientFormValues {
  return Object.fromEntries(patientFormFields.map((field) => [field, ''])) as PatientFormValues;
}

/** A stored patient as form texts; an estimated birth year is shown as the age it makes on `today`. */
export function patientToForm(patient: PatientInput, today: string): PatientFormValues {
  const year = Number(today.slice(0, 4));
  return {
    name: patient.name,
    gender: patient.gender,
    nationalId: patient.nationalId ?? '',
    birthday: patient.birthday ?? '',
    age: patient.estimatedBirthYear === undefined ? '' : String(year - patient.estimatedBirthYear),
    phone: patient.phone ?? '',
    address: patient.address ?? '',
    insuranceNumber: patient.insuranceNumber ?? '',
    emergencyContactName: patient.emergencyContact?.name ?? '',
    emergencyContactRelationship: patient.emergencyContact?.relationship ?? '',
    emergencyContactPhone: patient.emergencyContact?.phone ?? '',
    photo: patient.photo ?? '',
    notes: patient.notes ?? '',
  };
}

/** What the texts mean, still unchecked. A birthday, where there is one, outweighs an age. */
export function patientCandidate(values: PatientFormValues, today: string): Record<string, unknown> {
  const contact = {
    name: values.emergencyContactName,
    relationship: values.emergencyContactRelationship,
    phone: values.emergencyContactPhone,
  };
  return {
    name: values.name,
    gender: values.gender,
    ...birthCandidate(values, today),
    address: values.address,
    phone: values.phone,
    nationalId: values.nationalId,
    insuranceNumber: values.insuranceNumber,
    ...(Object.values(contact).some((text) => text.trim() !== '') && { emergencyContact: contact }),
    ...(values.photo !== '' && { photo: values.photo }),
    notes: values.notes,
  };
}

function birthCandidate(values: PatientFormValues, today: string): Record<string, unknown> {
  if (values.birthday.trim() !== '') return { birthday: dayOrTyped(values.birthday) };
  if (values.age.trim() === '') return {};
  const years = /^\d{1,3}$/.test(values.age.trim()) ? Number(values.age) : Number.NaN;
  return { estimatedBirthYear: Number(today.slice(0, 4)) - years };
}

export type FormReading<Input> = { ok: true; input: Input } | { ok: false; issues: FieldIssue[] };

/** Checks the form as the backend will, so that most mistakes are told without a round trip. */
export function readPatientForm(values: PatientFormValues, today: string): FormReading<PatientInput> {
  const parsed = patientInputSchema.safeParse(patientCandidate(values, today));
  if (!parsed.success) return { ok: false, issues: fieldIssues(parsed.error) };
  const issues = birthIssues(parsed.data, today);
  return issues.length > 0 ? { ok: false, issues } : { ok: true, input: parsed.data };
}

/** What is known of somebody before the form is complete. */
export type KnownSoFar = CallInput<'patients.possibleDuplicates'>['patient'];

/** The parts of a half-filled form that are valid by themselves, for the search for duplicates. */
export function validParts(values: PatientFormValues, today: string): KnownSoFar {
  const candidate = patientCandidate(values, today);
  const parsed = patientInputSchema.safeParse(candidate);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  const right = Object.fromEntries(Object.entries(candidate).filter(([field]) => !wrong.has(field)));
  return patientInputSchema.partial().safeParse(right).data ?? {};
}

const formFieldOfPath: Record<string, PatientFormField> = {
  estimatedBirthYear: 'age',
  'emergencyContact.name': 'emergencyContactName',
  'emergencyContact.relationship': 'emergencyContactRelationship',
  'emergencyContact.phone': 'emergencyContactPhone',
};

/**
 * The form field that shows an issue of a patient's field path, bare or inside a call (`patient.phone`); undefined
 * when the form has none.
 */
export function patientFormField(path: string): PatientFormField | undefined {
  const bare = path.replace(/^patient\./, '');
  return formFieldOfPath[bare] ?? patientFormFields.find((field) => field === bare);
}

/**
 * Takes birthday and gender out of a valid national id into fields that are still empty. What somebody
 * typed stays; a contradiction is told when the form is checked.
 */
export function fillFromNationalId(values: PatientFormValues): PatientFormValues {
  const nationalId = values.nationalId.trim().toUpperCase();
  if (!isValidNationalId(nationalId)) return values;
  const birthday = values.birthday === '' ? (nationalIdBirthday(nationalId) ?? '') : values.birthday;
  return { ...values, birthday, age: '', gender: values.gender === '' ? nationalIdGender(nationalId) : values.gender };
}
