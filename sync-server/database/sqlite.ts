import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import type { Schema } from './schema.ts';

/** The embedded database of a hub: one file, one process. */
export function openSqlite({ path, key }: { path: string; key?: Uint8Array }): Kysely<Schema> {
  if (Number(process.versions.napi) < 10) throw new Error(`Node-API 10 is needed (Node 22.14 or later); this is Node ${process.version}`);
  const database = new Database(path);
  try {
    if (key !== undefined) unlock(database, key);
    configure(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: withPreparedStatements(database) }) });
}

function unlock(database: Database.Database, key: Uint8Array): void {
  if (key.length !== 32) throw new Error('The database key has 32 bytes');
  database.pragma("cipher = 'aegis'");
  database.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
  database.prepare('SELECT count(*) FROM sqlite_schema').get();
}

function configure(database: Database.Database): void {
  database.pragma('journal_mode = WAL');
  // FULL: with NORMAL a power cut may take back what workstations were told is on the server.
  database.pragma('synchronous = FULL');
  database.pragma('trusted_schema = OFF');
  // Sorts and temporary indices hold patient text; on disk they would not be encrypted.
  database.pragma('temp_store = MEMORY');
  database.pragma('cache_size = -65536');
  database.pragma('busy_timeout = 5000');
}

const statementsKept = 300;

/** Kysely prepares each query anew; the same few texts come again and again. */
function withPreparedStatements(database: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = database.prepare(text);
      if (kept.size < statementsKept && text.length < 2000) kept.set(text, statement);
      return statement;
    },
  };
}
