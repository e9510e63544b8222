import { z } from 'zod';
import { calendarDaySchema, optionalText, requiredText, type Stored } from './document.ts';

/** Kinds of encounter; FHIR v3-ActCode AMB, IMP, EMER. */
export const recordKinds = ['outpatient', 'inpatient', 'emergency'] as const;
export type RecordKind = (typeof recordKinds)[number];

export const recordStatuses = ['draft', 'signed', 'amended'] as const;
export type RecordStatus = (typeof recordStatuses)[number];

const clinicalText = optionalText(100_000);

export const medicalRecordInputSchema = z
  .strictObject({
    kind: z.enum(recordKinds, { error: 'required' }),
    department: requiredText(100),
    chiefComplaint: requiredText(10_000),
    diagnosis: clinicalText,
    treatment: clinicalText,
    prescription: clinicalText,
    admissionDate: calendarDaySchema,
    dischargeDate: calendarDaySchema.optional(),
  })
  .refine((record) => record.dischargeDate === undefined || record.dischargeDate >= record.admissionDate, {
    error: 'discharge-before-admission',
    path: ['dischargeDate'],
  });
export type MedicalRecordInput = z.infer<typeof medicalRecordInputSchema>;

export interface Signature {
  userId: string;
  name: string;
  at: string;
}

export interface MedicalRecordContent extends MedicalRecordInput {
  patientId: string;
  /** The visit that it was written in. */
  encounterId?: string;
  /** The clinic that it was written at. */
  siteId?: string;
  doctorId: string;
  doctorName: string;
  status: RecordStatus;
  signature?: Signature;
  /** One entry an amendment; the text it replaced stays in the history. */
  amendments?: (Signature & { reason: string; overRev: string })[];
}
export type MedicalRecord = Stored<MedicalRecordContent>;

export const amendmentReasonSchema = requiredText(1000);
