import type { SiteReach, Surroundings } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import { sitesHere, upstreamReach } from '../follow/reach.ts';
import { readUpstream } from '../follow/upstream.ts';
import type { ServiceContext } from './context.ts';
import { json, type Json, type SyncRequest } from './messages.ts';
import type { Session } from './sessions.ts';

export const surroundings = async (context: ServiceContext, session: Session, { namesTag }: SyncRequest<'surroundings'>): Promise<Json<Surroundings>> =>
  json(await surroundingsOf(context, session, namesTag));

/** What a workstation may know of the others, see {@link Surroundings}. A revoked one learns nothing more. */
export async function surroundingsOf({ database }: Pick<ServiceContext, 'database'>, session: Session, namesTag: string | null): Promise<Surroundings> {
  if (session.state === 'revoked') return { names: null, sites: [], upstream: null };
  // A restored database counts to the same number again, in another epoch.
  const tag = `${session.epoch} ${String(session.namesVersion)}`;
  const row = await readUpstream(database, session.organisationId);
  const upstream = row === undefined ? null : await upstreamReach(database, row);
  const elsewhere = row === undefined || upstream === null ? [] : await sitesHere(database, row, upstream);
  return {
    names: tag === namesTag ? null : { tag, workstations: await readWorkstations(database, session) },
    sites: furthestOf([...(await readSites(database, session)), ...elsewhere]),
    upstream,
  };
}

type Named = NonNullable<Surroundings['names']>['workstations'][number];

/**
 * Its own as they are named here, and whom servers above and below tell of: a hub knows its workstations better than whoever was told of
 * them, and need not be told of them again.
 */
async function readWorkstations({ rows }: Queries, { organisationId, deviceId }: Session): Promise<Named[]> {
  const own = await rows<Named>('SELECT id AS deviceId, name, site_id AS siteId FROM devices WHERE organisation_id = ? ORDER BY workstation_number', [organisationId]);
  const others = await rows<Named>(
    `SELECT device_id AS deviceId, name AS name, site_id AS siteId FROM upstream_workstations WHERE organisation_id = ?
       UNION SELECT device_id, name, site_id FROM served_workstations WHERE organisation_id = ? AND hub_id <> ? ORDER BY deviceId`,
    [organisationId, organisationId, deviceId],
  );
  return [...new Map([...others, ...own].map((one) => [one.deviceId, { ...one }])).values()];
}

/** Of a site all have read what the last of them has read. */
function furthestOf(sites: SiteReach[]): SiteReach[] {
  const bySite = Map.groupBy(sites, ({ siteId }) => siteId);
  return [...bySite].map(([siteId, all]) => ({ siteId, position: Math.min(...all.map(({ position }) => position)) })).sort((one, other) => (one.siteId < other.siteId ? -1 : 1));
}

const readSites = (database: Queries, { organisationId, deviceId }: Session) =>
  database.rows<SiteReach>(
    `SELECT site_id AS siteId, MIN(reported_position) AS position FROM devices WHERE organisation_id = ? AND state = 'active' AND id <> ? GROUP BY site_id
       UNION ALL SELECT s.site_id, s.position FROM served_sites s JOIN devices d ON d.id = s.hub_id WHERE s.organisation_id = ? AND s.hub_id <> ? AND d.state = 'active'`,
    [organisationId, deviceId, organisationId, deviceId],
  );
