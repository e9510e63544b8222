import { v4, v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { PullAnswer, WireDocument } from '../../../shared/sync/protocol.ts';
import { createService } from '../../service/index.ts';
import { openClinic, refusalCode, type Clinic } from '../clinic.ts';
import { readAll, writeAll } from '../copy.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, record, type TestWorkstation } from '../workstation.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 1);

onEachDatabase(`what is told out of memory, seed ${seed}`, (make) => {
  let clinic: Clinic;
  afterEach(() => clinic.close());

  it('is what the database says, for every workstation and from every position, through grants, withdrawals, merges and purges', async () => {
    clinic = await openClinic(await make(), { limits: { recentChangeSets: 6 } });
    const { first, join, service, siteId } = clinic;
    const withoutMemory = createService(clinic.database, { pollMilliseconds: 0, limits: { recentChangeSets: 0 } });
    const stations = [first, await join(), await join(v7()), await join(v7())];
    const sites = [siteId, stations[2]!.enrolment.siteId, stations[3]!.enrolment.siteId];
    let state = seed || 1;
    const below = (count: number) => (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) % count;
    const patients: { document: WireDocument; by: TestWorkstation }[] = [];
    const write = (): [TestWorkstation, WireDocument[]] => {
      const known = patients[below(patients.length + 1)];
      if (known === undefined) {
        const [by, document] = [stations[below(4)]!, patient()];
        patients.push({ document, by });
        return [by, [document, record(document.id)]];
      }
      const { by, document } = known;
      switch (below(4)) {
        case 0: return [by, [record(document.id)]];
        // Over the version of long ago: it is merged.
        case 1: return [by, [edited(document, { phone: `021-${below(9)}` })]];
        case 2: return [by, [{ ...document, rev: v4(), baseRev: document.rev, deleted: true, content: null }]];
        default: return [by, [edited(document, { siteIds: [by.enrolment.siteId, ...sites.filter(() => below(2) === 0)] })]];
      }
    };
    for (let round = 0; round < 40; round += 1) {
      const [by, documents] = write();
      const { head } = await by.push(by.changeSet(...documents));
      for (const station of stations) {
        await station.pull();
        const after = Math.max(0, head - below(9));
        const ask = (from: typeof service) => from.handle('pull', station.token, { epoch: station.epoch, after, maxBytes: 1_000_000 }) as Promise<PullAnswer>;
        expect(await ask(service), `round ${round}, after ${after}`).toEqual(await ask(withoutMemory));
      }
    }
    await withoutMemory.close();
  });

  it('is forgotten when the database was restored beneath it and counts to the same position again', async () => {
    clinic = await openClinic(await make());
    const { first, join, database, service } = clinic;
    const other = await join();
    await other.pull();
    const backup = await readAll(database);
    for (let count = 0; count < 3; count += 1) await first.push(first.changeSet(patient()));
    await other.pull();
    await writeAll(database, backup);
    const again = Array.from({ length: 3 }, () => first.changeSet(patient()));
    for (const changeSet of again) await first.push(changeSet);
    const told = await service.handle('pull', other.token, { epoch: other.epoch, after: 1, maxBytes: 1_000_000 });
    expect(told.changeSets.map(({ id }) => id)).toEqual(again.map(({ id }) => id));
    expect(await refusalCode(service.handle('pull', other.token, { epoch: other.epoch, after: 5, maxBytes: 1 }))).toBe('token-expired');
  });

  it('is noted as told for each of many who hear of it at once', async () => {
    clinic = await openClinic(await make());
    const { first, join, database } = clinic;
    const many = await Promise.all(Array.from({ length: 12 }, () => join()));
    await first.push(first.changeSet(patient()));
    await Promise.all(many.map((station) => station.pull()));
    const told = await database.rows<{ position: number }>('SELECT told_position AS position FROM devices');
    expect(told.map(({ position }) => position)).toEqual(Array(13).fill(2));
  });
});
