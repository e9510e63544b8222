import { clinicalCollections } from '../../shared/schema/clinical.ts';
import type { ImportBatch } from '../../shared/contract/exchange.ts';
import { importedCollections, type ImportedCollection } from '../../shared/exchange/fhir/mappings.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, purgedContent, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';
import type { Transaction } from './transaction.ts';

export interface NewImportBatch {
  id: string;
  fileName: string;
  /** An instant, ISO 8601. */
  importedAt: string;
  importedBy: string;
}

/** Remembers, inside the commit that creates them, that what this change set writes belongs to a batch. */
export function addToImportBatch(connection: Connection, batch: NewImportBatch, { seq }: Transaction): void {
  statement(
    connection,
    `INSERT INTO import_batches (id, file_name, imported_at, imported_by) VALUES (@id, @fileName, @importedAt, @importedBy)
     ON CONFLICT (id) DO NOTHING`,
  ).run(batch);
  statement(connection, 'INSERT INTO import_batch_change_sets (change_seq, batch_id) VALUES (@seq, @id)').run({ seq, id: batch.id });
}

/** Every batch, newest first; `count` is how many patients, or documents of charts, it brought in. */
export function listImportBatches(connection: Connection): ImportBatch[] {
  type Row = Omit<ImportBatch, 'undone' | 'kind'> & { undone: 0 | 1; action: string };
  const rows = statement<Row>(
    connection,
    `SELECT b.id, b.file_name AS fileName, b.imported_at AS importedAt, coalesce(u.content ->> '$.displayName', '') AS importedByName,
       sum(c.document_count) AS count, b.undone_at IS NOT NULL AS undone, max(c.action) AS action
     FROM import_batches AS b
       JOIN import_batch_change_sets AS s ON s.batch_id = b.id
       JOIN change_sets AS c ON c.seq = s.change_seq
       LEFT JOIN users AS u ON u.id = b.imported_by
     GROUP BY b.id ORDER BY max(s.change_seq) DESC`,
  ).all({});
  return rows.map(({ action, undone, ...row }) => ({ ...row, undone: undone === 1, kind: action === 'fhir.imported' ? 'charts' : 'patients' }));
}

/** The change sets of a batch, in order; none when there is no such batch. */
export function changeSetsOfBatch(connection: Connection, batchId: string): number[] {
  return statement(connection, 'SELECT change_seq FROM import_batch_change_sets WHERE batch_id = @batchId ORDER BY change_seq')
    .pluck()
    .all({ batchId }) as number[];
}

const chartTables = (['medicalRecords', 'documentReferences', 'appointments', 'encounters', 'archivedCharts', 'communications', 'careTasks', ...clinicalCollections] as const)
  .map((name) => collections[name].table);

const ofBatch = 'SELECT change_seq FROM import_batch_change_sets WHERE batch_id = @batchId';

/**
 * Somebody has worked on this patient: a record that did not come in with the patient or has changed since, also one in the trash, an allergy,
 * an order, an appointment, a message, a referral, or a half-written form.
 */
const workedOn = `(${chartTables.map((table) => `EXISTS (SELECT 1 FROM ${table} AS r WHERE r.patient_id = p.id AND r.change_seq NOT IN (${ofBatch}))`).join(' OR ')}
  OR EXISTS (SELECT 1 FROM referrals AS r WHERE r.subject_id = p.id AND r.change_seq NOT IN (${ofBatch}))
  OR EXISTS (SELECT 1 FROM referrals AS r WHERE r.recipient_patient_id = p.id AND r.change_seq NOT IN (${ofBatch}))
  OR p.id IN (SELECT content ->> '$.patientId' FROM drafts WHERE content ->> '$.patientId' IS NOT NULL)
  OR p.id IN (SELECT content ->> '$.key' FROM drafts WHERE content ->> '$.kind' = 'patient'))`;

