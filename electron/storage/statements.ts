import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';

const prepared = new WeakMap<Connection, Map<string, Statement>>();

/** The prepared statement for `sql`, compiled once a connection: compiling costs more than most of the reads. */
export function statement<Row = unknown>(connection: Connection, sql: string): Statement<unknown[], Row> {
  let statements = prepared.get(connection);
  if (statements === undefined) prepared.set(connection, (statements = new Map<string, Statement>()));
  let found = statements.get(sql);
  if (found === undefined) statements.set(sql, (found = connection.prepare(sql)));
  return found as Statement<unknown[], Row>;
}
