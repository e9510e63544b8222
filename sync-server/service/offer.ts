import type { OfferAnswer } from '../../shared/sync/protocol.ts';
import type { ServiceContext } from './context.ts';
import { chunksOf, marks } from './held.ts';
import { json, type Json, type SyncRequest } from './messages.ts';
import { lastPosition, outcomeOf, type Standing } from './outcome.ts';
import type { Session } from './sessions.ts';

/**
 * Says which change sets the server lacks, and what became of the others. What a device may not see is lacking: it is
 * decided when it is pushed, and a guessed rev tells nothing.
 */
export async function offer(context: ServiceContext, session: Session, { changeSets }: SyncRequest<'offer'>): Promise<Json<OfferAnswer>> {
  const standings = await readStandings(context, session, [...new Set(changeSets.flatMap(({ revs }) => revs))]);
  const empty = await readPositions(context, session, changeSets.filter(({ revs }) => revs.length === 0).map(({ id }) => id));
  const answer: OfferAnswer = { wanted: [], known: [] };
  for (const { id, revs } of changeSets) {
    const found = revs.map((rev) => standings.get(rev));
    const isKnown = revs.length === 0 ? empty.has(id) : found.every((standing) => standing !== undefined);
    if (isKnown) answer.known.push(outcomeOf(id, found as Standing[], empty.get(id) ?? 0));
    else answer.wanted.push(id);
  }
  const last = lastPosition(answer.known);
  if (last > session.toldPosition) await context.told.note(session.deviceId, last);
  return json(answer);
}

async function readStandings({ database }: ServiceContext, { organisationId, deviceId }: Session, revs: string[]): Promise<Map<string, Standing>> {
  const standings = new Map<string, Standing>();
  for (const chunk of chunksOf(revs)) {
    const rows = await database.rows<Standing>(
      `SELECT r.collection AS collection, r.document_id AS id, r.rev AS rev, r.position AS position, r.landed_rev AS landedRev FROM revisions r
         WHERE r.organisation_id = ? AND r.rev IN (${marks(chunk.length)}) AND (r.compartment = '*' OR (r.compartment = '!' AND r.device_id IN (SELECT kin.id FROM devices kin JOIN devices me ON me.lineage_id = kin.lineage_id WHERE me.id = ?)) OR EXISTS (
           SELECT 1 FROM grants g JOIN device_sites s ON s.site_id = g.site_id
             WHERE g.organisation_id = r.organisation_id AND g.patient_id = r.compartment AND s.device_id = ?))
         ORDER BY r.position, r.ordinal`,
      [organisationId, ...chunk, deviceId, deviceId],
    );
    for (const row of rows) standings.set(row.rev, row);
  }
  return standings;
}

/** Devices that have, or had, a site in common with one. */
export const colleagues = 'SELECT theirs.device_id FROM device_sites theirs JOIN device_sites own ON own.site_id = theirs.site_id WHERE own.device_id = ?';

/** Of change sets without documents that this device or a colleague's brought: a guessed id of another site's tells nothing. */
async function readPositions({ database }: ServiceContext, { organisationId, deviceId }: Session, ids: string[]): Promise<Map<string, number>> {
  const positions = new Map<string, number>();
  for (const chunk of chunksOf(ids)) {
    const rows = await database.rows<{ id: string; position: number }>(
      `SELECT id, MAX(position) AS position FROM change_sets WHERE organisation_id = ? AND id IN (${marks(chunk.length)}) AND carried_by IN (${colleagues}) GROUP BY id`,
      [organisationId, ...chunk, deviceId],
    );
    for (const { id, position } of rows) positions.set(id, position);
  }
  return positions;
}
