import { clinicalCollections } from '../../shared/schema/clinical.ts';
import type { ImportBatch } from '../../shared/contract/exchange.ts';
import { collections } from './collections.ts';
import type { Connection } from './connection.ts';
import { statement } from './statements.ts';
import type { Transaction } from './transaction.ts';

export interface NewImportBatch {
  id: string;
  fileName: string;
  /** An instant, ISO 8601. */
  importedAt: string;
  importedBy: string;
}

/** Remembers, inside the commit that creates them, that this change set's patients belong to a batch. */
export function addToImportBatch(connection: Connection, batch: NewImportBatch, { seq }: Transaction): void {
  statement(
    connection,
    `INSERT INTO import_batches (id, file_name, imported_at, imported_by) VALUES (@id, @fileName, @importedAt, @importedBy)
     ON CONFLICT (id) DO NOTHING`,
  ).run(batch);
  statement(connection, 'INSERT INTO import_batch_change_sets (change_seq, batch_id) VALUES (@seq, @id)').run({ seq, id: batch.id });
}

/** Every batch, newest first; `count` is how many patients it brought in. */
export function listImportBatches(connection: Connection): ImportBatch[] {
  type Row = Omit<ImportBatch, 'undone'> & { undone: 0 | 1 };
  const rows = statement<Row>(
    connection,
    `SELECT b.id, b.file_name AS fileName, b.imported_at AS importedAt, coalesce(u.content ->> '$.displayName', '') AS importedByName,
       sum(c.document_count) AS count, b.undone_at IS NOT NULL AS undone
     FROM import_batches AS b
       JOIN import_batch_change_sets AS s ON s.batch_id = b.id
       JOIN change_sets AS c ON c.seq = s.change_seq
       LEFT JOIN users AS u ON u.id = b.imported_by
     GROUP BY b.id ORDER BY max(s.change_seq) DESC`,
  ).all({});
  return rows.map((row) => ({ ...row, undone: row.undone === 1 }));
}

/** The change sets of a batch, in order; none when there is no such batch. */
export function changeSetsOfBatch(connection: Connection, batchId: string): number[] {
  return statement(connection, 'SELECT change_seq FROM import_batch_change_sets WHERE batch_id = @batchId ORDER BY change_seq')
    .pluck()
    .all({ batchId }) as number[];
}

const chartTables = (['medicalRecords', 'documentReferences', 'appointments', 'encounters', ...clinicalCollections] as const).map((name) => collections[name].table);

/** Somebody has worked on this patient: a record, also one in the trash, an allergy, an order, an appointment, or a half-written form. */
const workedOn = `(${chartTables.map((table) => `EXISTS (SELECT 1 FROM ${table} AS r WHERE r.patient_id = p.id)`).join(' OR ')}
  OR p.id IN (SELECT content ->> '$.patientId' FROM drafts WHERE content ->> '$.patientId' IS NOT NULL)
  OR p.id IN (SELECT content ->> '$.key' FROM drafts WHERE content ->> '$.kind' = 'patient'))`;

/** Patients of an import's change set who are still just as they came in, and on whom nobody has worked. */
export function untouchedPatients(connection: Connection, changeSeq: number): { id: string; rev: string }[] {
  return statement<{ id: string; rev: string }>(
    connection,
    `SELECT p.id, p.rev FROM patients AS p WHERE p.change_seq = @changeSeq AND p.deleted = 0 AND NOT ${workedOn}`,
  ).all({ changeSeq });
}

/** How many patients of an import's change set were changed since, or worked on, and are not in the trash. */
export function countTouchedPatients(connection: Connection, changeSeq: number): number {
  const row = statement<{ touched: number }>(
    connection,
    `SELECT (SELECT count(*) FROM patients AS p WHERE p.change_seq = @changeSeq AND p.deleted = 0 AND ${workedOn})
       + (SELECT count(*) FROM revisions AS v JOIN patients AS p ON p.id = v.document_id
          WHERE v.change_seq = @changeSeq AND v.collection = 'patients' AND p.deleted = 0) AS touched`,
  ).get({ changeSeq });
  return row?.touched ?? 0;
}

export function markImportUndone(connection: Connection, batchId: string, at: string): void {
  statement(connection, 'UPDATE import_batches SET undone_at = @at WHERE id = @batchId').run({ batchId, at });
}
