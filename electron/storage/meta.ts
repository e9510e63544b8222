import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

/** Facts about this database that are no documents: its device, its counters. */
export function readMeta(connection: Connection, key: string): string | undefined {
  return statement<{ value: string }>(connection, 'SELECT value FROM meta WHERE key = @key').get({ key })?.value;
}

/** Writes a fact and answers it. */
export function writeMeta(connection: Connection, key: string, value: string): string {
  statement(connection, 'INSERT INTO meta (key, value) VALUES (@key, @value) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run({ key, value });
  return value;
}

/** The fact is none any more. */
export function dropMeta(connection: Connection, key: string): void {
  statement(connection, 'DELETE FROM meta WHERE key = @key').run({ key });
}

/** A fact that is kept as JSON, as it was written under this key. */
export function readFact<Value>(connection: Connection, key: string): Value | undefined {
  const text = readMeta(connection, key);
  return text === undefined ? undefined : (JSON.parse(text) as Value);
}

export const writeFact = (connection: Connection, key: string, value: object): unknown => writeMeta(connection, key, JSON.stringify(value));
