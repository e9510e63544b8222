import type { DocumentReferenceRow } from '../../../shared/contract/document-references.ts';
import type { Page } from '../../../shared/contract/page.ts';
import { chunkBytes } from '../../../shared/attachments/attachment.ts';
import type { Connection } from '../connection.ts';
import { documentColumns, toDocument, type DocumentRow } from '../documents.ts';
import { ofPatient } from '../linked-patients.ts';
import type { Window } from '../medical-records.ts';
import { statement } from '../statements.ts';

interface PlacedRow extends DocumentRow {
  heldChunks: number | null;
  complete: 0 | 1 | null;
  unsent: 0 | 1;
}

const columns = documentColumns.split(',').map((column) => `d.${column.trim()}`).join(', ');
const placed = `SELECT ${columns}, a.chunks AS heldChunks, a.complete AS complete,
    (d.server_rev IS NOT d.rev OR EXISTS (SELECT 1 FROM attachment_uploads WHERE document_id = d.id)) AS unsent
  FROM document_references AS d LEFT JOIN attachments AS a ON a.hash = d.attachment_hash`;

/** `isEnrolled`: this workstation belongs to a server. */
export function listDocumentReferences(connection: Connection, patientId: string, { offset, limit }: Window, isEnrolled: boolean): Page<DocumentReferenceRow> {
  const { where, values } = ofPatient(connection, patientId);
  const rows = statement<PlacedRow>(connection, `${placed} WHERE d.${where} AND d.deleted = 0 ORDER BY d.date DESC, d.position DESC LIMIT @limit OFFSET @offset`).all({ ...values, offset, limit });
  const total = statement(connection, `SELECT count(*) FROM document_references WHERE ${where} AND deleted = 0`).pluck().get(values) as number;
  return { rows: rows.map((row) => toRow(row, isEnrolled)), total };
}

/** Those that went along with a shared chart. */
export function listSharedDocuments(connection: Connection, sharedChartId: string, isEnrolled: boolean): DocumentReferenceRow[] {
  const rows = statement<PlacedRow>(connection, `${placed} WHERE d.shared_chart_id = ? AND d.deleted = 0 ORDER BY d.date DESC, d.position DESC`).all(sharedChartId);
  return rows.map((row) => toRow(row, isEnrolled));
}

/** One that is there, in the trash too. */
export function readDocumentReference(connection: Connection, id: string, isEnrolled: boolean): DocumentReferenceRow | undefined {
  const row = statement<PlacedRow>(connection, `${placed} WHERE d.id = ?`).get(id);
  return row && toRow(row, isEnrolled);
}

function toRow({ heldChunks, complete, unsent, ...row }: PlacedRow, isEnrolled: boolean): DocumentReferenceRow {
  const document = toDocument<'documentReferences'>(row);
  const { size } = document.attachment;
  const isHere = complete === 1;
  return { ...document, isHere, bytesHere: isHere ? size : Math.min(size, (heldChunks ?? 0) * chunkBytes), ...(isEnrolled && { isOnServer: unsent === 0 && isHere }) };
}

/** Somebody waits for these bytes before the screen. */
export function wantAttachment(connection: Connection, documentId: string): void {
  statement(connection, 'UPDATE attachment_downloads SET wanted = 1 WHERE document_id = ?').run(documentId);
}

/** Bytes of how many documents wait to be sent, and of how many they are still to come. */
export function countTransfers(connection: Connection): { toSend: number; toFetch: number } {
  return statement<{ toSend: number; toFetch: number }>(connection, 'SELECT (SELECT count(*) FROM attachment_uploads) AS toSend, (SELECT count(*) FROM attachment_downloads) AS toFetch').get() as { toSend: number; toFetch: number };
}
