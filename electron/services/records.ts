import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { Version } from '../../shared/contract/patients.ts';
import type { RecordWithPatient } from '../../shared/contract/records.ts';
import { fail } from '../../shared/errors.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { MedicalRecord, MedicalRecordContent } from '../../shared/schema/medical-record.ts';
import { listVersions } from '../storage/history.ts';
import { openEncounterOf } from '../storage/encounters.ts';
import { listRecordsOfPatient, listUnsignedRecords } from '../storage/medical-records.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
import { contentOf, deletedDocument, discardOwnDraft, visibleDocument } from './documents.ts';
import { assertPossibleDays } from './event-days.ts';
import { presentPatient } from './patients.ts';
import { assertRecordMayGo } from './retention.ts';
import { recordViewed } from './viewed.ts';

export function listRecordsForPatient(context: Context, { patientId, ...window }: CallParsed<'records.listForPatient'>): Page<MedicalRecord> {
  visibleDocument(context, 'patients', patientId);
  return listRecordsOfPatient(context.store.connection, patientId, window);
}

export function listUnsigned({ store, user }: Context, window: CallParsed<'records.listUnsigned'>): Page<RecordWithPatient> {
  return listUnsignedRecords(store.connection, user.id, window);
}

/** One record; in the trash only for those who may restore. Fails with `not-found`. */
export function getRecord(context: Context, { id, viewed }: CallParsed<'records.get'>): MedicalRecord {
  const record = visibleRecord(context, id);
  if (viewed === true) recordViewed(context, 'record.viewed', aboutRecord(record));
  return record;
}

/**
 * Writes a new, unsigned record under its writer's name: a nurse's until a doctor signs it, which makes it the doctor's.
 * Fails with `invalid-input`, `not-found` or `patient-deleted`.
 */
export function createRecord(context: Context, { patientId, record, draftId }: CallParsed<'records.create'>): MedicalRecord {
  const { store, actor, user } = context;
  assertPossibleDays(store, presentPatient(store, patientId), { at: 'record', content: record });
  return store.commit({ actor, action: 'record.created', about: { patientId } }, (transaction) => {
    discardOwnDraft(context, transaction, draftId);
    const encounter = openEncounterOf(store.connection, patientId);
    const written: MedicalRecordContent = { ...record, patientId, ...(encounter && { encounterId: encounter.id }), ...(store.siteId !== undefined && { siteId: store.siteId }), doctorId: user.id, doctorName: user.displayName, status: 'draft' };
    return transaction.create('medicalRecords', written);
  });
}

/** Changes an unsigned record. Fails with `invalid-input`, `record-signed`, `not-found`, `patient-deleted` or `stale-revision`. */
export function updateRecord(context: Context, { id, rev, record, draftId }: CallParsed<'records.update'>): MedicalRecord {
  const before = writableRecord(context.store, id);
  const { patientId, encounterId, siteId, doctorId, doctorName, status } = before;
  if (status !== 'draft') fail({ code: 'record-signed' });
  assertPossibleDays(context.store, presentPatient(context.store, patientId), { at: 'record', content: record, before });
  return supersede(context, 'record.updated', { id, rev, draftId }, { ...record, patientId, ...(encounterId !== undefined && { encounterId }), ...(siteId !== undefined && { siteId }), doctorId, doctorName, status });
}

/** Signs what is stored, in the signing doctor's name. Fails as {@link updateRecord} does. */
export function signRecord(context: Context, { id, rev }: CallParsed<'records.sign'>): MedicalRecord {
  const { user, store } = context;
  const record = writableRecord(store, id);
  if (record.status !== 'draft') fail({ code: 'record-signed' });
  return supersede(context, 'record.signed', { id, rev }, {
    ...contentOf(record),
    doctorId: user.id,
    doctorName: user.displayName,
    status: 'signed',
    signature: signature(context),
  });
}

/**
 * Corrects a signed record: the new text stands under the first signature and the reason, the text it replaced stays in
 * the history. Fails with `invalid-input`, `record-not-signed`, `not-found`, `patient-deleted` or `stale-revision`.
 */