/** One of the change sets of a batch. */
export interface BatchPart {
  /** Empty for a change set of no import. */
  batchId: string;
  changeSeq: number;
}
interface Reference {
  id: string;
  rev: string;
}

/** Patients of an import's change set who are still just as they came in, and on whom nobody has worked. */
export function untouchedPatients(connection: Connection, part: BatchPart): Reference[] {
  return statement<Reference>(connection, `SELECT p.id, p.rev FROM patients AS p WHERE p.change_seq = @changeSeq AND p.deleted = 0 AND NOT ${workedOn}`).all(part);
}

const cameWithPatient = (patientId: string) => `(EXISTS (SELECT 1 FROM patients AS p WHERE p.id = ${patientId} AND p.change_seq IN (${ofBatch}))
  OR EXISTS (SELECT 1 FROM revisions AS v WHERE v.document_id = ${patientId} AND v.collection = 'patients' AND v.change_seq IN (${ofBatch})))`;

/** A message on a letter is about whom that one is about. */
const ofLetter = 'coalesce(d.patient_id, (SELECT r.subject_id FROM referrals AS r WHERE r.id = d.referral_id))';
const subjects: Partial<Record<ChartCollection, string>> = { referrals: 'd.subject_id', communications: ofLetter, careTasks: ofLetter };
const subjectOf = (collection: ChartCollection): string => subjects[collection] ?? 'd.patient_id';

/** What an import's change set added to the charts of patients who were here before, and what is still just as it came in. */
export function untouchedDocuments<Name extends ChartCollection>(connection: Connection, collection: Name, part: BatchPart): StoredDocument<Name>[] {
  const columns = documentColumns.split(', ').map((column) => `d.${column}`).join(', ');
  return statement<DocumentRow>(
    connection,
    `SELECT ${columns} FROM ${collections[collection].table} AS d WHERE d.change_seq = @changeSeq AND d.deleted = 0 AND d.content <> '${purgedContent}'
       AND NOT ${cameWithPatient(subjectOf(collection))} AND d.id NOT IN (SELECT document_id FROM sealed_documents)`,
  ).all(part).map((row) => toDocument<Name>(row));
}

/** What is told of a patient in documents that an import can bring. */
export type ChartCollection = Exclude<ImportedCollection, 'patients'>;

/** How many patients of an import's change set, or documents of those who were here before, were changed since or worked on, and not taken back. */
export function countTouched(connection: Connection, part: BatchPart): number {
  const row = statement<{ touched: number }>(
    connection,
    `SELECT (SELECT count(*) FROM patients AS p WHERE p.change_seq = @changeSeq AND p.deleted = 0 AND ${workedOn})
       + (SELECT count(*) FROM revisions AS v JOIN patients AS p ON p.id = v.document_id
          WHERE v.change_seq = @changeSeq AND v.collection = 'patients' AND p.deleted = 0) AS touched`,
  ).get(part);
  return (row?.touched ?? 0) + chartCollections.reduce((sum, name) => sum + countChanged(connection, name, part), 0);
}

export const chartCollections = importedCollections.filter((name): name is ChartCollection => name !== 'patients');

function countChanged(connection: Connection, collection: ChartCollection, part: BatchPart): number {
  const row = statement<{ changed: number }>(
    connection,
    `SELECT count(*) AS changed FROM revisions AS first JOIN ${collections[collection].table} AS d ON d.id = first.document_id JOIN change_sets AS c ON c.seq = d.change_seq
     WHERE first.change_seq = @changeSeq AND first.collection = '${collection}' AND d.deleted = 0 AND c.action <> 'import.undone' AND NOT ${cameWithPatient(subjectOf(collection))}`,
  ).get(part);
  return row?.changed ?? 0;
}

export function markImportUndone(connection: Connection, batchId: string, at: string): void {
  statement(connection, 'UPDATE import_batches SET undone_at = @at WHERE id = @batchId').run({ batchId, at });
}
