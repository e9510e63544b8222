import type { ReplicaState } from '../../shared/sync/replica.ts';
import type { Queries } from '../database/index.ts';
import type { UpstreamRow } from '../database/schema.ts';

/** The server that an organisation of this one follows; undefined where it follows none, or has not been let in. */
export async function readUpstream({ rows }: Queries, organisationId: number): Promise<UpstreamRow | undefined> {
  const [row] = await rows<UpstreamRow>('SELECT * FROM upstreams WHERE organisation_id = ? AND device_id IS NOT NULL', [organisationId]);
  return row;
}

export async function writeUpstream({ change }: Queries, organisationId: number, values: Partial<UpstreamRow>): Promise<void> {
  const assignments = Object.keys(values).map((column) => `${column} = ?`);
  await change(`UPDATE upstreams SET ${assignments.join(', ')} WHERE organisation_id = ?`, [...Object.values(values), organisationId]);
}

/** Begins a snapshot from its first page: what it does not tell will be known by its number. */
export const snapshotFromStart = ({ snapshot_number }: UpstreamRow): Partial<UpstreamRow> => ({
  snapshot_number: snapshot_number + 1, snapshot_under_way: 1, snapshot_at: null, snapshot_cursor: null, snapshot_received: 0, snapshot_total: 0,
});

export const toReplicaState = (row: UpstreamRow): ReplicaState => ({
  deviceId: row.device_id as string,
  counter: row.counter,
  epoch: row.epoch,
  position: row.position,
  knownPosition: row.known_position,
  scopeVersion: row.scope_version,
  snapshot:
    row.snapshot_under_way === 0 ? null : { at: row.snapshot_at, cursor: row.snapshot_cursor, received: row.snapshot_received, total: row.snapshot_total },
  verifiedPosition: row.verified_position,
  locked: row.locked === 1,
});
