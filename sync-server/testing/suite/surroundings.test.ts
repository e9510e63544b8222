import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { openClinic, refusalCode, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import type { TestWorkstation } from '../workstation.ts';

onEachDatabase('what a workstation may know of the others', (make) => {
  let clinic: Clinic;
  const open = async () => (clinic = await openClinic(await make()));
  afterEach(() => clinic.close());

  const report = (station: TestWorkstation, position: number, namesTag: string | null = null) =>
    station.ask('report', {
      at: new Date().toISOString(), appVersion: '1.0.0', unsent: 0, oldestUnsentAt: null, quarantined: 0, openConflicts: 0, lastSuccessAt: null, position, dataBytes: 0,
      lastError: null, digestsDiffered: 0, namesTag,
    });

  it('names every workstation once, and again only when one was added, renamed or moved', async () => {
    const { first, join, service, adminId, siteId } = await open();
    const alone = await report(first, 0);
    const named = (name: string, { deviceId, ...rest }: { deviceId: string; siteId: string }) => ({ deviceId, name, siteId: rest.siteId });
    expect(alone.names?.workstations.map(({ deviceId }) => deviceId)).toEqual([first.enrolment.deviceId]);
    expect((await report(first, 0, alone.names!.tag)).names).toBeNull();

    const second = await join(siteId, '二诊室');
    const both = await report(first, 0, alone.names!.tag);
    expect(both.names?.workstations).toContainEqual(named('二诊室', second.enrolment));

    const deviceId = second.enrolment.deviceId;
    await service.administer('rename', first.token, { actorId: adminId, deviceId, name: '前台' });
    const renamed = await report(first, 0, both.names!.tag);
    expect(renamed.names?.workstations).toContainEqual(named('前台', second.enrolment));

    const elsewhere = v7();
    await service.administer('move', first.token, { actorId: adminId, deviceId, siteId: elsewhere });
    const moved = await report(first, 0, renamed.names!.tag);
    expect(moved.names?.workstations).toContainEqual({ deviceId, name: '前台', siteId: elsewhere });

    await service.administer('revoke', first.token, { actorId: adminId, deviceId });
    expect((await report(first, 0)).names?.workstations.map((one) => one.deviceId)).toContain(deviceId);
  });

  it('names anew in another epoch: a restored database counts to the same number again', async () => {
    const { first, service } = await open();
    const { names } = await report(first, 0);
    await service.renewEpoch();
    await first.hello();
    expect((await report(first, 0, names!.tag)).names).not.toBeNull();
  });

  it('says how far all others of a site have read, without the asking one and those that were revoked', async () => {
    const { first, join, service, adminId, siteId } = await open();
    const [second, third] = [await join(siteId), await join(siteId)];
    const sites = async () => (await first.ask('surroundings', { namesTag: null })).sites;
    await report(first, 1);
    expect(await sites()).toEqual([{ siteId, position: 0 }]);
    await report(second, 5);
    await report(third, 3);
    expect(await sites()).toEqual([{ siteId, position: 3 }]);
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: third.enrolment.deviceId });
    expect(await sites()).toEqual([{ siteId, position: 5 }]);
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: second.enrolment.deviceId });
    expect(await sites()).toEqual([]);
  });

  it('tells nothing of it to a workstation that was revoked, nor of another organisation', async () => {
    const { first, join, service, adminId } = await open();
    const second = await join();
    const { organisationId } = await service.createOrganisation('Another');
    const { code } = await service.createCode({ organisationId });
    await service.handle('enrol', null, { protocol: { major: 1, minor: 0 }, code, publicKey: Buffer.alloc(32, 7).toString('base64url'), name: 'Stranger', appVersion: '1', siteId: v7() });
    expect((await report(first, 0)).names?.workstations).toHaveLength(2);
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: second.enrolment.deviceId });
    await second.hello();
    expect(await report(second, 0)).toEqual({ names: null, sites: [], upstream: null });
    expect(await refusalCode(second.ask('surroundings', { namesTag: null }))).toBe('device-revoked');
  });
});
