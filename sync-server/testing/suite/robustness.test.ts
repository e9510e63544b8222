import { afterEach, expect, it } from 'vitest';
import { openDatabase, type Queries, type ServerDatabase } from '../../database/index.ts';
import { createService } from '../../service/index.ts';
import { openClinic, refusalCode, type Clinic } from '../clinic.ts';
import { onEachDatabase, onMariadb } from '../databases.ts';
import { listen, sendTo } from '../http.ts';
import { startProcess, type ServerProcess } from '../process.ts';
import { patient, TestWorkstation } from '../workstation.ts';

/** A database of which one statement fails: `broken` says which, by its text and parameters. */
const failing = (database: ServerDatabase, broken: (text: string, parameters: readonly unknown[]) => Error | undefined): ServerDatabase => ({
  ...database,
  transaction: (work) =>
    database.transaction((queries: Queries) =>
      work({
        ...queries,
        async change(text, parameters = []) {
          const error = broken(text, parameters);
          if (error !== undefined) throw error;
          return queries.change(text, parameters);
        },
      }),
    ),
});

onEachDatabase('when something breaks', (make) => {
  let clinic: Clinic;
  afterEach(() => clinic.close());

  it('refuses the one change set that breaks the server, and takes those around it', async () => {
    clinic = await openClinic(await make());
    const poison = patient();
    const service = createService(failing(clinic.database, (text, parameters) => (/INSERT INTO revisions/.test(text) && parameters.includes(poison.id) ? new Error('unforeseen') : undefined)), {
      pollMilliseconds: 0,
    });
    const { first } = clinic;
    const sent = [first.changeSet(patient()), first.changeSet(poison), first.changeSet(patient())];
    const answer = await service.handle('push', first.token, { epoch: first.epoch, changeSets: sent });
    expect(answer.outcomes).toMatchObject([{ outcome: 'accepted', position: 2 }, { outcome: 'rejected', refusal: 'server-error' }, { outcome: 'accepted', position: 3 }]);
    const [held] = await clinic.database.rows<{ content: string }>('SELECT content FROM quarantine');
    expect(JSON.parse(held!.content)).toEqual(sent[1]);
    await service.close();
  });

  it('leaves nothing of a push whose last statement fails, and does it again after a deadlock', async () => {
    clinic = await openClinic(await make());
    const { first, database } = clinic;
    let times = 0;
    const deadlock = Object.assign(new Error('deadlock'), { errno: 1213 });
    const service = createService(failing(database, (text) => (/UPDATE devices SET told_position/.test(text) && (times += 1) <= 2 ? deadlock : undefined)), { pollMilliseconds: 0 });
    const changeSet = first.changeSet(patient());
    expect((await service.handle('push', first.token, { epoch: first.epoch, changeSets: [changeSet] })).outcomes).toMatchObject([{ outcome: 'accepted', position: 2 }]);
    expect(times).toBe(3);
    const always = createService(failing(database, (text) => (/UPDATE devices SET told_position/.test(text) ? deadlock : undefined)), { pollMilliseconds: 0 });
    expect(await refusalCode(always.handle('push', first.token, { epoch: first.epoch, changeSets: [first.changeSet(patient())] }))).toBe('server-busy');
    expect(await database.rows('SELECT id FROM change_sets')).toHaveLength(2);
    expect(await database.rows('SELECT position FROM counters')).toEqual([{ position: 2 }]);
    await Promise.all([service.close(), always.close()]);
  });

  it('refuses a database that a later version has used', async () => {
    const options = await make();
    clinic = await openClinic(options);
    await clinic.database.change(`INSERT INTO schema_migrations (name, timestamp) VALUES ('9999-later', 'now')`);
    await expect(openDatabase(options)).rejects.toThrow('newer version');
  });

  it('says that the disk is full, and goes on when it is not', async () => {
    const options = await make();
    clinic = await openClinic(options);
    // MariaDB cannot be given a small disk here: there the error itself is planted.
    const full = Object.assign(new Error('disk full'), { errno: 1021 });
    const limited = options.kind === 'sqlite' ? clinic.database : failing(clinic.database, (text) => (/INSERT INTO revisions/.test(text) ? full : undefined));
    const pages = options.kind === 'sqlite' ? await clinic.database.rows<{ page_count: number }>('PRAGMA page_count') : [];
    if (options.kind === 'sqlite') await clinic.database.rows(`PRAGMA max_page_count = ${pages[0]!.page_count}`);
    const service = createService(limited, { pollMilliseconds: 0 });
    const { first } = clinic;
    const large = first.changeSet(...Array.from({ length: 50 }, () => patient({ notes: 'x'.repeat(9000) })));
    expect(await refusalCode(service.handle('push', first.token, { epoch: first.epoch, changeSets: [large] }))).toBe('disk-full');
    if (options.kind === 'sqlite') await clinic.database.rows('PRAGMA max_page_count = 1000000');
    expect((await first.push(large)).outcomes).toMatchObject([{ outcome: 'accepted', position: 2 }]);
    await service.close();
  });
});

