import type { CollectionName } from '../../../shared/schema/collections.ts';
import type { PositionedDocument, RevRef } from '../../../shared/sync/protocol.ts';
import { collections } from '../collections.ts';
import type { Connection } from '../connection.ts';
import { purgedContent, type DocumentRow } from '../documents.ts';
import { statement } from '../statements.ts';
import { keepRevision } from '../transaction.ts';
import { isUnsent } from './change-sets.ts';
import type { DigestTally } from './digest-tally.ts';
import { contentText, insertArrived, isTold, readAnyRow, replaceByArrived, type Text } from './documents.ts';
import { noteSkipped, noteToFetch } from './fetches.ts';

/** What one transaction of the replica gathers while it works. */
export interface Work {
  connection: Connection;
  tally: DigestTally;
  touched: Set<CollectionName>;
}

/**
 * Takes a version that a server tells; `seq` gives the change set that it is kept under. A document with unsent work keeps its own
 * version, and one that is known at a later position is not taken back.
 */
export function arrive(work: Work, document: PositionedDocument, seq: () => number, snapshotNumber: number | null = null): void {
  const { collection, id } = document;
  if (!isTold(collection)) return;
  const row = readAnyRow(work.connection, collection, id);
  if (row === undefined) arriveNew(work, collection, document, seq(), snapshotNumber);
  else arriveOver(work, collection, row, document, seq, snapshotNumber);
}

/** As {@link arrive}, where the document is most likely new: in a first copy all are. */
export function arriveInBulk(work: Work, document: PositionedDocument, text: Text, seq: number, snapshotNumber: number): void {
  const { collection, id, rev } = document;
  if (!isTold(collection)) return;
  if (!insertArrived(work.connection, collection, { document, text, seq, snapshotNumber })) {
    arriveOver(work, collection, readAnyRow(work.connection, collection, id) as DocumentRow, document, () => seq, snapshotNumber);
    return;
  }
  work.tally.count(collection, id, null, rev);
  work.touched.add(collection);
}

function arriveNew(work: Work, collection: CollectionName, document: PositionedDocument, seq: number, snapshotNumber: number | null): void {
  insertArrived(work.connection, collection, { document, text: contentText(document), seq, snapshotNumber });
  work.tally.count(collection, document.id, null, document.rev);
  work.touched.add(collection);
}

function arriveOver(
  work: Work,
  collection: CollectionName,
  row: DocumentRow,
  document: PositionedDocument,
  seq: () => number,
  snapshotNumber: number | null,
): void {
  const { connection } = work;
  const { table } = collections[collection];
  if (snapshotNumber !== null) statement(connection, `UPDATE ${table} SET snapshot_number = ? WHERE position = ?`).run(snapshotNumber, row.position);
  if (row.server_position !== null && row.server_position > document.position) return;
  if (row.rev === document.rev) noteOnServer(work, collection, row, document);
  else if (isUnsent(connection, row.change_seq)) passOver(work, collection, document, seq);
  else takeOver(work, collection, row, document, seq(), snapshotNumber);
}

function takeOver(work: Work, collection: CollectionName, row: DocumentRow, document: PositionedDocument, seq: number, snapshotNumber: number | null): void {
  const { connection, tally, touched } = work;
  // A version that was passed over before is in the history already, and becomes the current one now.
  statement(connection, 'DELETE FROM revisions WHERE collection = ? AND document_id = ? AND rev = ?').run(collection, row.id, document.rev);
  if (document.content === null) statement(connection, 'DELETE FROM revisions WHERE collection = ? AND document_id = ?').run(collection, row.id);
  else if (row.content !== purgedContent) keepRevision(connection, collection, row);
  replaceByArrived(connection, collection, row, { document, text: contentText(document), seq, snapshotNumber });
  tally.count(collection, row.id, row.server_rev, document.rev);
  touched.add(collection);
}

/** Keeps a version beside the unsent one that stays on screen: a server that is restored may need it. */
function passOver({ connection }: Work, collection: CollectionName, document: PositionedDocument, seq: () => number): void {
  noteSkipped(connection, document, document.position);
  if (document.content === null) return;
  statement(
    connection,
    `INSERT INTO revisions (collection, document_id, rev, base_rev, change_seq, saved_at, saved_by, deleted, server_position, content)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(
    collection, document.id, document.rev, document.baseRev, seq(), document.updatedAt, document.updatedBy, document.deleted ? 1 : 0,
    document.position, contentText(document),
  );
}

/** Notes where a document stands on the server, unless it is known further on. */
export function noteOnServer(work: Work, collection: CollectionName, row: DocumentRow, { rev, position }: { rev: string; position: number }): void {
  if (row.server_position !== null && row.server_position > position) return;
  const { connection, tally } = work;
  statement(connection, `UPDATE ${collections[collection].table} SET server_rev = ?, server_position = ? WHERE position = ?`).run(rev, position, row.position);
  tally.count(collection, row.id, row.server_rev, rev);
  if (row.rev === rev) return;
  statement(connection, 'UPDATE revisions SET server_position = ? WHERE collection = ? AND document_id = ? AND rev = ?').run(
    position, collection, row.id, rev,
  );
}

/** The server says that a version of our own stands as it was sent. */
export function arriveEcho(work: Work, { collection, id, rev }: RevRef, position: number): void {
  if (!isTold(collection)) return;
  const row = readAnyRow(work.connection, collection, id);
  if (row !== undefined) noteOnServer(work, collection, row, { rev, position });
  // Not here, or not what is on screen: this store was put back to an older state, or lost the version otherwise.
  if (row?.rev !== rev && (row === undefined || !isUnsent(work.connection, row.change_seq))) noteToFetch(work.connection, { collection, id });
}

/** Forgets where a document stands on the server. */
export function forgetOnServer({ connection, tally }: Work, collection: CollectionName, row: DocumentRow): void {
  statement(connection, `UPDATE ${collections[collection].table} SET server_rev = NULL, server_position = NULL WHERE position = ?`).run(row.position);
  tally.count(collection, row.id, row.server_rev, null);
}
