import { createPool, type Pool } from 'mysql2/promise';
import { afterEach, expect, it } from 'vitest';
import { openDatabase, type DatabaseOptions, type Queries, type ServerDatabase } from '../../database/index.ts';
import { createService } from '../../service/index.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { onEachDatabase, onMariadb } from '../databases.ts';
import { patient, TestWorkstation } from '../workstation.ts';

const writers = 16;
const pushesEach = 12;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

type Wrap = (queries: Queries) => Queries;

/** Holds every push for a random time just before its commit; `wrap` may change what the push asks of the database. */
const slowToCommit = (database: ServerDatabase, wrap: Wrap = (queries) => queries): ServerDatabase => ({
  ...database,
  transaction: (work) =>
    database.transaction(async (queries) => {
      const value = await work(wrap(queries));
      await pause(Math.random() * 12);
      return value;
    }),
});

/** Sixteen workstations write at once through two servers, while another one reads without a rest. Answers what it never saw. */
async function missedByReader(clinic: Clinic, options: DatabaseOptions, wrap?: Wrap): Promise<string[]> {
  const others = options.kind === 'mysql' ? await openDatabase(options) : clinic.database;
  const services = [clinic.database, others].map((database) => createService(slowToCommit(database, wrap), { pollMilliseconds: 0 }));
  const stations = await Promise.all(Array.from({ length: writers }, () => clinic.join()));
  const written: string[] = [];
  let working = true;
  const reading = (async () => {
    while (working) await clinic.first.pull();
    await clinic.first.pull();
  })();
  await Promise.all(
    stations.map(async (station, index) => {
      const through = new TestWorkstation(services[index % 2]!.handle, station.keys, station.enrolment);
      Object.assign(through, { token: station.token, epoch: station.epoch });
      for (let count = 0; count < pushesEach; count += 1) {
        const changeSet = through.changeSet(patient());
        await through.push(changeSet);
        written.push(changeSet.id);
      }
    }),
  );
  working = false;
  await reading;
  await Promise.all(services.map((service) => service.close()));
  if (others !== clinic.database) await others.close();
  const seen = new Set(clinic.first.pulled.map(({ id }) => id));
  return written.filter((id) => !seen.has(id));
}

onEachDatabase('sixteen writers and a reader', (make) => {
  let clinic: Clinic;
  afterEach(() => clinic.close());

  it('miss nothing, and find every position once', async () => {
    const options = await make();
    clinic = await openClinic(options);
    expect(await missedByReader(clinic, options)).toEqual([]);
    const positions = clinic.first.pulled.map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: writers * pushesEach + 1 }, (_, index) => index + 1));
  });
});

/** Positions as an auto-increment column hands them out: at once, to whoever asks, however late it commits. */
const autoIncrement = (pool: Pool): Wrap => (queries) => ({
  ...queries,
  async change(text, parameters) {
    if (text.startsWith('UPDATE counters SET position = position + 1')) return 1;
    return queries.change(text.replace('SET position = ?', 'SET position = GREATEST(position, ?)'), parameters);
  },
  async rows<Row>(text: string, parameters?: readonly unknown[]) {
    if (!text.startsWith('SELECT position, epoch FROM counters')) return queries.rows<Row>(text, parameters);
    const [row] = await queries.rows<{ epoch: string }>(text, parameters);
    const [{ insertId }] = (await pool.query('INSERT INTO tickets () VALUES ()')) as unknown as [{ insertId: number }];
    return [{ epoch: row!.epoch, position: insertId }] as Row[];
  },
});

onMariadb('the same with auto-increment positions', (make) => {
  let clinic: Clinic;
  let pool: Pool;
  afterEach(async () => {
    await pool.end();
    await clinic.close();
  });

  it('misses what a slower transaction committed behind a faster one', async () => {
    const options = (await make()) as { kind: 'mysql'; url: string };
    clinic = await openClinic(options);
    pool = createPool(options.url);
    await pool.query('CREATE TABLE tickets (id BIGINT AUTO_INCREMENT PRIMARY KEY) AUTO_INCREMENT = 3');
    expect((await missedByReader(clinic, options, autoIncrement(pool))).length).toBeGreaterThan(0);
  });
});
