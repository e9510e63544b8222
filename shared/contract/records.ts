import { z } from 'zod';
import type { ResourceCollection } from '../schema/resource.ts';
import { idSchema } from '../schema/document.ts';
import { amendmentReasonSchema, medicalRecordInputSchema, type MedicalRecord, type MedicalRecordContent } from '../schema/medical-record.ts';
import type { Version } from './patients.ts';
import { call } from './call.ts';
import { pageSchema, type Page } from './page.ts';

const recordRef = z.strictObject({ id: idSchema });
const recordAtRev = z.strictObject({ id: idSchema, rev: idSchema });
const draftId = idSchema.optional();

/**
 * A deleted document, for the trash. `title` is a patient's name, a record's chief complaint, a document's title, the beginning of a message or a
 * resource's name; a resource is of no patient, nor is a message on a referral whose patient is at another site.
 */
export interface TrashRow {
  collection: 'patients' | 'medicalRecords' | 'documentReferences' | 'communications' | ResourceCollection;
  id: string;
  rev: string;
  title: string;
  patientId: string | null;
  patientName: string | null;
  deletedAt: string;
  deletedByName: string;
}

/** A record with the name of its patient, for work lists. */
export type RecordWithPatient = MedicalRecord & { patientName: string };

export const recordCalls = {
  /** A patient's timeline, newest admission first. */
  'records.listForPatient': call('record.read', z.strictObject({ ...pageSchema, patientId: idSchema }))<Page<MedicalRecord>>(),
  /** The signed-in user's own records that still wait for a signature. */
  'records.listUnsigned': call('record.read', z.strictObject({ ...pageSchema }))<Page<RecordWithPatient>>(),
  'records.get': call('record.read', z.strictObject({ id: idSchema, viewed: z.boolean().optional() }))<MedicalRecord>(),
  'records.create': call(
    'record.write',
    z.strictObject({ patientId: idSchema, record: medicalRecordInputSchema, draftId }),
  )<MedicalRecord>(),
  /** Only while unsigned. */
  'records.update': call(
    'record.write',
    z.strictObject({ id: idSchema, rev: idSchema, record: medicalRecordInputSchema, draftId }),
  )<MedicalRecord>(),
  /** Signs what is stored at `rev`; what was not saved cannot be signed. */
  'records.sign': call('record.sign', recordAtRev)<MedicalRecord>(),
  /** Only once signed: the new text stands, the reason is kept, the signed original stays in the history. */
  'records.amend': call(
    'record.sign',
    z.strictObject({ id: idSchema, rev: idSchema, record: medicalRecordInputSchema, reason: amendmentReasonSchema, draftId }),
  )<MedicalRecord>(),
  'records.delete': call('record.delete', recordAtRev)<null>(),
  'records.restore': call('trash.restore', recordAtRev)<MedicalRecord>(),
  'records.history': call('record.read', recordRef)<Version<MedicalRecordContent>[]>(),
  /** Tells the audit that a paper copy was made. */
  'records.printed': call('record.read', recordRef)<null>(),
  'patients.summary': call('record.read', z.strictObject({ id: idSchema, printed: z.boolean().optional() }))<{
    recent: MedicalRecord[];
    total: number;
  }>(),
  'trash.list': call('trash.restore', z.strictObject({ ...pageSchema }))<Page<TrashRow>>(),
};
