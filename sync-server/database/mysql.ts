import { Kysely, MysqlDialect } from 'kysely';
import { createPool } from 'mysql2';
import type { Schema } from './schema.ts';

/** The central database. Sessions are set up alike whatever the server's defaults are. */
export function openMysql({ url, connections = 16 }: { url: string; connections?: number }): Kysely<Schema> {
  const pool = createPool({
    uri: url,
    connectionLimit: connections,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    // Sums come as DECIMAL; all of ours fit a double exactly.
    decimalNumbers: true,
    // Counts rows that a condition matched; otherwise setting a value to what it was would look like no row.
    flags: ['FOUND_ROWS'],
    enableKeepAlive: true,
    connectTimeout: 10_000,
    queueLimit: 10_000,
  });
  return new Kysely<Schema>({ dialect: new MysqlDialect({ pool }) });
}