export function amendRecord(context: Context, { id, rev, record, reason, draftId }: CallParsed<'records.amend'>): MedicalRecord {
  const before = writableRecord(context.store, id);
  const { patientId, encounterId, siteId, doctorId, doctorName, amendments = [] } = before;
  if (before.status === 'draft' || before.signature === undefined) return fail({ code: 'record-not-signed' });
  assertPossibleDays(context.store, presentPatient(context.store, patientId), { at: 'record', content: record, before });
  return supersede(context, 'record.amended', { id, rev, draftId }, {
    ...record,
    patientId,
    ...(encounterId !== undefined && { encounterId }),
    ...(siteId !== undefined && { siteId }),
    doctorId,
    doctorName,
    status: 'amended',
    signature: before.signature,
    amendments: [...amendments, { ...signature(context), reason, overRev: rev }],
  });
}

/**
 * Moves a record to the trash: a draft, or a signed one that need not be kept any more. Fails with `retention-period`, `chart-sealed`,
 * `not-found`, `patient-deleted` or `stale-revision`.
 */
export function deleteRecord({ store, actor }: Context, { id, rev }: CallParsed<'records.delete'>): null {
  const record = writableRecord(store, id);
  const about = aboutRecord(record);
  assertRecordMayGo(store, record);
  store.commit({ actor, action: 'record.deleted', about }, (transaction) => transaction.remove('medicalRecords', id, { over: rev }));
  return null;
}

/** Takes a record out of the trash as it was. Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function restoreRecord(context: Context, { id, rev }: CallParsed<'records.restore'>): MedicalRecord {
  const { store, actor } = context;
  const about = aboutRecord(deletedDocument(context, 'medicalRecords', id));
  presentPatient(store, about.patientId);
  return store.commit({ actor, action: 'record.restored', about }, (transaction) =>
    transaction.restore('medicalRecords', id, { over: rev }),
  );
}

export function recordHistory(context: Context, { id }: CallParsed<'records.history'>): Version<MedicalRecordContent>[] {
  visibleRecord(context, id);
  return listVersions(context.store.connection, 'medicalRecords', id);
}

export function recordPrinted(context: Context, { id }: CallParsed<'records.printed'>): null {
  const { workstation, actor } = context;
  workstation.audit({ actor, action: 'record.printed', about: aboutRecord(visibleRecord(context, id)) });
  return null;
}

/** Records shown in a patient's summary. */
const recentRecords = 20;

/** The latest records of a patient, for the chart's head and the printed summary; printing is audited. */
export function patientSummary(context: Context, { id, printed }: CallParsed<'patients.summary'>): CallOutput<'patients.summary'> {
  const { workstation, store, actor } = context;
  visibleDocument(context, 'patients', id);
  if (printed === true) workstation.audit({ actor, action: 'patient.printed', about: { collection: 'patients', documentId: id, patientId: id } });
  const { rows, total } = listRecordsOfPatient(store.connection, id, { offset: 0, limit: recentRecords });
  return { recent: rows, total };
}

function supersede(
  context: Context,
  action: AuditAction,
  { id, rev, draftId }: { id: string; rev: string; draftId?: string | undefined },
  content: MedicalRecordContent,
): MedicalRecord {
  const { store, actor } = context;
  return store.commit({ actor, action, about: { patientId: content.patientId } }, (transaction) => {
    discardOwnDraft(context, transaction, draftId);
    return transaction.update('medicalRecords', id, content, { over: rev });
  });
}

/** A record that is in place, of a patient who is. Fails with `not-found` or `patient-deleted`. */
function writableRecord(store: Store, id: string): MedicalRecord {
  const record = store.get('medicalRecords', id);
  if (record === undefined || record.deleted) return fail({ code: 'not-found', collection: 'medicalRecords' });
  presentPatient(store, record.patientId);
  return record;
}

/** A record that this user may see: a deleted patient's records go with the patient. */
function visibleRecord(context: Context, id: string): MedicalRecord {
  const record = visibleDocument(context, 'medicalRecords', id);
  visibleDocument(context, 'patients', record.patientId);
  return record;
}

const aboutRecord = ({ id, patientId }: MedicalRecord) => ({ collection: 'medicalRecords' as const, documentId: id, patientId });

const signature = ({ user, store }: Context) => ({ userId: user.id, name: user.displayName, at: store.now().toISOString() });
