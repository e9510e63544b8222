import type { QuarantinedRef, QuarantineEntry, ReleaseOutcome } from '../../shared/sync/admin-protocol.ts';
import type { ChangeSet } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { UpstreamChangeSetRow } from '../database/schema.ts';
import { isPatient } from '../service/landing.ts';
import { readChangeSets, setState } from './ledger.ts';
import { readUpstream } from './upstream.ts';

/**
 * What the server that is followed has refused is kept where it was written. In lists of what was refused this server itself is named as
 * its carrier, by what the other one calls it. Columns as those of `quarantine`; takes the organisation.
 */
export const refusedAbove = `SELECT s.device_id AS device_id, u.id AS change_set_id, u.refusal AS refusal, u.refused_at AS received_at, u.position AS sequence, c.device_id AS origin_device_id,
    c.action AS action, c.actor_id AS actor_id, c.wall_time AS wall_time, c.size AS size, 1 AS above,
    (SELECT COUNT(*) FROM revisions r WHERE r.organisation_id = u.organisation_id AND r.position = u.position AND r.merged = u.part) AS document_count
  FROM upstream_change_sets u JOIN upstreams s ON s.organisation_id = u.organisation_id AND s.device_id IS NOT NULL
    JOIN change_sets c ON c.organisation_id = u.organisation_id AND c.position = u.position
  WHERE u.organisation_id = ? AND u.state = 'refused'`;

type Row = Pick<UpstreamChangeSetRow, 'position' | 'part' | 'id' | 'state' | 'refusal' | 'refused_at'>;

async function find(queries: Queries, organisationId: number, { deviceId, changeSetId }: QuarantinedRef): Promise<Row | undefined> {
  if ((await readUpstream(queries, organisationId))?.device_id !== deviceId) return undefined;
  const rows = await queries.rows<Row>('SELECT position, part, id, state, refusal, refused_at FROM upstream_change_sets WHERE organisation_id = ? AND id = ? ORDER BY position', [organisationId, changeSetId]);
  return rows.find(({ state }) => state === 'refused') ?? rows.at(-1);
}

/** The first documents of one, without what they say. */
export async function refusedDocuments(queries: Queries, organisationId: number, ref: QuarantinedRef, limit: number): Promise<QuarantineEntry['documents']> {
  const entry = await find(queries, organisationId, ref);
  if (entry === undefined) return [];
  const rows = await queries.rows<{ collection: string; id: string; compartment: string }>(
    `SELECT collection, document_id AS id, compartment FROM revisions WHERE organisation_id = ? AND position = ? AND merged = ? ORDER BY ordinal LIMIT ${limit}`,
    [organisationId, entry.position, entry.part],
  );
  return rows.map(({ collection, id, compartment }) => ({ collection, id, patientId: isPatient(compartment) ? compartment : null }));
}

export async function readRefused(queries: Queries, organisationId: number, ref: QuarantinedRef): Promise<{ changeSet: ChangeSet; row: Row } | undefined> {
  const row = await find(queries, organisationId, ref);
  if (row?.state !== 'refused') return undefined;
  const [changeSet] = await readChangeSets(queries, organisationId, [row]);
  return changeSet && { changeSet, row };
}

/** Has it wait to be sent once more, as it was written; undefined where this server was never refused it above. A repeat answers alike. */
export async function sendRefusedAgain(queries: Queries, organisationId: number, ref: QuarantinedRef): Promise<ReleaseOutcome | undefined> {
  const row = await find(queries, organisationId, ref);
  if (row === undefined) return undefined;
  if (row.state === 'sent') return { ...ref, outcome: 'applied', position: row.position };
  if (row.state === 'refused') await setState(queries, organisationId, row, { state: 'waiting', refusal: null, refused_at: null });
  return { ...ref, outcome: 'sent-again' };
}
