import type { CollectionName } from '../../shared/schema/collections.ts';
import type { Connection } from './connection.ts';
import type { DocumentRow } from './documents.ts';

/** Brings the search tables to the state of a row that was just written; runs inside the commit's transaction. */
export function updateSearchIndex(
  _connection: Connection,
  _collection: CollectionName,
  _before: DocumentRow | undefined,
  _after: DocumentRow,
): void {
  return;
}
