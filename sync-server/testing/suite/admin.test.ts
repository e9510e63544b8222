import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { openClinic, refusalCode, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, TestWorkstation, user } from '../workstation.ts';

onEachDatabase('administration', (make) => {
  let clinic: Clinic;
  let now = new Date('2026-03-01T08:00:00.000Z');
  const open = async () => (clinic = await openClinic(await make(), { clock: { now: () => now } }));
  afterEach(() => clinic.close());

  const reportOf = (position: number, over: Record<string, unknown> = {}) => ({
    at: new Date(now.getTime() + 90_000).toISOString(), appVersion: '1.2.3', unsent: 4, oldestUnsentAt: '2026-03-01T07:00:00.000Z', quarantined: 1, openConflicts: 2,
    lastSuccessAt: now.toISOString(), position, dataBytes: 123_456, lastError: null, digestsDiffered: 0, namesTag: null, ...over,
  });

  it('is for an active admin at a workstation that may administer, and for nobody else', async () => {
    const { first, join, service, adminId } = await open();
    const second = await join();
    const [nurse, former] = [user({ role: 'nurse' }), user({ active: false })];
    await first.push(first.changeSet(nurse, former));
    const ask = (station: TestWorkstation, actorId: string) => refusalCode(service.administer('fleet', station.token, { actorId }));
    expect([await ask(first, adminId), await ask(second, adminId), await ask(first, nurse.id), await ask(first, former.id), await ask(first, v7())]).toEqual([
      undefined, 'forbidden', 'forbidden', 'forbidden', 'forbidden',
    ]);
    await service.administer('permit', first.token, { actorId: adminId, deviceId: second.enrolment.deviceId, mayAdminister: true });
    expect(await ask(second, adminId)).toBeUndefined();
    expect(await refusalCode(service.administer('fleet', 'made-up', { actorId: adminId }))).toBe('token-expired');
    expect(await refusalCode(service.administer('fleet', first.token, { actorId: adminId, more: 1 }))).toBe('malformed-message');
  });

  it('shows what each workstation reported, how far behind it is, and what the server holds of it', async () => {
    const { first, join, service, adminId, siteId } = await open();
    const second = await join(siteId, '二诊室');
    await second.pull();
    await second.ask('report', reportOf(second.position));
    await second.push({ ...second.changeSet(patient({ name: '' })) });
    await first.push(first.changeSet(patient()), first.changeSet(patient()));
    const fleet = await service.administer('fleet', first.token, { actorId: adminId });
    expect(fleet).toMatchObject({ head: 3, sites: [{ id: siteId, name: '城东诊所' }], askingDeviceId: first.enrolment.deviceId });
    expect(fleet.devices.find(({ name }) => name === '二诊室')).toMatchObject({
      deviceId: second.enrolment.deviceId, siteId, state: 'active', mayAdminister: false, appVersion: '1.2.3', clockSkewMilliseconds: 90_000, heldInQuarantine: 1,
      position: 1, behind: 2, report: { unsent: 4, oldestUnsentAt: '2026-03-01T07:00:00.000Z', quarantined: 1, openConflicts: 2, dataBytes: 123_456, lastError: null },
    });
  });

  it('draws a line of how far behind each workstation was, a point a minute at most', async () => {
    const { first, service, adminId } = await open();
    for (let minute = 0; minute < 6; minute += 1) {
      await first.ask('report', reportOf(0, { unsent: minute }));
      now = new Date(now.getTime() + 30_000);
    }
    const { devices } = await service.administer('lag', first.token, { actorId: adminId, hours: 1 });
    expect(devices.map(({ points }) => points.map(({ unsent, behind }) => [unsent, behind]))).toEqual([[[0, 1], [2, 1], [4, 1]]]);
  });

  it('renames, and makes codes for a site or for one that is brought', async () => {
    const { first, service, adminId, siteId } = await open();
    await service.administer('rename', first.token, { actorId: adminId, deviceId: first.enrolment.deviceId, name: ' 前台 ' });
    expect((await service.administer('fleet', first.token, { actorId: adminId })).devices[0]!.name).toBe('前台');
    const code = await service.administer('create-code', first.token, { actorId: adminId, siteId });
    expect(code).toMatchObject({ siteId, expiresAt: new Date(now.getTime() + 24 * 3600 * 1000).toISOString() });
    expect(code.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect((await TestWorkstation.enrol(service.handle, code.code)).enrolment.siteId).toBe(siteId);
    const brought = v7();
    const open2 = await service.administer('create-code', first.token, { actorId: adminId });
    expect((await TestWorkstation.enrol(service.handle, open2.code, { siteId: brought })).enrolment.siteId).toBe(brought);
  });

  it('reaches no other organisation: what is not there and what is not yours look the same', async () => {
    const { first, service, adminId } = await open();
    const { organisationId } = await service.createOrganisation('Another');
    const stranger = await TestWorkstation.enrol(service.handle, (await service.createCode({ organisationId })).code);
    for (const deviceId of [stranger.enrolment.deviceId, v7()]) {
      const asked = { actorId: adminId, deviceId };
      expect(await refusalCode(service.administer('rename', first.token, { ...asked, name: 'x' }))).toBe('not-found');
      expect(await refusalCode(service.administer('revoke', first.token, asked))).toBe('not-found');
      expect(await refusalCode(service.administer('move', first.token, { ...asked, siteId: v7() }))).toBe('not-found');
      expect(await refusalCode(service.administer('permit', first.token, { ...asked, mayAdminister: true }))).toBe('not-found');
    }
    await stranger.hello();
    await stranger.push(stranger.changeSet(edited(user(), {})));
    expect(await refusalCode(service.administer('fleet', stranger.token, { actorId: adminId }))).toBe('forbidden');
  });
});
