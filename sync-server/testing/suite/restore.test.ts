import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { lockPosition } from '../../service/lock.ts';
import { openClinic, refusalCode, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, type TestWorkstation } from '../workstation.ts';
import { readAll, writeAll } from '../copy.ts';

onEachDatabase('a server restored from a backup', (make) => {
  let clinic: Clinic;
  const open = async () => (clinic = await openClinic(await make()));
  afterEach(() => clinic.close());

  /** Three patients by each of two workstations, a backup after the first, and what came later is lost. */
  async function lose(): Promise<{ stations: [TestWorkstation, TestWorkstation]; positions: [number, number] }> {
    const { first, join, database } = await open();
    const second = await join();
    await first.push(first.changeSet(patient()));
    await first.pull();
    await second.pull();
    const positions: [number, number] = [first.position, second.position];
    const backup = await readAll(database);
    await second.push(second.changeSet(patient()), second.changeSet(patient()));
    await first.pull();
    await second.pull();
    await writeAll(database, backup);
    return { stations: [first, second], positions };
  }

  it('is found by the first workstation that was told more than it remembers, though it has gone on since', async () => {
    const { stations: [first, second], positions } = await lose();
    const third = await clinic.join();
    await third.push(...Array.from({ length: 5 }, () => third.changeSet(patient())));
    // Its token lies in the backup too: it must not go on as if nothing had happened.
    expect(await refusalCode(first.ask('pull', { after: first.position, maxBytes: 1000 }))).toBe('token-expired');
    const before = first.epoch;
    expect(await first.hello()).toMatchObject({ sharedPosition: positions[0], head: 7 });
    expect(first.epoch).not.toBe(before);
    expect(await refusalCode(third.push(third.changeSet()))).toBe('epoch-changed');
    expect(await third.hello()).toMatchObject({ sharedPosition: positions[0] });
    expect(await second.hello()).toMatchObject({ sharedPosition: Math.min(...positions) });
    const fleet = await clinic.service.administer('fleet', first.token, { actorId: clinic.adminId });
    expect(fleet.devices.filter(({ restoreFoundAt }) => restoreFoundAt !== null)).toHaveLength(1);
  });

  it('is told by its operator, and then no position of before is taken for its own', async () => {
    const { stations: [first, second], positions } = await lose();
    await clinic.service.renewEpoch();
    expect(await second.hello()).toMatchObject({ sharedPosition: positions[1], head: 2 });
    expect(await first.hello()).toMatchObject({ sharedPosition: positions[0] });
    // What it said to them counts from there: they are greeted in the new epoch without going back.
    expect(await first.hello()).toMatchObject({ sharedPosition: null, epoch: first.epoch });
  });

  it('lands nothing of a push that had begun before it was told', async () => {
    const { stations: [first] } = await lose();
    const { database } = clinic;
    const [organisation] = await database.rows<{ id: number }>('SELECT id FROM organisations');
    const lock = (epoch: string) => database.transaction((queries) => lockPosition(queries, { organisationId: organisation?.id ?? 0, deviceId: first.enrolment.deviceId }, epoch));
    const begun = first.epoch ?? '';
    await expect(lock(begun)).resolves.toMatchObject({ before: 2 });
    await clinic.service.renewEpoch();
    expect(await refusalCode(lock(begun))).toBe('epoch-changed');
  });

  it('is told by its operator late, and then nothing that came since is taken for what was lost', async () => {
    const { stations: [first], positions } = await lose();
    const third = await clinic.join();
    await third.push(...Array.from({ length: 5 }, () => third.changeSet(patient())));
    await clinic.service.renewEpoch();
    expect(await first.hello()).toMatchObject({ sharedPosition: positions[0], head: 7 });
  });

  it('says which change sets it lacks, whoever brings them', async () => {
    const { stations: [first, second] } = await lose();
    await clinic.service.renewEpoch();
    await first.hello();
    const lost = first.pulled.slice(-2);
    const offered = lost.map(({ id, documents }) => ({ id, revs: documents.map(({ rev }) => rev) }));
    const [kept] = second.pulled;
    expect((await first.ask('offer', { changeSets: [...offered, { id: kept!.id, revs: kept!.documents.map(({ rev }) => rev) }] }))).toMatchObject({
      wanted: lost.map(({ id }) => id), known: [{ id: kept!.id, outcome: 'accepted', position: kept!.position }],
    });
    const { position: _, echoes: _echoes, withdrawn: _withdrawn, ...carried } = lost[0]!;
    expect((await first.push(carried)).outcomes).toMatchObject([{ outcome: 'accepted', position: 3 }]);
    expect(await first.ask('offer', { changeSets: offered })).toMatchObject({ wanted: [lost[1]!.id], known: [{ id: lost[0]!.id, position: 3 }] });
  });

  it('takes from a site that it forgot to have given a patient what that site was told of it', async () => {
    const { first, join, database } = await open();
    const other = await join(v7());
    const shared = patient({ siteIds: [first.enrolment.siteId] });
    await first.push(first.changeSet(shared));
    const backup = await readAll(database);
    await first.push(first.changeSet(edited(shared, { siteIds: [first.enrolment.siteId, other.enrolment.siteId], phone: '021-7' })));
    await other.pull();
    await writeAll(database, backup);
    await clinic.service.renewEpoch();
    for (const station of [first, other]) await station.hello();
    const { position: _, echoes: _echoes, withdrawn: _withdrawn, ...carried } = other.pulled.find(({ documents }) => documents.some(({ id }) => id === shared.id))!;
    expect((await other.push(carried)).outcomes).toMatchObject([{ outcome: 'accepted' }]);
    const told = (await first.snapshot()).filter(({ collection }) => collection === 'patients');
    expect(told).toMatchObject([{ id: shared.id, content: { phone: '021-7' } }]);
  });

  it('knows nothing of an epoch that was lost with it, and shares nothing with it', async () => {
    const { first, database } = await open();
    const backup = await readAll(database);
    await clinic.service.renewEpoch();
    await first.hello();
    await writeAll(database, backup);
    expect(await first.hello()).toMatchObject({ sharedPosition: null });
  });

  it('finds once, by an epoch that it never had, that it was restored', async () => {
    const { first, database, join } = await open();
    const second = await join();
    const backup = await readAll(database);
    await clinic.service.renewEpoch();
    const [lost] = [(await first.hello()) as { epoch: string }, await second.hello()];
    await writeAll(database, backup);
    const found = (await first.hello()) as { epoch: string };
    expect([lost.epoch, String(backup.get('counters')?.[0]?.['epoch'])]).not.toContain(found.epoch);
    expect(await second.hello()).toMatchObject({ epoch: found.epoch, sharedPosition: null });
    const fleet = await clinic.service.administer('fleet', first.token, { actorId: clinic.adminId });
    expect(fleet.devices.map(({ restoreFoundAt }) => restoreFoundAt !== null)).toEqual(fleet.devices.map(({ deviceId }) => deviceId === first.enrolment.deviceId));
  });

  it('is found a second time by who was told again, in the new epoch, of what it had been told before the first', async () => {
    const { first, join, database } = await open();
    const [finder, witness] = [await join(), await join()];
    await finder.pull();
    await first.push(first.changeSet(patient()));
    await witness.pull();
    const backup = await readAll(database);
    await first.push(first.changeSet(patient()));
    await finder.pull();
    await writeAll(database, backup);
    await finder.hello();
    expect(await witness.hello()).toMatchObject({ sharedPosition: 1, head: 2 });
    const later = await readAll(database);
    await witness.pull();
    await writeAll(database, later);
    const before = witness.epoch;
    await witness.hello();
    expect(witness.epoch).not.toBe(before);
  });

  it('gives no workstation the number of one that it forgot', async () => {
    const { first, database, join } = await open();
    const backup = await readAll(database);
    const forgotten = await join();
    await writeAll(database, backup);
    expect(await refusalCode(forgotten.hello())).toBe('unknown-device');
    await clinic.service.renewEpoch();
    expect((await join()).enrolment.workstationNumber).toBeGreaterThan(forgotten.enrolment.workstationNumber);
    expect(await first.hello()).toMatchObject({ workstationNumber: 1 });
  });

  it('gives other numbers after each of two restores of one backup', async () => {
    let chance = 0;
    clinic = await openClinic(await make(), { randomBytes: (count) => (count === 2 ? Buffer.from([0, (chance += 100)]) : randomBytes(count)) });
    const backup = await readAll(clinic.database);
    const given: number[] = [];
    for (const _restore of [1, 2]) {
      await writeAll(clinic.database, backup);
      await clinic.service.renewEpoch();
      for (const _joining of [1, 2, 3]) given.push((await clinic.join()).enrolment.workstationNumber);
    }
    expect(new Set(given).size).toBe(6);
  });
});
