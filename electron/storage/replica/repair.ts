import type { CollectionName } from '../../../shared/schema/collections.ts';
import { collections } from '../collections.ts';
import type { Connection } from '../connection.ts';
import type { DocumentRow } from '../documents.ts';
import { statement } from '../statements.ts';
import { forgetOnServer, type Work } from './arrivals.ts';
import { isUnsent, putInOutbox } from './change-sets.ts';
import { isTold, readAnyRow } from './documents.ts';
import { noteToFetch } from './fetches.ts';

const hexOf = (bucket: number): string => bucket.toString(16).padStart(2, '0');

/** The documents of a bucket as they are known to stand on the server. Reads the whole collection: repairs are rare. */
export function readBucket(connection: Connection, collection: CollectionName, bucket: number): { id: string; rev: string }[] {
  return statement<{ id: string; rev: string }>(
    connection,
    `SELECT id, server_rev AS rev FROM ${collections[collection].table} WHERE server_rev IS NOT NULL AND lower(substr(id, -2)) = ? ORDER BY id`,
  ).all(hexOf(bucket));
}

/** Brings a bucket to what the server holds, without losing what only this workstation has. Answers how many documents differed. */
export function repairBucket(work: Work, collection: string, bucket: number, theirs: readonly { id: string; rev: string }[]): number {
  if (!isTold(collection)) return 0;
  const { connection } = work;
  const ours = new Map(readBucket(connection, collection, bucket).map(({ id, rev }) => [id, rev]));
  const held = new Map(theirs.map(({ id, rev }) => [id, rev]));
  const row = (id: string) => readAnyRow(connection, collection, id);
  // Which documents have unsent work is asked before anything is put into the outbox: change sets are shared by documents.
  const isFree = (id: string) => !isUnsent(connection, row(id)?.change_seq ?? 0);
  const differing = [...held.keys()].filter((id) => ours.get(id) !== held.get(id) && isFree(id));
  const onlyHere = [...ours.keys()].filter((id) => ours.get(id) !== held.get(id) && isFree(id));
  for (const id of differing) noteToFetch(connection, { collection, id });
  // What stands here under a rev that is not the server's is sent too: it may be all that is left of it.
  for (const id of onlyHere) sendAgain(work, collection, row(id) as DocumentRow);
  return new Set([...differing, ...onlyHere]).size;
}

function sendAgain(work: Work, collection: CollectionName, row: DocumentRow): void {
  forgetOnServer(work, collection, row);
  putInOutbox(work.connection, row.change_seq);
}
