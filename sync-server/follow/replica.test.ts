import { afterEach, beforeEach, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { differingBuckets } from '../../shared/sync/digest.ts';
import { openClinic, type Clinic } from '../testing/clinic.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { linkTo, TestHub } from '../testing/tiers.ts';
import { patient, TestWorkstation } from '../testing/workstation.ts';

onEachDatabase('a server that follows another one', (makeCentral) => {
  let central: Clinic;
  let [east, west]: TestHub[] = [];
  let [atEast, atWest]: TestWorkstation[] = [];

  const joinHub = async (hub: TestHub, siteId: string) => {
    const { code } = await hub.service.createCode({ organisationId: hub.organisationId, siteId });
    const workstation = await TestWorkstation.enrol(hub.service.handle, code);
    await workstation.hello();
    return workstation;
  };
  const openHub = async (siteId = central.siteId) => {
    const hub = await TestHub.open({ kind: 'sqlite', path: ':memory:' }, linkTo(() => central.service));
    const { code } = await central.service.createCode({ organisationId: central.organisationId, siteId });
    await hub.follow(code);
    await hub.sync();
    await hub.seeToNumbers();
    return hub;
  };

  beforeEach(async () => {
    central = await openClinic(await makeCentral());
    [east, west] = [await openHub(), await openHub()];
    [atEast, atWest] = [await joinHub(east, central.siteId), await joinHub(west, central.siteId)];
  });
  afterEach(async () => {
    await Promise.all([east!.close(), west!.close(), central.close()]);
  });

  const syncBoth = async () => {
    for (const hub of [east!, west!, east!, west!]) await hub.sync();
  };
  const digestOf = async (workstation: TestWorkstation) => (await workstation.ask('digests')).digests;
  const expectEqual = async () => {
    const digests = await digestOf(central.first);
    for (const workstation of [atEast!, atWest!]) expect(differingBuckets(digests, await digestOf(workstation))).toEqual([]);
    for (const hub of [east!, west!]) expect(differingBuckets(digests, await hub.replica.digests())).toEqual([]);
  };

  it('carries change sets up as they were written, and down to the workstations of another', async () => {
    const written = patient();
    const changeSet = { ...atEast!.changeSet(written), actorId: v7() };
    await atEast!.push(changeSet);
    await syncBoth();
    const [atCentral] = (await central.first.pull()).filter(({ id }) => id === changeSet.id);
    expect(atCentral).toMatchObject({ id: changeSet.id, deviceId: atEast!.enrolment.deviceId, actorId: changeSet.actorId, wallTime: changeSet.wallTime, documents: [written] });
    const [told] = (await atWest!.pull()).filter(({ id }) => id === changeSet.id);
    expect(told).toMatchObject({ deviceId: atEast!.enrolment.deviceId, documents: [written] });
    await expectEqual();
  });
});
