import { v4, v7 } from 'uuid';
import { afterEach, expect, it, vi } from 'vitest';
import type { Hint } from '../../../shared/sync/admin-protocol.ts';
import type { PullAnswer, WireDocument } from '../../../shared/sync/protocol.ts';
import type { ServerDatabase } from '../../database/index.ts';
import { createService, type SyncService } from '../../service/index.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { readAll, writeAll } from '../copy.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, record, type TestWorkstation } from '../workstation.ts';

/** Up to where this database knows to have told a workstation. */
async function toldOf(database: ServerDatabase, { enrolment }: TestWorkstation): Promise<number | undefined> {
  const [row] = await database.rows<{ own: number; heard: number | null }>('SELECT d.told_position AS own, a.position AS heard FROM devices d LEFT JOIN audiences a ON a.id = d.audience_id WHERE d.id = ?', [enrolment.deviceId]);
  return row && Math.max(row.own, row.heard ?? 0);
}

const seed = Number(process.env['FUZZ_SEED'] ?? 1);

onEachDatabase(`what hints tell, seed ${seed}`, (make) => {
  let clinic: Clinic;
  afterEach(() => clinic.close());

  /** Everything that a workstation is told, from the hint with its head on. */
  async function listen(service: SyncService, { token }: TestWorkstation) {
    const hints: Hint[] = [];
    await service.subscribe(token, (hint) => hints.push(JSON.parse(hint) as Hint), () => undefined);
    return hints;
  }
  const untilTold = (hints: Hint[], head: number) => vi.waitFor(() => expect(hints.at(-1)?.head).toBe(head), { timeout: 5000, interval: 2 });

  it('is what a pull answers at that moment: through grants, withdrawals, merges and purges, at every site; and what stands as it was sent is not told to its sender', async () => {
    clinic = await openClinic(await make());
    const { first, join, service, siteId } = clinic;
    const stations = [first, await join(), await join(v7()), await join(v7())];
    const sites = stations.map(({ enrolment }) => enrolment.siteId);
    for (const station of stations) await station.pull();
    const heard = await Promise.all(stations.map((station) => listen(service, station)));
    let state = seed || 1;
    const below = (count: number) => (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) % count;
    const patients: { document: WireDocument; by: TestWorkstation }[] = [];
    const write = (): [TestWorkstation, WireDocument[]] => {
      const known = patients[below(patients.length + 1)];
      if (known === undefined) {
        const by = stations[below(4)]!;
        const document = patient({ siteIds: [...new Set([by.enrolment.siteId, siteId, sites[2 + below(2)]])] });
        patients.push({ document, by });
        return [by, [document, record(document.id)]];
      }
      const { by, document } = known;
      switch (below(5)) {
        case 0: return [by, [edited(document, { phone: `021-${below(9)}` })]];
        case 1: return [by, [{ ...document, rev: v4(), baseRev: document.rev, deleted: true, content: null }]];
        case 2: return [by, [edited(document, { siteIds: [by.enrolment.siteId, ...sites.filter(() => below(2) === 0)] })]];
        default: return [by, [record(document.id)]];
      }
    };
    // What the database says, and not the memory that hints are put together from.
    const withoutMemory = createService(clinic.database, { pollMilliseconds: 0, limits: { recentChangeSets: 0 } });
    let pages = 0;
    let asSentTimes = 0;
    for (let round = 0; round < 40; round += 1) {
      const [by, documents] = write();
      const { head, asSent } = await by.push(by.changeSet(...documents));
      const own = (await withoutMemory.handle('pull', by.token, { epoch: by.epoch, after: head - 1, maxBytes: 1_000_000 }) as PullAnswer).changeSets;
      if (asSent !== undefined) {
        asSentTimes += 1;
        expect(asSent).toEqual({ after: head - 1, position: head });
        expect(own, `round ${round}`).toMatchObject([{ documents: [], withdrawn: [], echoes: documents.map(({ collection, id, rev }) => ({ collection, id, rev })) }]);
      }
      for (const [index, station] of stations.entries()) {
        const hints = heard[index]!;
        await untilTold(hints, head);
        const { page } = hints.at(-1)!;
        if (page === undefined) continue;
        pages += 1;
        const { changeSets, position } = await withoutMemory.handle('pull', station.token, { epoch: station.epoch, after: page.after, maxBytes: 1_000_000 }) as PullAnswer;
        expect(page, `round ${round}, ${index}`).toEqual({ after: hints.at(-2)!.head, changeSets, position });
      }
    }
    expect(pages).toBeGreaterThan(10);
    expect(asSentTimes).toBeGreaterThan(5);
    expect(asSentTimes).toBeLessThan(40);
    await withoutMemory.close();
  });

  it('is noted before it is told, so that a database which forgot it is found out', async () => {
    clinic = await openClinic(await make());
    const { first, join, database, service } = clinic;
    const other = await join();
    await other.pull();
    const noted: Promise<number | undefined>[] = [];
    const told = () => toldOf(database, other);
    await service.subscribe(other.token, (hint) => void ((JSON.parse(hint) as Hint).page !== undefined && noted.push(told())), () => undefined);
    await first.push(first.changeSet(patient()));
    await vi.waitFor(() => expect(noted).toHaveLength(1));
    expect(await noted[0]).toBe(2);
    await first.push(first.changeSet(patient()));
    await vi.waitFor(() => expect(noted).toHaveLength(2));
    expect(await noted[1]).toBe(3);
    // Noted with the commit itself, for which nobody waits twice.
    expect(await database.rows('SELECT told_position FROM devices WHERE id = ?', [other.enrolment.deviceId])).toEqual([{ told_position: 2 }]);
  });

  it('is not told once another server has revoked, moved or greeted the workstation', async () => {
    clinic = await openClinic(await make());
    const { first, join, database, service, adminId } = clinic;
    const [revoked, moved, greeted, staying] = [await join(), await join(), await join(), await join()];
    const heard = await Promise.all([revoked, moved, greeted, staying].map((station) => listen(service, station)));
    const other = createService(database, { pollMilliseconds: 0 });
    await other.administer('revoke', first.token, { actorId: adminId, deviceId: revoked.enrolment.deviceId });
    await other.administer('move', first.token, { actorId: adminId, deviceId: moved.enrolment.deviceId, siteId: v7() });
    greeted.send = other.handle;
    await greeted.hello();
    const { head } = await first.push(first.changeSet(patient()));
    for (const hints of heard) await untilTold(hints, head);
    expect(heard.flatMap((hints) => hints.filter(({ page }) => page !== undefined))).toEqual([]);
    expect(await database.rows('SELECT id FROM devices WHERE audience_id IS NOT NULL')).toEqual([]);
    expect(await toldOf(database, staying)).toBeLessThan(head);
    const next = await first.push(first.changeSet(patient()));
    await untilTold(heard[3]!, next.head);
    await other.close();
  });

  it('is told to those who stay of an audience that others leave, and what it was told stays noted for each who left', async () => {
    clinic = await openClinic(await make());
    const { first, join, database, service, adminId } = clinic;
    const stations = [await join(), await join(), await join(), await join()];
    const [revoked, moved, greeted] = stations as [TestWorkstation, TestWorkstation, TestWorkstation];
    const heard = await Promise.all(stations.map((station) => listen(service, station)));
    const told = async () => Promise.all(stations.map((station) => toldOf(database, station)));
    const push = async () => {
      const { head } = await first.push(first.changeSet(patient()));
      for (const hints of heard) await untilTold(hints, head);
      return heard.map((hints) => hints.at(-1)?.page !== undefined);
    };
    for (const _ of [1, 2]) expect(await push()).toEqual([true, true, true, true]);
    expect(await told()).toEqual([3, 3, 3, 3]);
    const other = createService(database, { pollMilliseconds: 0 });
    await other.administer('revoke', first.token, { actorId: adminId, deviceId: revoked.enrolment.deviceId });
    await other.administer('move', first.token, { actorId: adminId, deviceId: moved.enrolment.deviceId, siteId: v7() });
    greeted.send = other.handle;
    await greeted.hello();
    const before = (await told())[2];
    expect(await push()).toEqual([false, false, false, true]);
    expect(await told()).toEqual([3, expect.any(Number), before, expect.any(Number)]);
    expect((await told())[3]).toBeGreaterThan(3);
    await service.endSessions();
    expect((await told())[3]).toBeGreaterThan(3);
    expect(await database.rows('SELECT id FROM audiences')).toEqual([]);
    await other.close();
  });

  it('is noted of the answer to an offer, too', async () => {
    clinic = await openClinic(await make());
    const { first, join, database } = clinic;
    const sent = first.changeSet(patient());
    const { head } = await first.push(sent);
    const other = await join();
    expect(await toldOf(database, other)).toBeLessThan(head);
    await other.ask('offer', { changeSets: [{ id: sent.id, revs: sent.documents.map(({ rev }) => rev) }] });
    expect(await toldOf(database, other)).toBe(head);
  });

  it('is noted of a copy, too, that takes an identity of its own', async () => {
    clinic = await openClinic(await make());
    const { first, join, database, service } = clinic;
    const stations = [await join(), await join()];
    const heard = await Promise.all(stations.map((station) => listen(service, station)));
    for (const _ of [1, 2]) {
      const { head } = await first.push(first.changeSet(patient()));
      for (const hints of heard) await untilTold(hints, head);
    }
    const [original] = stations as [TestWorkstation];
    const told = await toldOf(database, original);
    expect(await toldOf(database, await original.reidentified())).toBe(told);
    expect(told).toBe(3);
  });

  it('goes on in few audiences while workstations come one after the other', async () => {
    clinic = await openClinic(await make());
    const { first, join, database, service } = clinic;
    const heard: Hint[][] = [];
    for (let count = 0; count < 8; count += 1) {
      heard.push(await listen(service, await join()));
      const { head } = await first.push(first.changeSet(patient()));
      for (const hints of heard) await untilTold(hints, head);
      expect(heard.map((hints) => hints.at(-1)?.page !== undefined)).not.toContain(false);
    }
    const audiences = await database.rows<{ devices: number }>('SELECT COUNT(*) AS devices FROM devices WHERE audience_id IS NOT NULL GROUP BY audience_id');
    expect(audiences.length).toBeLessThanOrEqual(3);
    expect(await database.rows('SELECT id FROM audiences')).toHaveLength(audiences.length);
    expect(audiences.reduce((sum, { devices }) => sum + devices, 0)).toBe(8);
  });

  it('does not go on from a database that was put in the place of the one before', async () => {
    clinic = await openClinic(await make());
    const { first, join, database, service } = clinic;
    const other = await join();
    const backup = await readAll(database);
    const hints = await listen(service, other);
    for (let count = 0; count < 2; count += 1) await first.push(first.changeSet(patient()));
    await untilTold(hints, 3);
    await writeAll(database, backup);
    for (let count = 0; count < 3; count += 1) await first.push(first.changeSet(patient()));
    await untilTold(hints, 4);
    expect(hints.at(-1)!.page).toBeUndefined();
  });

  it('ends the sessions of an audience whose database was replaced, before what is told of the new one hides that', async () => {
    clinic = await openClinic(await make());
    const { first, join, database, service } = clinic;
    const other = await join();
    let ended = 0;
    const hints: Hint[] = [];
    await service.subscribe(other.token, (hint) => hints.push(JSON.parse(hint) as Hint), () => (ended += 1));
    const { head } = await first.push(first.changeSet(patient()));
    await untilTold(hints, head);
    const backup = await readAll(database);
    const lost = await first.push(first.changeSet(patient()));
    await untilTold(hints, lost.head);
    await writeAll(database, backup);
    for (let count = 0; count < 4; count += 1) await first.push(first.changeSet(patient()));
    await vi.waitFor(() => expect(ended).toBe(1));
    expect(hints.filter(({ page }) => page !== undefined && page.after >= lost.head)).toEqual([]);
    expect(await toldOf(database, other)).toBe(head);
  });

  it('is left to be asked for where it is long', async () => {
    clinic = await openClinic(await make());
    const { first, join, service } = clinic;
    const hints = await listen(service, await join());
    const { head } = await first.push(first.changeSet(patient({ notes: '长'.repeat(1900) }), ...Array.from({ length: 40 }, () => patient({ notes: '长'.repeat(1900) }))));
    await untilTold(hints, head);
    expect(hints.at(-1)!.page).toBeUndefined();
  });
});
