import { fieldIssues } from '../../../shared/field-issues.ts';
import { medicalRecordInputSchema, recordKinds, type MedicalRecordInput } from '../../../shared/schema/medical-record.ts';
import { dayOrTyped } from '../patients/calendar-day.ts';
import type { FormReading } from '../patients/patient-form-values.ts';

/** The fields of the editor in the order in which they stand on screen; named as in the contract. */
export const recordFormFields = [
  'kind', 'department', 'admissionDate', 'dischargeDate', 'chiefComplaint', 'diagnosis', 'treatment', 'prescription',
] as const;
export type RecordFormField = (typeof recordFormFields)[number];

/** Texts as typed, valid or not; this is also what a draft keeps. */
export type RecordFormValues = Record<RecordFormField, string>;

/** A new record: the encounter is today's, in the writer's own department. */
export function newRecordForm(today: string, department: string | undefined): RecordFormValues {
  return {
    kind: recordKinds[0],
    department: department ?? '',
    admissionDate: today,
    dischargeDate: '',
    chiefComplaint: '',
    diagnosis: '',
    treatment: '',
    prescription: '',
  };
}

export function recordToForm(record: MedicalRecordInput): RecordFormValues {
  return {
    kind: record.kind,
    department: record.department,
    admissionDate: record.admissionDate,
    dischargeDate: record.dischargeDate ?? '',
    chiefComplaint: record.chiefComplaint,
    diagnosis: record.diagnosis ?? '',
    treatment: record.treatment ?? '',
    prescription: record.prescription ?? '',
  };
}

/** Checks the form as the backend will, so that most mistakes are told without a round trip. */
export function readRecordForm(values: RecordFormValues): FormReading<MedicalRecordInput> {
  const parsed = medicalRecordInputSchema.safeParse({
    ...values,
    admissionDate: dayOrTyped(values.admissionDate),
    dischargeDate: values.dischargeDate.trim() === '' ? undefined : dayOrTyped(values.dischargeDate),
  });
  return parsed.success ? { ok: true, input: parsed.data } : { ok: false, issues: fieldIssues(parsed.error) };
}

export function recordFormField(path: string): RecordFormField | undefined {
  return recordFormFields.find((field) => field === path);
}
