import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { PatientRow, Version } from '../../shared/contract/patients.ts';
import { fail } from '../../shared/errors.ts';
import { birthIssues } from '../../shared/patients/birth.ts';
import type { Patient, PatientContent, PatientInput } from '../../shared/schema/patient.ts';
import { listVersions } from '../storage/history.ts';
import { listPatients as queryPatients } from '../storage/patients.ts';
import type { Store } from '../storage/store.ts';
import { calendarDay } from './calendar.ts';
import type { Context } from './context.ts';
import { deletedDocument, discardOwnDraft, visibleDocument } from './documents.ts';
import { mintMedicalRecordNumber } from './medical-record-number.ts';
import { assertPatientMayGo } from './retention.ts';
import { ownSite } from './sites.ts';
import { recordViewed } from './viewed.ts';

export function listPatients({ store }: Context, input: CallParsed<'patients.list'>): Page<PatientRow> {
  return queryPatients(store.connection, input);
}

/** One patient; in the trash only for those who may restore. Fails with `not-found`. */
export function getPatient(context: Context, { id, viewed }: CallParsed<'patients.get'>): Patient {
  const patient = visibleDocument(context, 'patients', id);
  if (viewed === true) recordViewed(context, 'patient.viewed', { collection: 'patients', documentId: id, patientId: id });
  return patient;
}

/** Registers a patient under a new medical record number. Fails with `invalid-input` for an impossible birth. */
export function createPatient(context: Context, { patient, draftId }: CallParsed<'patients.create'>): Patient {
  const { store, actor } = context;
  assertPossibleBirth(store, patient);
  return store.commit({ actor, action: 'patient.created' }, (transaction) => {
    discardOwnDraft(context, transaction, draftId);
    const medicalRecordNumber = mintMedicalRecordNumber(transaction, store);
    return transaction.create('patients', { ...patient, medicalRecordNumber, ...ownSite(store) });
  });
}

/** Fails with `invalid-input`, `not-found`, `patient-deleted` or `stale-revision`. */
export function updatePatient(context: Context, { id, rev, patient, draftId }: CallParsed<'patients.update'>): Patient {
  const { store, actor } = context;
  assertPossibleBirth(store, patient);
  const { medicalRecordNumber, siteIds, link, distinctFrom } = presentPatient(store, id);
  const content: PatientContent = { ...patient, medicalRecordNumber, ...(siteIds && { siteIds }), ...(link && { link }), ...(distinctFrom && { distinctFrom }) };
  return store.commit({ actor, action: 'patient.updated' }, (transaction) => {
    discardOwnDraft(context, transaction, draftId);
    return transaction.update('patients', id, content, { over: rev });
  });
}

/** Moves a patient to the trash; the records stay with the patient. Fails with `retention-period`, `not-found` or `stale-revision`. */
export function deletePatient(context: Context, { id, rev }: CallParsed<'patients.delete'>): null {
  const { store, actor } = context;
  presentPatient(store, id);
  assertPatientMayGo(store, id);
  store.commit({ actor, action: 'patient.deleted' }, (transaction) => transaction.remove('patients', id, { over: rev }));
  return null;
}

/** Fails with `not-found` for what is not in the trash, or `stale-revision`. */
export function restorePatient(context: Context, { id, rev }: CallParsed<'patients.restore'>): Patient {
  const { store, actor } = context;
  deletedDocument(context, 'patients', id);
  return store.commit({ actor, action: 'patient.restored' }, (transaction) => transaction.restore('patients', id, { over: rev }));
}

export function patientHistory(context: Context, { id }: CallParsed<'patients.history'>): Version<PatientContent>[] {
  visibleDocument(context, 'patients', id);
  return listVersions(context.store.connection, 'patients', id);
}

/** A patient who can be written to. Fails with `not-found` or `patient-deleted`. */
export function presentPatient(store: Store, id: string): Patient {
  const patient = store.get('patients', id) ?? fail({ code: 'not-found', collection: 'patients' });
  return patient.deleted ? fail({ code: 'patient-deleted' }) : patient;
}

function assertPossibleBirth(store: Store, patient: PatientInput): void {
  const issues = birthIssues(patient, calendarDay(store.now()));
  if (issues.length > 0) fail({ code: 'invalid-input', issues: issues.map((issue) => ({ ...issue, path: `patient.${issue.path}` })) });
}
