import { afterEach, expect, it } from 'vitest';
import type { ChangeSet, PushOutcome } from '../../../shared/sync/protocol.ts';
import { openDatabase } from '../../database/index.ts';
import { createService } from '../../service/index.ts';
import { onMariadb } from '../databases.ts';
import { sendTo } from '../http.ts';
import { startProcess, type ServerProcess } from '../process.ts';
import { patient, TestWorkstation } from '../workstation.ts';

const kills = Number(process.env['KILLS'] ?? 4);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

onMariadb(`${kills} kills of servers and their database, seed ${seed}`, (make, mariadb) => {
  const servers: ServerProcess[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.kill('SIGKILL'))));

  it('lose nothing that was acknowledged, write nothing twice, and leave everybody equal', async () => {
    const { url } = (await make()) as { url: string };
    for (let count = 0; count < 2; count += 1) servers.push(await startProcess(url));
    const stations = await enrol(url, 5);
    let working = true;
    const writers = stations.slice(1).map((station, index) => {
      station.send = sendTo(() => servers[index % 2]!.address);
      return writeUntil(() => !working, station);
    });
    let state = seed || 1;
    const below = (count: number) => (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) % count;
    await pause(300);
    for (let count = 0; count < kills; count += 1) {
      await pause(50 + below(400));
      const victim = below(3);
      if (victim === 2) {
        await mariadb().kill();
        await pause(below(100));
        await mariadb().start();
      } else {
        await servers[victim]!.kill('SIGKILL');
        servers[victim] = await startProcess(url);
      }
    }
    working = false;
    const acknowledged = (await Promise.all(writers)).flat();
    const reader = stations[0] as TestWorkstation;
    reader.send = sendTo(() => servers[0]!.address);
    await reader.hello();
    const told = (await reader.pull()).map(({ id }) => id);
    expect(acknowledged.length).toBeGreaterThan(kills);
    expect(acknowledged.filter((id) => !told.includes(id))).toEqual([]);
    expect(told).toHaveLength(new Set(told).size);
    const { digests } = await reader.ask('digests');
    expect(digests['patients']!.reduce((sum, [count]) => sum + count, 0)).toBe(told.length);
  }, 1_800_000);
});

async function enrol(url: string, count: number): Promise<TestWorkstation[]> {
  const database = await openDatabase({ kind: 'mysql', url });
  const service = createService(database, { pollMilliseconds: 0 });
  const [organisation] = await service.organisations();
  const stations: TestWorkstation[] = [];
  for (let station = 0; station < count; station += 1) {
    const { code } = await service.createCode({ organisationId: organisation!.organisationId, siteId: stations[0]?.enrolment.siteId });
    stations.push(await TestWorkstation.enrol(service.handle, code));
  }
  await service.close();
  await database.close();
  return stations;
}

/** Writes one change set after the other, each until it is acknowledged, whatever happens to servers; answers their ids. */
async function writeUntil(isOver: () => boolean, station: TestWorkstation): Promise<string[]> {
  const acknowledged: string[] = [];
  let pending: ChangeSet | undefined;
  while (!isOver() || pending !== undefined) {
    pending ??= station.changeSet(patient());
    const outcome = await pushOnce(station, pending);
    if (outcome === undefined) await pause(20);
    else if (outcome.outcome === 'rejected') throw new Error(`Refused: ${outcome.refusal}`);
    else {
      acknowledged.push(pending.id);
      pending = undefined;
    }
  }
  return acknowledged;
}

/** Undefined: no answer came, or one that says to try again. */
async function pushOnce(station: TestWorkstation, changeSet: ChangeSet): Promise<PushOutcome | undefined> {
  try {
    if (station.token === null && (await station.hello()).state === 'cloned') return undefined;
    return (await station.push(changeSet)).outcomes[0];
  } catch (error) {
    if ((error as { error?: { code: string } }).error?.code === 'token-expired') station.token = null;
    return undefined;
  }
}
