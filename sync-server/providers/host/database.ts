import { z } from 'zod';
import type { Observation } from '../../../shared/sync/resource-protocol.ts';
import type { ServerDatabase } from '../../database/index.ts';
import { failed, type Sample } from '../provider.ts';

const factsSchema = z.object({ version: z.string().min(1).max(100), bytes: z.number().min(0).max(2 ** 60), replicas: z.number().int().min(0).max(99), hostname: z.string().min(1).max(150) });

/** The database that the server works on: where it is, how large, and how many replicas read along. */
export async function observeDatabase(database: ServerDatabase, hostKey: string): Promise<Observation> {
  const parsed = factsSchema.safeParse(await (database.kind === 'mysql' ? readMysql(database) : readSqlite(database)));
  const { version, bytes, replicas, hostname } = parsed.success ? parsed.data : failed('unreadable');
  const isHere = database.kind === 'sqlite';
  return {
    collection: 'databases', providerKey: isHere ? 'sqlite' : `mysql/${hostname}`,
    facts: {
      name: `Outpost@${hostname}`, engine: isHere ? 'SQLite' : /mariadb/i.test(version) ? 'MariaDB' : 'MySQL', version, state: 'available', size: Math.ceil(bytes / 2 ** 20), copies: 1 + replicas,
    },
    defaults: {}, references: isHere ? { hostId: { collection: 'hosts', providerKey: hostKey } } : {},
  };
}

async function readMysql({ rows }: ServerDatabase): Promise<unknown> {
  const [server] = await rows<{ version: string; hostname: string }>('SELECT VERSION() AS version, @@hostname AS hostname');
  const [size] = await rows<{ bytes: number }>('SELECT COALESCE(SUM(data_length + index_length), 0) AS bytes FROM information_schema.tables WHERE table_schema = DATABASE()');
  // Each replica that is connected holds one of these threads. An account that may not see them sees none.
  const [threads] = await rows<{ replicas: number }>(`SELECT COUNT(*) AS replicas FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'`);
  return { ...server, bytes: Number(size?.bytes), replicas: Number(threads?.replicas) };
}

/** Counters of the database's own; what they count is told between two readings of them. */
export interface DatabaseCounters {
  at: number;
  queries: number;
  readRequests: number;
  reads: number;
}

/** Usage of a MySQL or MariaDB, by its status variables, since `last`; nothing of an embedded database, which has none. */
export async function sampleDatabase(database: ServerDatabase, last: DatabaseCounters | undefined): Promise<{ samples: Sample[]; counters: DatabaseCounters | undefined }> {
  if (database.kind === 'sqlite') return { samples: [], counters: undefined };
  const wanted = ['Threads_connected', 'Queries', 'Innodb_buffer_pool_read_requests', 'Innodb_buffer_pool_reads'];
  const rows = await database.rows<{ Variable_name: string; Value: string }>(`SHOW GLOBAL STATUS WHERE Variable_name IN (${wanted.map((name) => `'${name}'`).join()})`);
  const [connections, queries, readRequests, reads] = wanted.map((name) => Number(rows.find(({ Variable_name }) => Variable_name === name)?.Value)) as [number, number, number, number];
  const counters = { at: performance.now(), queries, readRequests, reads };
  const [{ hostname } = { hostname: '' }] = await database.rows<{ hostname: string }>('SELECT @@hostname AS hostname');
  const sample = (metric: Sample['metric'], value: number): Sample[] => (Number.isFinite(value) && value >= 0 ? [{ providerKey: `mysql/${hostname}`, metric, value }] : []);
  const since = (name: 'queries' | 'readRequests' | 'reads') => counters[name] - (last?.[name] ?? Number.NaN);
  const seconds = (counters.at - (last?.at ?? Number.NaN)) / 1000;
  return { counters, samples: [...sample('connections', connections), ...sample('queries', since('queries') / seconds), ...sample('cacheHits', 100 * (1 - since('reads') / since('readRequests')))] };
}

async function readSqlite({ rows }: ServerDatabase): Promise<unknown> {
  const [row] = await rows<{ version: string; bytes: number }>('SELECT sqlite_version() AS version, page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()');
  return { ...row, replicas: 0, hostname: 'localhost' };
}
