import type { Page } from '../../shared/contract/page.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import type { Conflict, ConflictContent } from '../../shared/schema/conflict.ts';
import { collections } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { ofPatient } from './linked-patients.ts';
import type { Window } from './medical-records.ts';
import { readAnyRow } from './replica/documents.ts';
import { statement } from './statements.ts';

export interface ConflictFilter {
  status: ConflictContent['status'];
  /** Collections whose conflicts are listed. */
  of: readonly CollectionName[];
  patientId?: string | undefined;
}

/** Newest first; of a patient under any entry of theirs, as their chart is read. */
export function listConflicts(connection: Connection, { status, of, patientId }: ConflictFilter, { offset, limit }: Window): Page<Conflict> {
  const { where, values: ofWhom } = patientId === undefined ? { where: 'true', values: {} } : ofPatient(connection, patientId);
  const which = `FROM conflicts WHERE status = @status AND deleted = 0 AND content ->> '$.collection' IN (SELECT value FROM json_each(@of)) AND ${where}`;
  const values = { status, of: JSON.stringify(of), ...ofWhom };
  const rows = statement<DocumentRow>(connection, `SELECT ${documentColumns} ${which} ORDER BY created_at DESC, position DESC LIMIT @limit OFFSET @offset`).all({ ...values, offset, limit });
  const total = statement(connection, `SELECT count(*) ${which}`).pluck().get(values) as number;
  return { rows: rows.map((row) => toDocument<'conflicts'>(row)), total };
}

/** What a settlement wrote over: the version of the document that it replaced. */
export interface BeforeSettlement {
  /** Undefined: the settlement left the document as it was. */
  replaced?: { deleted: boolean; content: object };
}

/**
 * What the newest write to a conflict replaced, where it was made here and nothing was written over what it wrote since; undefined
 * otherwise.
 */
export function findBeforeSettlement(connection: Connection, conflict: Conflict): BeforeSettlement | undefined {
  const collection = conflict.collection as CollectionName;
  const settled = readAnyRow(connection, 'conflicts', conflict.id);
  const seq = settled?.change_seq ?? 0;
  const here = statement(connection, 'SELECT 1 FROM change_sets WHERE seq = ? AND received = 0').get(seq);
  if (settled === undefined || here === undefined) return undefined;
  const document = readAnyRow(connection, collection, conflict.documentId);
  if (document?.change_seq === seq) return beforeOf(connection, collection, document);
  const writtenOver = statement(connection, 'SELECT 1 FROM revisions WHERE change_seq = ? AND collection = ? AND document_id = ?').get(seq, collection, conflict.documentId);
  return writtenOver === undefined ? {} : undefined;
}

function beforeOf(connection: Connection, collection: CollectionName, row: DocumentRow): BeforeSettlement | undefined {
  const before = statement<{ deleted: 0 | 1; content: string }>(
    connection,
    'SELECT deleted, content FROM revisions WHERE collection = ? AND document_id = ? AND rev = ?',
  ).get(collection, row.id, row.base_rev);
  return before && { replaced: { deleted: before.deleted === 1, content: JSON.parse(before.content) as object } };
}

/** A text of a document's content; undefined where there is no such document. */
export function readText(connection: Connection, collection: CollectionName, id: string, field: string): string | undefined {
  const sql = `SELECT content ->> '$.${field}' AS text FROM ${collections[collection].table} WHERE id = ?`;
  return statement<{ text: string | null }>(connection, sql).get(id)?.text ?? undefined;
}
