import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import { isWorthRepeating, translated } from './errors.ts';
import type { Kind } from './kind.ts';
import { migrateToLatest } from './migrate.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite.ts';

export type DatabaseOptions =
  /** One file, or ':memory:'; with a 32-byte key it is encrypted. For one process. */
  | { kind: 'sqlite'; path: string; key?: Uint8Array }
  /** `mysql://user:password@host:port/database`; MySQL 8 or MariaDB 10.11 and later. For any number of processes. */
  | { kind: 'mysql'; url: string; connections?: number };

export interface Queries {
  readonly kind: Kind;
  /** For everything that is not asked many times a second. */
  readonly kysely: Kysely<Schema>;
  /** SQL that both kinds understand, `?` for each parameter; the columns it names make the row. */
  rows<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Answers how many rows were changed. */
  change(text: string, parameters?: readonly unknown[]): Promise<number>;
}

export interface ServerDatabase extends Queries {
  /** The longest statement that it takes, in bytes. */
  readonly statementBytes: number;
  /** Runs `work` in a transaction; again, from the beginning, when another one stood in its way. */
  transaction<Value>(work: (queries: Queries) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/**
 * Opens a database and brings it to the newest version; several servers may do so at once. Refuses one that a later
 * program has written. Errors of the database come as {@link import('../service/failure.ts').SyncException} where they have a code.
 */
export async function openDatabase(options: DatabaseOptions): Promise<ServerDatabase> {
  const kysely = options.kind === 'sqlite' ? openSqlite(options) : await openCentral(options);
  try {
    await migrateToLatest(kysely, options.kind);
    return { ...databaseOf(kysely, options.kind), statementBytes: await readStatementBytes(kysely, options.kind) };
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
}

const databaseOf = (kysely: Kysely<Schema>, kind: Kind): Omit<ServerDatabase, 'statementBytes'> => ({
  ...queriesOf(kysely, kind),
  transaction: (work) => retried(() => kysely.transaction().execute((transaction) => work(queriesOf(transaction, kind)))),
  close: () => kysely.destroy(),
});

async function readStatementBytes(kysely: Kysely<Schema>, kind: Kind): Promise<number> {
  if (kind === 'sqlite') return 1_000_000_000;
  const [row] = await queriesOf(kysely, kind).rows<{ bytes: number }>('SELECT @@max_allowed_packet AS bytes');
  return (row as { bytes: number }).bytes;
}

/** A hub inside a workstation never loads the driver. */
const openCentral = async (options: DatabaseOptions & { kind: 'mysql' }) => (await import('./mysql.ts')).openMysql(options);

function queriesOf(kysely: Kysely<Schema> | Transaction<Schema>, kind: Kind): Queries {
  const run = (text: string, parameters: readonly unknown[]) => translated(() => kysely.executeQuery(CompiledQuery.raw(text, [...parameters])));
  return {
    kind,
    kysely,
    rows: async <Row>(text: string, parameters: readonly unknown[] = []) => (await run(text, parameters)).rows as Row[],
    change: async (text, parameters = []) => Number((await run(text, parameters)).numAffectedRows ?? 0),
  };
}

const attempts = 5;

/** A deadlock is nobody's fault: the database undid one of the two, and it goes again after a short, random rest. */
async function retried<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await translated(work);
    } catch (error) {
      if (attempt === attempts || !isWorthRepeating(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}
