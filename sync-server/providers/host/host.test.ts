import { cpus, totalmem } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { resourceSchemas } from '../../../shared/schema/resource.ts';
import { openDatabase, type ServerDatabase } from '../../database/index.ts';
import { onEachDatabase } from '../../testing/databases.ts';
import { guarded } from '../guard.ts';
import { codeOf } from '../provider.ts';
import { hostProvider } from './index.ts';

const signal = new AbortController().signal;

onEachDatabase('the own machine of the server', (make, mariadb) => {
  let database: ServerDatabase;
  const open = async () => guarded(hostProvider((database = await openDatabase(await make()))));
  afterEach(() => database.close());

  it('shows itself, its file systems and its database', async () => {
    const { observations } = await (await open()).inventory(signal);
    const of = (collection: string) => observations.filter((one) => one.collection === collection);
    expect(of('hosts')).toMatchObject([{ providerKey: 'server', facts: { capacity: { cpu: cpus().length, memory: Math.floor(totalmem() / 2 ** 20) } } }]);
    expect(of('storagePools').length).toBeGreaterThan(0);
    expect(of('databases')).toMatchObject([{ facts: { engine: mariadb() === undefined ? 'SQLite' : 'MariaDB', state: 'available', copies: 1 } }]);
    for (const { collection, facts } of of('databases')) expect(resourceSchemas[collection].safeParse(facts).error).toBeUndefined();
  });

  it('measures what is used of it', async () => {
    const host = await open();
    const samples = await host.sample(signal);
    const own = ['cpu', 'memory', 'bandwidth', 'disk'];
    expect(new Set(samples.map(({ metric }) => metric))).toEqual(new Set(mariadb() === undefined ? own : [...own, 'connections']));
    const used = (metric: string) => samples.find((sample) => sample.metric === metric && sample.providerKey === 'server')?.value ?? Number.NaN;
    expect(used('cpu')).toBeLessThanOrEqual(cpus().length);
    expect(used('memory')).toBeGreaterThan(50);
    expect(used('memory')).toBeLessThan(totalmem() / 2 ** 20);
    // A rate is told from the second reading on, a share once something was read.
    for (let query = 0; query < 20; query += 1) await database.rows('SELECT COUNT(*) AS number FROM revisions');
    const again = await host.sample(signal);
    const told = (metric: string) => again.find((sample) => sample.metric === metric)?.value;
    if (mariadb() === undefined) expect([told('connections'), told('queries')]).toEqual([undefined, undefined]);
    else {
      expect(told('connections')).toBeGreaterThanOrEqual(1);
      expect(told('queries')).toBeGreaterThan(1);
      expect(told('cacheHits') ?? 100).toBeLessThanOrEqual(100);
    }
    expect(await host.apply({ kind: 'start', provider: 'host', machine: 'server' }, signal).catch(codeOf)).toBe('not-supported');
  });
});
