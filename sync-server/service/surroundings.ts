import type { Surroundings } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { ServiceContext } from './context.ts';
import { json, type Json, type SyncRequest } from './messages.ts';
import type { Session } from './sessions.ts';

export const surroundings = async (context: ServiceContext, session: Session, { namesTag }: SyncRequest<'surroundings'>): Promise<Json<Surroundings>> =>
  json(await surroundingsOf(context, session, namesTag));

/** What a workstation may know of the others, see {@link Surroundings}. A revoked one learns nothing more. */
export async function surroundingsOf({ database }: Pick<ServiceContext, 'database'>, session: Session, namesTag: string | null): Promise<Surroundings> {
  if (session.state === 'revoked') return { names: null, sites: [] };
  // A restored database counts to the same number again, in another epoch.
  const tag = `${session.epoch} ${String(session.namesVersion)}`;
  return {
    names: tag === namesTag ? null : { tag, workstations: await readWorkstations(database, session) },
    sites: await readSites(database, session),
  };
}

/** In the transaction that names, renames or moves a workstation: everybody is told the names anew. */
export async function noteNamesChanged(queries: Queries, organisationId: number): Promise<void> {
  await queries.change('UPDATE counters SET names_version = names_version + 1 WHERE organisation_id = ?', [organisationId]);
}

const readWorkstations = (database: Queries, { organisationId }: Session) =>
  database.rows<{ deviceId: string; name: string; siteId: string }>(
    'SELECT id AS deviceId, name, site_id AS siteId FROM devices WHERE organisation_id = ? ORDER BY workstation_number',
    [organisationId],
  );

const readSites = (database: Queries, { organisationId, deviceId }: Session) =>
  database.rows<{ siteId: string; position: number }>(
    `SELECT site_id AS siteId, MIN(reported_position) AS position FROM devices WHERE organisation_id = ? AND state = 'active' AND id <> ? GROUP BY site_id ORDER BY site_id`,
    [organisationId, deviceId],
  );
