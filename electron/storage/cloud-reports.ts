import type { Page } from '../../shared/contract/page.ts';
import type { Inventory } from '../../shared/resources/inventory.ts';
import type { MadeMove } from '../../shared/resources/report/inputs.ts';
import { resourceCollections, type ResourceCollection } from '../../shared/schema/resource.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/**
 * Every resource as it stood at an instant, by its own history. Of one that was there before the first version that this workstation
 * knows (it joined later, and was told no history) that version is taken.
 */
export function inventoryAt(connection: Connection, at: string): Inventory {
  const lists = resourceCollections.map((collection) => [collection, resourcesAt(connection, collection, at)]);
  return Object.fromEntries(lists) as unknown as Inventory;
}

function resourcesAt<Name extends ResourceCollection>(connection: Connection, collection: Name, at: string): StoredDocument<Name>[] {
  const { table } = collections[collection];
  const sql = `SELECT * FROM (
      SELECT v.*, row_number() OVER (PARTITION BY id ORDER BY CASE WHEN updated_at <= @at THEN updated_at END DESC, updated_at, rev) AS place FROM (
        SELECT id, rev, created_at, updated_at, updated_by, deleted, content FROM ${table} WHERE created_at <= @at
        UNION ALL
        SELECT d.id, r.rev, d.created_at, r.saved_at, r.saved_by, r.deleted, r.content FROM ${table} d JOIN revisions r ON r.collection = @collection AND r.document_id = d.id WHERE d.created_at <= @at
      ) v
    ) WHERE place = 1 AND deleted = 0 AND content <> 'null' ORDER BY id`;
  return statement<DocumentRow>(connection, sql).all({ at, collection }).map((row) => toDocument<Name>(row));
}

/** Machines that changed their host within a period, whoever moved them, in the order they did. */
export function movesBetween(connection: Connection, { from, to }: { from: string; to: string }): MadeMove[] {
  const sql = `SELECT v.id AS virtualMachineId, v.at AS at, b.content ->> '$.hostId' AS "from", v.content ->> '$.hostId' AS "to" FROM (
      SELECT id, rev, base_rev, updated_at AS at, content FROM virtual_machines WHERE deleted = 0 AND updated_at > @from AND updated_at <= @to
      UNION ALL
      SELECT document_id, rev, base_rev, saved_at, content FROM revisions WHERE collection = 'virtualMachines' AND deleted = 0 AND saved_at > @from AND saved_at <= @to
    ) v JOIN revisions b ON b.collection = 'virtualMachines' AND b.document_id = v.id AND b.rev = v.base_rev
    WHERE v.content <> 'null' AND b.content <> 'null' AND b.content ->> '$.hostId' IS NOT v.content ->> '$.hostId' ORDER BY v.at, v.id, v.rev`;
  return statement<MadeMove>(connection, sql).all({ from, to });
}

/** Whether anything of the cloud was known at an instant. */
export function hadResources(connection: Connection, at: string): boolean {
  const sql = 'SELECT EXISTS (SELECT 1 FROM hosts WHERE created_at <= @at) OR EXISTS (SELECT 1 FROM virtual_machines WHERE created_at <= @at) AS had';
  return statement<{ had: 0 | 1 }>(connection, sql).get({ at })?.had === 1;
}

/** The newest daily reports about times before an instant, oldest first. */
export function dailyReportsBefore(connection: Connection, at: string, limit: number): StoredDocument<'cloudReports'>[] {
  const sql = `SELECT ${documentColumns} FROM cloud_reports WHERE deleted = 0 AND content <> 'null' AND period = 'daily' AND until < @at ORDER BY until DESC LIMIT @limit`;
  return statement<DocumentRow>(connection, sql).all({ at, limit }).map((row) => toDocument<'cloudReports'>(row)).reverse();
}

/** Those about the latest times first. */
export function listCloudReports(connection: Connection, { offset, limit }: { offset: number; limit: number }): Page<StoredDocument<'cloudReports'>> {
  const rows = statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM cloud_reports WHERE deleted = 0 AND content <> 'null' ORDER BY until DESC, period, position DESC LIMIT @limit OFFSET @offset`).all({ offset, limit });
  const { total } = statement<{ total: number }>(connection, `SELECT count(*) AS total FROM cloud_reports WHERE deleted = 0 AND content <> 'null'`).get({}) as { total: number };
  return { rows: rows.map((row) => toDocument<'cloudReports'>(row)), total };
}
