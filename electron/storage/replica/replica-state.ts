import type { ReplicaState } from '../../../shared/sync/replica.ts';
import type { Connection } from '../connection.ts';
import { statement } from '../statements.ts';

/** The one row of `replica_state`. */
export interface StateRow {
  counter: number;
  epoch: string | null;
  position: number;
  scope_version: number | null;
  snapshot_number: number;
  snapshot_under_way: 0 | 1;
  snapshot_at: number | null;
  snapshot_cursor: string | null;
  snapshot_received: number;
  snapshot_total: number;
  verified_position: number | null;
  locked: 0 | 1;
}

export function readState(connection: Connection): StateRow {
  return statement<StateRow>(connection, 'SELECT * FROM replica_state').get() as StateRow;
}

export function writeState(connection: Connection, values: Partial<StateRow>): void {
  const columns = Object.keys(values).map((column) => `${column} = @${column}`);
  statement(connection, `UPDATE replica_state SET ${columns.join(', ')}`).run(values);
}

/** Begins a snapshot from its first page: what it does not tell will be known by its number. */
export function beginSnapshot(connection: Connection): void {
  writeState(connection, {
    snapshot_number: readState(connection).snapshot_number + 1,
    snapshot_under_way: 1,
    snapshot_at: null,
    snapshot_cursor: null,
    snapshot_received: 0,
    snapshot_total: 0,
  });
}

export function toReplicaState(row: StateRow, { deviceId, greatestPosition }: { deviceId: string; greatestPosition: number }): ReplicaState {
  return {
    deviceId,
    counter: row.counter,
    epoch: row.epoch,
    position: row.position,
    knownPosition: Math.max(row.position, greatestPosition),
    scopeVersion: row.scope_version,
    snapshot:
      row.snapshot_under_way === 0
        ? null
        : { at: row.snapshot_at, cursor: row.snapshot_cursor, received: row.snapshot_received, total: row.snapshot_total },
    verifiedPosition: row.verified_position,
    locked: row.locked === 1,
  };
}
