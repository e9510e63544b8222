import type { FhirCollection } from '../../shared/exchange/fhir/mappings.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** What one patient's chart holds of one kind, in the order of writing; the trash left out. */
export function documentsOfPatient<Name extends Exclude<FhirCollection, 'patients'>>(connection: Connection, collection: Name, patientId: string): StoredDocument<Name>[] {
  const sql = `SELECT ${documentColumns} FROM ${collections[collection].table} WHERE ${ofPatient(collection)} AND deleted = 0 AND content <> 'null' ORDER BY position`;
  return statement<DocumentRow>(connection, sql).all({ patientId }).map((row) => toDocument<Name>(row));
}

/** A letter is that of its patient here: the sender's, or where that one is not held, whom it was accepted for. Messages on it go along with it. */
const letters = `subject_id = @patientId OR (recipient_patient_id = @patientId AND NOT EXISTS (SELECT 1 FROM patients AS p WHERE p.id = subject_id AND p.deleted = 0 AND p.content <> 'null'))`;
function ofPatient(collection: FhirCollection): string {
  if (collection === 'referrals') return `(${letters})`;
  const onLetters = `referral_id IN (SELECT r.id FROM referrals AS r WHERE r.deleted = 0 AND r.content <> 'null' AND (${letters}))`;
  return collection === 'communications' || collection === 'careTasks' ? `(patient_id = @patientId OR ${onLetters})` : 'patient_id = @patientId';
}

/** Ids of patients from one position to another, those in the trash left out. */
export function patientIdsInStretch(connection: Connection, { after, upTo }: { after: number; upTo: number }): string[] {
  return statement(connection, `SELECT id FROM patients WHERE position > @after AND position <= @upTo AND deleted = 0 AND content <> 'null' ORDER BY position`)
    .pluck()
    .all({ after, upTo }) as string[];
}
