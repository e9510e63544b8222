import type { Queries } from '../database/index.ts';
import { refuse } from '../service/failure.ts';
import { readUpstream } from './upstream.ts';

/**
 * Refuses with `several-sites` a workstation of a site that the server which is followed does not give to this one: it would get no
 * patient from there, and lose its own as soon as they were sent.
 */
export async function assertOneSite(queries: Queries, organisationId: number, siteId: string): Promise<void> {
  const upstream = await readUpstream(queries, organisationId);
  if (upstream !== undefined && upstream.locked === 0 && upstream.site_id !== siteId) refuse('several-sites');
}
