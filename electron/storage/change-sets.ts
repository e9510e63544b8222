import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

/** The latest wall time of any change set of this workstation; undefined where there is none. */
export function newestWallTime(connection: Connection): string | undefined {
  return statement<{ at: string | null }>(connection, 'SELECT max(wall_time) AS at FROM change_sets WHERE received = 0').get({})?.at ?? undefined;
}

/** Change sets that wait to be sent. */
export function countWaiting(connection: Connection): number {
  return statement<{ waiting: number }>(connection, 'SELECT count(*) AS waiting FROM outbox').get({})?.waiting ?? 0;
}

/** When a document was last written here, in the order of commits; undefined when none was. */
export function lastSavedAt(connection: Connection): string | undefined {
  return statement<{ at: string }>(
    connection,
    'SELECT wall_time AS at FROM change_sets WHERE received = 0 AND document_count > 0 ORDER BY seq DESC LIMIT 1',
  ).get({})?.at;
}
