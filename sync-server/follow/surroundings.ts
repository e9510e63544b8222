import { createHash } from 'node:crypto';
import type { Report, SiteReach, Surroundings } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { UpstreamRow } from '../database/schema.ts';
import { insertAll } from '../service/flush.ts';
import { noteNamesChanged } from '../service/names.ts';
import { positionThere } from './reach.ts';
import { readUpstream, writeUpstream } from './upstream.ts';

type Named = NonNullable<Surroundings['names']>['workstations'][number];

export const hashOfNames = (names: readonly Named[]): string =>
  createHash('sha256').update(JSON.stringify(names.map(({ deviceId, name, siteId }) => [deviceId, name, siteId]))).digest('hex');

/** Whom this server serves, for the one that it follows. Names only where that has not heard of them as they are now. */
export async function servedBy(queries: Queries, upstream: UpstreamRow): Promise<NonNullable<Report['served']>> {
  const workstations = await readOwn(queries, upstream.organisation_id);
  const sites: SiteReach[] = [];
  for (const { siteId, position } of await readOwnSites(queries, upstream.organisation_id)) sites.push({ siteId, position: await positionThere(queries, upstream, position) });
  return { sites, workstations: hashOfNames(workstations) === upstream.told_names ? null : workstations };
}

/** Its own, and those behind servers that follow it. */
const readOwn = ({ rows }: Queries, organisationId: number): Promise<Named[]> =>
  rows<Named>(
    `SELECT id AS deviceId, name AS name, site_id AS siteId FROM devices WHERE organisation_id = ?
       UNION SELECT device_id, name, site_id FROM served_workstations WHERE organisation_id = ? ORDER BY deviceId`,
    [organisationId, organisationId],
  );

const readOwnSites = ({ rows }: Queries, organisationId: number): Promise<SiteReach[]> =>
  rows<SiteReach>(
    `SELECT one.site_id AS siteId, MIN(one.position) AS position FROM (
         SELECT site_id, reported_position AS position FROM devices WHERE organisation_id = ? AND state = 'active'
         UNION ALL SELECT s.site_id, s.position FROM served_sites s JOIN devices d ON d.id = s.hub_id WHERE s.organisation_id = ? AND d.state = 'active'
       ) one GROUP BY one.site_id ORDER BY siteId`,
    [organisationId, organisationId],
  );

/** Keeps what the other server tells of those around it, for the workstations of this one. Writes nothing where nothing is new. */
export async function keepSurroundings(queries: Queries, organisationId: number, { names, sites }: Pick<Surroundings, 'names' | 'sites'>): Promise<void> {
  if (names !== null) await keepNames(queries, organisationId, names);
  const known = await queries.rows<SiteReach>('SELECT site_id AS siteId, position FROM upstream_sites WHERE organisation_id = ? ORDER BY site_id', [organisationId]);
  const told = sites.map(({ siteId, position }) => ({ siteId, position })).sort((one, other) => (one.siteId < other.siteId ? -1 : 1));
  if (JSON.stringify(told) === JSON.stringify(known.map(({ siteId, position }) => ({ siteId, position })))) return;
  await queries.change('DELETE FROM upstream_sites WHERE organisation_id = ?', [organisationId]);
  await insertAll(queries, 'upstream_sites', ['organisation_id', 'site_id', 'position'], told.map(({ siteId, position }) => [organisationId, siteId, position]));
}

/** This server's own names of its workstations stand: the other one has them from here. */
async function keepNames(queries: Queries, organisationId: number, { tag, workstations }: NonNullable<Surroundings['names']>): Promise<void> {
  const upstream = await readUpstream(queries, organisationId);
  if (upstream === undefined) return;
  await queries.change('DELETE FROM upstream_workstations WHERE organisation_id = ?', [organisationId]);
  const byId = new Map(workstations.map((one) => [one.deviceId, one]));
  await insertAll(queries, 'upstream_workstations', ['organisation_id', 'device_id', 'name', 'site_id'], [...byId.values()].map(({ deviceId, name, siteId }) => [organisationId, deviceId, name, siteId]));
  await writeUpstream(queries, organisationId, { names_tag: tag });
  await noteNamesChanged(queries, organisationId);
}
