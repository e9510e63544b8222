import type { CollectionName } from '../../../shared/schema/collections.ts';
import type { DocumentRef, PulledChangeSet } from '../../../shared/sync/protocol.ts';
import type { Connection } from '../connection.ts';
import { statement } from '../statements.ts';
import { acceptedBetween, isUnsent, toldRevsOf } from './change-sets.ts';
import { readAnyRow } from './documents.ts';

/** Remembers that a version which stands at `position` was passed over for unsent work. */
export function noteSkipped(connection: Connection, { collection, id }: DocumentRef, position: number): void {
  // An older note that already asks (no position) goes on asking.
  statement(
    connection,
    `INSERT INTO documents_to_fetch (collection, document_id, skipped_position) VALUES (?, ?, ?)
     ON CONFLICT (collection, document_id) DO UPDATE SET skipped_position = max(skipped_position, excluded.skipped_position)`,
  ).run(collection, id, position);
}

/** The server's version of this document is to be asked for. */
export function noteToFetch(connection: Connection, { collection, id }: DocumentRef): void {
  statement(
    connection,
    `INSERT INTO documents_to_fetch (collection, document_id, skipped_position) VALUES (?, ?, NULL)
     ON CONFLICT (collection, document_id) DO UPDATE SET skipped_position = NULL`,
  ).run(collection, id);
}

export function forgetFetch(connection: Connection, { collection, id }: DocumentRef): void {
  statement(connection, 'DELETE FROM documents_to_fetch WHERE collection = ? AND document_id = ?').run(collection, id);
}

/**
 * Decides what a document needs once its last unsent write has come to an end: whatever was passed over after the place where the
 * writes landed, or a merge that lies behind what has been read, is asked for; anything before it is in the merge.
 */
export function settleSkipped(connection: Connection, collection: CollectionName, id: string, readUpTo: number): void {
  const row = readAnyRow(connection, collection, id);
  if (row === undefined || isUnsent(connection, row.change_seq)) return;
  const landed = row.server_position ?? 0;
  const skipped = statement<{ at: number | null }>(
    connection,
    'SELECT skipped_position AS at FROM documents_to_fetch WHERE collection = ? AND document_id = ?',
  ).get(collection, id);
  if (row.server_rev !== row.rev && landed <= readUpTo) noteToFetch(connection, { collection, id });
  else if (skipped === undefined || skipped.at === null) return;
  else if (skipped.at > landed) noteToFetch(connection, { collection, id });
  else forgetFetch(connection, { collection, id });
}

/**
 * A page tells everything in scope up to its end: what was written here, stands within the page and was not mentioned in it is in no
 * scope of this workstation any more. It is asked for, and the answer that it is missing takes it off.
 */
export function askForUnmentioned(connection: Connection, changeSets: readonly PulledChangeSet[], after: number, upTo: number): void {
  const written = acceptedBetween(connection, after, upTo);
  if (written.length === 0) return;
  const mentioned = new Set(changeSets.flatMap(({ documents, echoes }) => [...documents, ...echoes].map(({ collection, id }) => `${collection} ${id}`)));
  for (const { collection, id } of written.flatMap((seq) => toldRevsOf(connection, seq))) {
    const at = readAnyRow(connection, collection, id)?.server_position ?? 0;
    if (at > after && at <= upTo && !mentioned.has(`${collection} ${id}`)) noteToFetch(connection, { collection, id });
  }
}

/** Documents to ask for. One that was written here meanwhile waits until that was sent. */
export function listFetches(connection: Connection, limit: number): DocumentRef[] {
  const refs: DocumentRef[] = [];
  const rows = statement<{ collection: CollectionName; id: string }>(
    connection,
    'SELECT collection, document_id AS id FROM documents_to_fetch WHERE skipped_position IS NULL',
  ).iterate();
  for (const { collection, id } of rows) {
    const row = readAnyRow(connection, collection, id);
    if (row === undefined || !isUnsent(connection, row.change_seq)) refs.push({ collection, id });
    if (refs.length === limit) break;
  }
  return refs;
}
