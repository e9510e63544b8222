import type { Page } from '../../shared/contract/page.ts';
import type { ResourceCollection } from '../../shared/schema/resource.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, flatColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** All resources of a kind that are not in the trash, by name. */
export function everyResource<Name extends ResourceCollection>(connection: Connection, collection: Name): StoredDocument<Name>[] {
  const sql = `SELECT ${flatColumns.join(', ')} FROM ${collections[collection].table} WHERE deleted = 0 AND content <> 'null' ORDER BY content ->> '$.name', position`;
  return statement<DocumentRow>(connection, sql).all().map((row) => toDocument<Name>(row));
}

/** A window on the resources of a kind by name; `search` is looked for within the names, whatever its case. */
export function listResources<Name extends ResourceCollection>(
  connection: Connection,
  collection: Name,
  { search, hostId, offset, limit }: { search?: string | undefined; hostId?: string | undefined; offset: number; limit: number },
): Page<StoredDocument<Name>> {
  const from = `FROM ${collections[collection].table} WHERE deleted = 0 AND content <> 'null'
    AND (@search IS NULL OR instr(lower(content ->> '$.name'), lower(@search)) > 0) AND (@hostId IS NULL OR content ->> '$.hostId' = @hostId)`;
  const filter = { search: search ?? null, hostId: hostId ?? null };
  const rows = statement<DocumentRow>(connection, `SELECT ${documentColumns} ${from} ORDER BY content ->> '$.name', position LIMIT @limit OFFSET @offset`).all({ ...filter, limit, offset });
  const { total } = statement<{ total: number }>(connection, `SELECT count(*) AS total ${from}`).get(filter) as { total: number };
  return { rows: rows.map((row) => toDocument<Name>(row)), total };
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
