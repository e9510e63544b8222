import { z } from 'zod';
import { fieldIssues } from '../../../shared/field-issues.ts';
import { amendmentReasonSchema, medicalRecordInputSchema, recordKinds, type MedicalRecordInput } from '../../../shared/schema/medical-record.ts';
import { dayOrTyped } from '../patients/calendar-day.ts';
import type { FormReading } from '../patients/patient-form-values.ts';

/** The fields of the editor in the order in which they stand on screen; `reason` only when a signed record is amended. */
export const recordFormFields = [
  'reason', 'kind', 'department', 'admissionDate', 'dischargeDate', 'chiefComplaint', 'diagnosis', 'treatment', 'prescription',
] as const;
export type RecordFormField = (typeof recordFormFields)[number];

/** Texts as typed, valid or not; this is also what a draft keeps. */
export type RecordFormValues = Record<RecordFormField, string>;

/** A new record: the encounter is today's, in the writer's own department. */
export function newRecordForm(today: string, department: string | undefined): RecordFormValues {
  return {
    reason: '',
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
    reason: '',
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

/** What is sent when the form is saved; a reason only goes with an amendment. */
export interface RecordWriting {
  record: MedicalRecordInput;
  reason?: string;
}

const recordWritingSchema = z.object({ record: medicalRecordInputSchema });
const amendmentSchema = z.object({ record: medicalRecordInputSchema, reason: amendmentReasonSchema });

/** Checks the form as the backend will, so that most mistakes are told without a round trip. */
export const readRecordForm = (values: RecordFormValues) => reading(recordWritingSchema, values);

/** As {@link readRecordForm}, with the reason that an amendment needs. */
export const readAmendmentForm = (values: RecordFormValues) => reading(amendmentSchema, values);

function recordCandidate({ reason: _reason, ...values }: RecordFormValues) {
  return {
    ...values,
    admissionDate: dayOrTyped(values.admissionDate),
    dischargeDate: values.dischargeDate.trim() === '' ? undefined : dayOrTyped(values.dischargeDate),
  };
}

function reading(schema: z.ZodType<RecordWriting>, values: RecordFormValues): FormReading<RecordWriting> {
  const parsed = schema.safeParse({ record: recordCandidate(values), reason: values.reason });
  return parsed.success ? { ok: true, input: parsed.data } : { ok: false, issues: fieldIssues(parsed.error) };
}

/** The form field that shows an issue of a record's field path, bare or inside a call (`record.department`). */
export function recordFormField(path: string): RecordFormField | undefined {
  const bare = path.replace(/^record\./, '');
  return recordFormFields.find((field) => field === bare);
}
