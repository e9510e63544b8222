import type { SiteReach, UpstreamReach } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { UpstreamRow } from '../database/schema.ts';

/**
 * Two orders of commits are compared by the change sets that stand in both. Where they are not in the same order in both, as after a
 * cut, these say rather too little than too much: it is told again as soon as one is further.
 */

const refusedAtMost = 1000;

/** What of this server's own order is on the one that it follows, for people to see how far their work got. */
export async function upstreamReach(queries: Queries, upstream: UpstreamRow): Promise<UpstreamReach> {
  const organisationId = upstream.organisation_id;
  const refused = await queries.rows<{ position: number }>(
    `SELECT DISTINCT position FROM upstream_change_sets WHERE organisation_id = ? AND state = 'refused' ORDER BY position LIMIT ${refusedAtMost + 1}`,
    [organisationId],
  );
  const positions = refused.map(({ position }) => position);
  // What does not fit into the list is told as not sent.
  const beyond = positions[refusedAtMost];
  const position = Math.min(await sentUpTo(queries, upstream), beyond === undefined ? Infinity : beyond - 1);
  return { organisationName: upstream.organisation_name, position, refused: positions.slice(0, refusedAtMost).filter((one) => one <= position) };
}

async function sentUpTo({ rows }: Queries, { organisation_id: organisationId, noted_position: noted }: UpstreamRow): Promise<number> {
  const [waiting] = await rows<{ first: number | null }>(`SELECT MIN(position) AS first FROM upstream_change_sets WHERE organisation_id = ? AND state IN ('waiting', 'offered')`, [organisationId]);
  return waiting?.first == null ? noted : waiting.first - 1;
}

/** How far, in this server's order, a site is that has read up to `sites[].position` of the other one's. */
export async function sitesHere({ rows }: Queries, { organisation_id: organisationId }: UpstreamRow, { position: sent }: UpstreamReach): Promise<SiteReach[]> {
  const sites = await rows<SiteReach & { unread: number | null }>(
    `SELECT s.site_id AS siteId, s.position AS position, (SELECT MIN(u.position) FROM upstream_change_sets u
         WHERE u.organisation_id = s.organisation_id AND u.upstream_position > s.position AND u.state = 'sent') AS unread FROM upstream_sites s WHERE s.organisation_id = ?`,
    [organisationId],
  );
  return sites.map(({ siteId, unread }) => ({ siteId, position: Math.min(sent, unread === null ? Infinity : unread - 1) }));
}

/** How far, in the other server's order, somebody is who has read up to `position` of this one's. */
export async function positionThere({ rows }: Queries, { organisation_id: organisationId, position: read }: UpstreamRow, position: number): Promise<number> {
  if (position === 0) return 0;
  const [unread] = await rows<{ first: number | null }>(
    `SELECT MIN(upstream_position) AS first FROM upstream_change_sets WHERE organisation_id = ? AND position > ? AND state IN ('sent', 'received')`,
    [organisationId, position],
  );
  return unread?.first == null ? read : Math.min(read, unread.first - 1);
}
