import { afterEach, beforeEach, expect, it } from 'vitest';
import { v7 } from 'uuid';
import type { Surroundings } from '../../shared/sync/protocol.ts';
import { openClinic, type Clinic } from '../testing/clinic.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { linkTo, TestHub } from '../testing/tiers.ts';
import { patient, TestWorkstation } from '../testing/workstation.ts';

onEachDatabase('what those behind a hub may know, and what is known of them', (makeDatabase) => {
  let central: Clinic;
  let hub: TestHub;
  let atHub: TestWorkstation;
  let isCut = false;

  beforeEach(async () => {
    isCut = false;
    central = await openClinic(await makeDatabase());
    hub = await TestHub.open(await makeDatabase(), linkTo(() => central.service, () => isCut));
    await hub.follow((await central.service.createCode({ organisationId: central.organisationId, siteId: central.siteId })).code);
    await hub.sync();
    await hub.seeToNumbers();
    atHub = await joinHub('Behind');
  });
  afterEach(() => Promise.all([hub.close(), central.close()]));

  const joinHub = async (name: string) => {
    const { code } = await hub.service.createCode({ organisationId: hub.organisationId });
    const station = await TestWorkstation.enrol(hub.service.handle, code, { name });
    await station.hello();
    return station;
  };
  const report = (station: TestWorkstation): Promise<Surroundings> =>
    station.ask('report', {
      at: new Date().toISOString(), appVersion: '1.0.0', unsent: 0, oldestUnsentAt: null, quarantined: 0, openConflicts: 0, lastSuccessAt: null, position: station.position, dataBytes: 0,
      lastError: null, digestsDiffered: 0, namesTag: null,
    });
  /** Pulls to the head and says so. */
  const read = async (station: TestWorkstation) => {
    await station.pull();
    return report(station);
  };
  const namesAt = async (station: TestWorkstation) => (await report(station)).names?.workstations.map(({ name }) => name).sort();
  /** Until those of all levels have heard of each other: up with one sync, down with the next. */
  const exchange = async () => {
    await hub.sync();
    await hub.sync();
  };

  it('names everybody to everybody, in both directions, and again where one is renamed', async () => {
    await exchange();
    expect(await namesAt(atHub)).toEqual(['Behind', 'Hub', 'Reception']);
    expect(await namesAt(central.first)).toEqual(['Behind', 'Hub', 'Reception']);

    await central.service.administer('rename', central.first.token, { actorId: central.adminId, deviceId: central.first.enrolment.deviceId, name: '前台' });
    await joinHub('二诊室');
    await exchange();
    expect(await namesAt(atHub)).toEqual(['Behind', 'Hub', '二诊室', '前台'].sort());
    expect(await namesAt(central.first)).toEqual(['Behind', 'Hub', '二诊室', '前台'].sort());
  });

  it('tells the names once: a sync with nothing new carries none, up or down', async () => {
    await exchange();
    const told: unknown[] = [];
    const { link } = hub;
    const post = link.post.bind(link);
    link.post = async (name, token, body, signal) => {
      const answer = await post(name, token, body, signal);
      if (name === 'report') told.push((body as { served: { workstations: unknown } }).served.workstations, (answer.value as Surroundings).names);
      return answer;
    };
    await exchange();
    expect(told).toEqual([null, null, null, null]);
    await central.service.renewEpoch();
    await central.first.hello();
    await hub.verify();
    expect(told.slice(4)).toContainEqual(expect.arrayContaining([expect.objectContaining({ name: 'Behind' })]));
  });

  it('marks a hub at central with how many it serves', async () => {
    await joinHub('二诊室');
    await exchange();
    const { devices } = await central.service.administer('fleet', central.first.token, { actorId: central.adminId });
    expect(devices.map(({ name, hub: marked }) => [name, marked])).toEqual([['Reception', null], ['Hub', { workstations: 2 }]]);
  });

  it('says what is at central, and not before it is', async () => {
    await exchange();
    isCut = true;
    const changeSet = atHub.changeSet(patient());
    const [outcome] = (await atHub.push(changeSet)).outcomes;
    const { position } = outcome as { position: number };
    // Gathered to be sent, and not answered.
    expect(await hub.replica.outgoing(1_000_000)).toHaveLength(1);
    const { upstream } = await read(atHub);
    expect(upstream).toMatchObject({ organisationName: '', refused: [] });
    expect(upstream?.position).toBeLessThan(position);
    isCut = false;
    await exchange();
    expect((await report(atHub)).upstream).toMatchObject({ position, refused: [] });
  });

  it('says what central refused, and neither that nor what follows it is taken for the other', async () => {
    await exchange();
    const { database } = hub;
    const [bad, good] = [atHub.changeSet(patient()), atHub.changeSet(patient())];
    const positions = (await atHub.push(bad, good)).outcomes.map((outcome) => (outcome as { position: number }).position);
    await hub.sync();
    await database.change(`UPDATE upstream_change_sets SET state = 'refused', refusal = 'too-large', refused_at = 1 WHERE id = ?`, [bad.id]);
    expect((await report(atHub)).upstream).toMatchObject({ position: positions[1], refused: [positions[0]] });
  });

  it('says how far sites elsewhere have read what was written behind the hub, and at central how far those behind it have', async () => {
    const elsewhere = await central.join(v7(), 'West');
    await atHub.push(atHub.changeSet(patient()));
    await read(atHub);
    await exchange();
    const siteId = elsewhere.enrolment.siteId;
    const at = async (station: TestWorkstation, id: string) => (await report(station)).sites.find((one) => one.siteId === id)?.position ?? -1;
    const written = atHub.position;
    expect(await at(atHub, siteId)).toBeLessThan(written);
    await read(elsewhere);
    await exchange();
    expect(await at(atHub, siteId)).toBeGreaterThanOrEqual(written);

    // The other way: what central has and the hub has, but nobody behind it has read yet, is not at that site.
    const [outcome] = (await central.first.push(central.first.changeSet(patient({ siteIds: [central.siteId] })))).outcomes;
    const { position } = outcome as { position: number };
    await read(central.first);
    await exchange();
    expect(await at(elsewhere, central.siteId)).toBeLessThan(position);
    await read(atHub);
    await exchange();
    expect(await at(elsewhere, central.siteId)).toBeGreaterThanOrEqual(position);
  });
});
