import type { Report } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import { insertAll } from './flush.ts';
import { noteNamesChanged } from './names.ts';
import type { Session } from './sessions.ts';

/** Keeps what a server that follows this one says of those behind it: their names, and how far those of each site have read. */
export async function keepServed(queries: Queries, { organisationId, deviceId }: Session, { sites, workstations }: NonNullable<Report['served']>): Promise<void> {
  await queries.change('DELETE FROM served_sites WHERE organisation_id = ? AND hub_id = ?', [organisationId, deviceId]);
  const bySite = new Map(sites.map((one) => [one.siteId, one.position]));
  await insertAll(queries, 'served_sites', ['organisation_id', 'hub_id', 'site_id', 'position'], [...bySite].map(([siteId, position]) => [organisationId, deviceId, siteId, position]));
  if (workstations === null) return;
  await queries.change('DELETE FROM served_workstations WHERE organisation_id = ? AND hub_id = ?', [organisationId, deviceId]);
  const byId = new Map(workstations.map((one) => [one.deviceId, one]));
  await insertAll(
    queries, 'served_workstations', ['organisation_id', 'hub_id', 'device_id', 'name', 'site_id'],
    [...byId.values()].map((one) => [organisationId, deviceId, one.deviceId, one.name, one.siteId]),
  );
  await noteNamesChanged(queries, organisationId);
}
