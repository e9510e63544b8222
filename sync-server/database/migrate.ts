import { type Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Kind } from './kind.ts';
import { migrationsFor } from './migrations/index.ts';
import type { Schema } from './schema.ts';

/** Thrown at start; says what an operator can do. */
export class DatabaseFromTheFuture extends Error {
  override name = 'DatabaseFromTheFuture';
}

export async function migrateToLatest(kysely: Kysely<Schema>, kind: Kind): Promise<void> {
  const migrations = migrationsFor(kind);
  const migrator = new Migrator({
    db: kysely,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'schema_migrations',
    migrationLockTableName: 'schema_migrations_lock',
  });
  const known = new Set(Object.keys(migrations));
  const unknown = (await namesIn(kysely)).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new DatabaseFromTheFuture(`A newer version of the sync server has used this database (${unknown.join(', ')}); start that version`);
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function namesIn(kysely: Kysely<Schema>): Promise<string[]> {
  const tables = await kysely.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'schema_migrations')) return [];
  const rows = await (kysely as unknown as Kysely<{ schema_migrations: { name: string } }>).selectFrom('schema_migrations').select('name').execute();
  return rows.map(({ name }) => name);
}