onMariadb('a real deadlock', (make) => {
  it('is done again by the one that lost, until both are through', async () => {
    const database = await openDatabase(await make());
    await database.change('CREATE TABLE pairs (id INT PRIMARY KEY, value INT NOT NULL)');
    await database.change('INSERT INTO pairs VALUES (1, 0), (2, 0)');
    let runs = 0;
    let holding = 0;
    const bothHold = Promise.withResolvers<undefined>();
    const add = (first: number, second: number) =>
      database.transaction(async (queries) => {
        runs += 1;
        await queries.change('UPDATE pairs SET value = value + 1 WHERE id = ?', [first]);
        holding += 1;
        if (holding === 2) bothHold.resolve(undefined);
        await bothHold.promise;
        await queries.change('UPDATE pairs SET value = value + 1 WHERE id = ?', [second]);
      });
    await Promise.all([add(1, 2), add(2, 1)]);
    expect(await database.rows('SELECT value FROM pairs')).toEqual([{ value: 2 }, { value: 2 }]);
    expect(runs).toBeGreaterThan(2);
    await database.close();
  });
});

onMariadb('server processes', (make, mariadb) => {
  const running: ServerProcess[] = [];
  afterEach(() => Promise.all(running.splice(0).map((server) => server.kill('SIGKILL'))));
  const start = async (url: string) => {
    const server = await startProcess(url);
    running.push(server);
    return server;
  };

  /** Sends until it is answered, as a workstation does, and keeps to one server until that one fails. */
  const stubborn = (servers: ServerProcess[]) => {
    let turn = 0;
    const send = sendTo(() => servers[turn % servers.length]!.address);
    return (station: TestWorkstation) =>
      Object.assign(station, {
        send: async (...message: Parameters<typeof send>) => {
          for (;;) {
            try {
              return await send(...message);
            } catch (error) {
              const code = (error as { error?: { code: string } }).error?.code;
              if (code !== undefined && code !== 'database-unavailable' && code !== 'server-busy') throw error;
              turn += 1;
              await new Promise((resolve) => setTimeout(resolve, 20));
            }
          }
        },
      });
  };

  it('two on one database are one server: hints cross over, and clients of a killed one go on with the other', async () => {
    const { url } = (await make()) as { url: string };
    const one = await start(url);
    const two = await start(url);
    expect(two.code).toBeUndefined();
    const writer = await TestWorkstation.enrol(sendTo(() => one.address), one.code!);
    await writer.hello();
    const stream = await listen(two, writer.token);
    await writer.push(writer.changeSet(patient()));
    expect((await stream.head(1)).head).toBe(1);
    stubborn([one, two])(writer);
    const acknowledged: string[] = [];
    const killed = new Promise((resolve) => setTimeout(resolve, 400)).then(() => one.kill('SIGKILL'));
    for (let count = 0; count < 60; count += 1) {
      const changeSet = writer.changeSet(patient());
      const [outcome] = (await writer.push(changeSet)).outcomes;
      if (outcome!.outcome === 'accepted') acknowledged.push(changeSet.id);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    await killed;
    const told = await writer.pull();
    expect(told.map(({ id }) => id).slice(1)).toEqual(acknowledged);
    expect(acknowledged).toHaveLength(60);
    expect((await stream.head(61)).head).toBe(61);
    stream.close();
    expect(await two.kill('SIGTERM')).toBe(0);
  });

  it('answer with a code while the database is gone, and lose nothing that they acknowledged', async () => {
    const { url } = (await make()) as { url: string };
    const server = await start(url);
    const writer = await TestWorkstation.enrol(sendTo(() => server.address), server.code!);
    await writer.hello();
    const acknowledged: string[] = [];
    const codes = new Set<string | undefined>();
    const push = async () => {
      const changeSet = writer.changeSet(patient());
      const code = await refusalCode(writer.push(changeSet));
      codes.add(code);
      if (code === undefined) acknowledged.push(changeSet.id);
      return code;
    };
    for (let round = 0; round < 3; round += 1) {
      let isGone = false;
      // Until somebody was told that the database is gone, however fast or slow this machine is.
      const pushing = (async () => { while ((await push()) === undefined || !isGone); })();
      await new Promise((resolve) => setTimeout(resolve, 60));
      await mariadb().kill();
      isGone = true;
      await pushing;
      expect((await fetch(`${server.address}/health`)).status).toBe(503);
      expect((await fetch(`${server.address}/health/live`)).status).toBe(200);
      await mariadb().start();
    }
    await push();
    expect([...codes].sort()).toEqual(['database-unavailable', undefined]);
    const told = new Set((await writer.pull()).map(({ id }) => id));
    expect(acknowledged.filter((id) => !told.has(id))).toEqual([]);
    expect(server.log()).not.toContain('王小明');
  });
});
