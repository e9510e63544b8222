import type { ResourceCollection } from '../../shared/schema/resource.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { flatColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** All resources of a kind that are not in the trash, by name. Sorted here, where the names are read already: SQLite would read each document once more. */
export function everyResource<Name extends ResourceCollection>(connection: Connection, collection: Name): StoredDocument<Name>[] {
  const sql = `SELECT ${flatColumns.join(', ')} FROM ${collections[collection].table} WHERE deleted = 0 AND content <> 'null' ORDER BY position`;
  const found = statement<DocumentRow>(connection, sql).all().map((row) => toDocument<Name>(row));
  return found.sort(({ name: a }, { name: b }) => (a < b ? -1 : a > b ? 1 : 0));
}

/** When each machine was last moved by a plan, as instants by its id; those that never were are left out. */
export function lastMoves(connection: Connection): Record<string, string> {
  const sql = `SELECT id, max(at) AS at FROM (
      SELECT m.id AS id, c.wall_time AS at FROM virtual_machines m JOIN change_sets c ON c.seq = m.change_seq WHERE c.action = 'resource.moved'
      UNION ALL
      SELECT r.document_id, c.wall_time FROM revisions r JOIN change_sets c ON c.seq = r.change_seq WHERE r.collection = 'virtualMachines' AND c.action = 'resource.moved'
    ) GROUP BY id`;
  return Object.fromEntries(statement<{ id: string; at: string }>(connection, sql).all().map(({ id, at }) => [id, at]));
}
