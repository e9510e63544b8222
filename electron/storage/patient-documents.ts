import type { FhirCollection } from '../../shared/exchange/fhir/mappings.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** What one patient's chart holds of one kind, in the order of writing; the trash left out. */
export function documentsOfPatient<Name extends Exclude<FhirCollection, 'patients'>>(connection: Connection, collection: Name, patientId: string): StoredDocument<Name>[] {
  const sql = `SELECT ${documentColumns} FROM ${collections[collection].table} WHERE patient_id = @patientId AND deleted = 0 AND content <> 'null' ORDER BY position`;
  return statement<DocumentRow>(connection, sql).all({ patientId }).map((row) => toDocument<Name>(row));
}

/** Ids of patients from one position to another, those in the trash left out. */
export function patientIdsInStretch(connection: Connection, { after, upTo }: { after: number; upTo: number }): string[] {
  return statement(connection, `SELECT id FROM patients WHERE position > @after AND position <= @upTo AND deleted = 0 AND content <> 'null' ORDER BY position`)
    .pluck()
    .all({ after, upTo }) as string[];
}
