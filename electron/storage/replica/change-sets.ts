import type { CollectionName } from '../../../shared/schema/collections.ts';
import type { RevRef, WireDocument } from '../../../shared/sync/protocol.ts';
import { replicatedCollections } from '../../../shared/sync/scope.ts';
import { collections } from '../collections.ts';
import type { Connection } from '../connection.ts';
import { documentColumns, type DocumentRow } from '../documents.ts';
import { statement } from '../statements.ts';
import { isTold, readAnyRow, toWire } from './documents.ts';

export interface ChangeSetHead {
  seq: number;
  id: string;
  action: string;
  actorId: string;
  deviceId: string;
  wallTime: string;
  received: 0 | 1;
}

const head = 'seq, id, action, actor_id AS actorId, device_id AS deviceId, wall_time AS wallTime, received';

export function findChangeSet(connection: Connection, id: string): ChangeSetHead | undefined {
  return statement<ChangeSetHead>(connection, `SELECT ${head} FROM change_sets WHERE id = ?`).get(id);
}
export function readChangeSet(connection: Connection, seq: number): ChangeSetHead {
  return statement<ChangeSetHead>(connection, `SELECT ${head} FROM change_sets WHERE seq = ?`).get(seq) as ChangeSetHead;
}

/** Keeps a change set that came from the server, so that histories show it and a restored server can be offered it. */
export function insertReceived(connection: Connection, set: Omit<ChangeSetHead, 'seq' | 'received'> & { count: number; position: number }): number {
  const { lastInsertRowid } = statement(
    connection,
    `INSERT INTO change_sets (id, action, actor_id, device_id, wall_time, document_count, server_position, received)
     VALUES (@id, @action, @actorId, @deviceId, @wallTime, @count, @position, 1)`,
  ).run(set);
  return Number(lastInsertRowid);
}

export function notePosition(connection: Connection, seq: number, position: number): void {
  statement(connection, 'UPDATE change_sets SET server_position = ? WHERE seq = ?').run(position, seq);
}

const tables = (replicatedCollections as CollectionName[]).map((collection) => ({ collection, table: collections[collection].table }));
const isReplicated: ReadonlySet<string> = new Set(replicatedCollections);

interface RevisionRow {
  collection: CollectionName;
  document_id: string;
  rev: string;
  base_rev: string | null;
  saved_at: string;
  saved_by: string;
  deleted: 0 | 1;
  content: string;
}

/** Everything that a change set wrote and that is still here, whole, superseded versions too. */
export function documentsOf(connection: Connection, seq: number): WireDocument[] {
  const current = tables.flatMap(({ collection, table }) =>
    statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM ${table} WHERE change_seq = ? ORDER BY position`)
      .all(seq)
      .map((row) => toWire(collection, row)),
  );
  const superseded = statement<RevisionRow>(connection, 'SELECT * FROM revisions WHERE change_seq = ?')
    .all(seq)
    .filter(({ collection }) => isReplicated.has(collection))
    .map(({ collection, document_id: id, saved_at, saved_by, ...row }) => {
      const created_at = readAnyRow(connection, collection, id)?.created_at ?? saved_at;
      return toWire(collection, { ...row, id, created_at, updated_at: saved_at, updated_by: saved_by });
    });
  return [...current, ...superseded];
}

/** The revs that a change set wrote, in all replicated collections. */
export function revsOf(connection: Connection, seq: number): RevRef[] {
  const current = tables.flatMap(({ collection, table }) =>
    statement<{ id: string; rev: string }>(connection, `SELECT id, rev FROM ${table} WHERE change_seq = ?`)
      .all(seq)
      .map((row) => ({ collection, ...row })),
  );
  const superseded = statement<RevRef>(connection, 'SELECT collection, document_id AS id, rev FROM revisions WHERE change_seq = ?').all(seq);
  return [...current, ...superseded.filter(({ collection }) => isReplicated.has(collection))];
}

/** Of those, the ones that a server tells. */
export const toldRevsOf = (connection: Connection, seq: number): (RevRef & { collection: CollectionName })[] =>
  revsOf(connection, seq).filter((ref): ref is RevRef & { collection: CollectionName } => isTold(ref.collection));

/** Whether a change set waits to be sent or offered. */
export const isUnsent = (connection: Connection, seq: number): boolean =>
  statement(connection, 'SELECT 1 FROM outbox WHERE change_seq = ?').get(seq) !== undefined;

export function putInOutbox(connection: Connection, seq: number): void {
  statement(connection, 'INSERT INTO outbox (change_seq, offered) VALUES (?, 0) ON CONFLICT (change_seq) DO UPDATE SET offered = 0').run(seq);
}

/** The greatest position at which anything that is here stands; 0 where nothing does. */
export const greatestPosition = (connection: Connection): number =>
  (statement(connection, 'SELECT max(server_position) FROM change_sets WHERE server_position IS NOT NULL').pluck().get() as number | null) ?? 0;

/** Change sets that were written here and stand after one position and not after another. */
export const acceptedBetween = (connection: Connection, after: number, upTo: number): number[] =>
  statement(connection, 'SELECT seq FROM change_sets WHERE received = 0 AND server_position IS NOT NULL AND server_position > ? AND server_position <= ?').pluck().all(after, upTo) as number[];

/** Whether anything that was written here, and that a server tells, stands at or before a position. That it joined is told of any workstation, and to none. */
export const isAnyAccepted = (connection: Connection, upTo: number): boolean => acceptedBetween(connection, 0, upTo).some((seq) => toldRevsOf(connection, seq).length > 0);
