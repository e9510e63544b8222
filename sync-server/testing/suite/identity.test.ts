import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { protocolVersion } from '../../../shared/sync/protocol.ts';
import { openClinic, refusalCode, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, makeKeyPair, patient, TestWorkstation } from '../workstation.ts';

onEachDatabase('identity', (make) => {
  let clinic: Clinic;
  let now = new Date('2026-03-01T08:00:00.000Z');
  const open = async () => (clinic = await openClinic(await make(), { clock: { now: () => now } }));
  afterEach(() => clinic.close());
  const later = (hours: number) => (now = new Date(now.getTime() + hours * 3600 * 1000));

  it('lets one workstation in with a code, answers its repeat alike, and nobody else', async () => {
    const { service, organisationId, siteId } = await open();
    const { code } = await service.createCode({ organisationId, siteId });
    const keys = makeKeyPair();
    const joined = await TestWorkstation.enrol(service.handle, code.toLowerCase().replaceAll('-', ' '), { keys });
    expect(joined.enrolment).toMatchObject({ organisationId, organisationName: 'Outpost 诊所', siteId, workstationNumber: 2 });
    expect((await TestWorkstation.enrol(service.handle, code, { keys })).enrolment).toEqual(joined.enrolment);
    const refusals = [
      await refusalCode(TestWorkstation.enrol(service.handle, code)),
      await refusalCode(TestWorkstation.enrol(service.handle, '00000-00000-00000-00000')),
      await refusalCode(TestWorkstation.enrol(service.handle, (await service.createCode({ organisationId })).code, { keys })),
    ];
    const stale = await service.createCode({ organisationId });
    later(25);
    expect([...refusals, await refusalCode(TestWorkstation.enrol(service.handle, stale.code))]).toEqual(Array(4).fill('code-not-valid'));
  });

  it('gives a code to one of two that use it at the same moment', async () => {
    const { service, organisationId } = await open();
    const { code } = await service.createCode({ organisationId });
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => refusalCode(TestWorkstation.enrol(service.handle, code))));
    expect(outcomes.sort()).toEqual(['code-not-valid', 'code-not-valid', 'code-not-valid', undefined]);
  });

  it('keeps neither codes nor tokens in its database', async () => {
    const { service, organisationId, first, database } = await open();
    const { code } = await service.createCode({ organisationId });
    const kept = JSON.stringify([await database.rows('SELECT * FROM enrolment_codes'), await database.rows('SELECT * FROM sessions')]);
    expect(kept).not.toContain(code.replaceAll('-', ''));
    expect(kept).not.toContain(first.token);
  });

  it('greets only who signs with the device’s key, and speaks a version it knows', async () => {
    const { service, first } = await open();
    const hello = (over: Record<string, unknown>) => refusalCode(service.handle('hello', null, first.helloBody({ counter: 90, ...over })));
    expect(await hello({ deviceId: v7() })).toBe('unknown-device');
    expect(await hello({ protocol: { major: protocolVersion.major, minor: protocolVersion.minor + 1 } })).toBe('client-too-new');
    expect(await hello({ protocol: { major: 0, minor: 9 } })).toBe('client-too-old');
    const forged = { ...first.helloBody({ counter: 90 }), position: 4000 };
    expect(await refusalCode(service.handle('hello', null, forged))).toBe('unknown-device');
    const others = new TestWorkstation(service.handle, makeKeyPair(), first.enrolment);
    expect(await refusalCode(service.handle('hello', null, others.helloBody({ counter: 90 })))).toBe('unknown-device');
    expect(await first.hello()).toMatchObject({ state: 'active' });
  });

  it('ends a token after an hour, at the next hello, and with the sessions of a restarted server', async () => {
    const { first, service } = await open();
    const older = first.token;
    await first.hello();
    expect(await refusalCode(service.handle('digests', older, { epoch: first.epoch }))).toBe('token-expired');
    expect(await refusalCode(first.ask('digests'))).toBeUndefined();
    later(1);
    expect(await refusalCode(first.ask('digests'))).toBe('token-expired');
    await first.hello();
    await service.endSessions();
    expect(await refusalCode(first.ask('digests'))).toBe('token-expired');
  });

  it('finds a copy by its counter, and gives it an identity of its own, once', async () => {
    const { first, join, service, adminId } = await open();
    const original = await join();
    const copy = new TestWorkstation(service.handle, original.keys, original.enrolment);
    copy.counter = original.counter;
    await original.hello();
    expect(await copy.hello()).toEqual({ state: 'cloned' });
    const keys = makeKeyPair();
    const own = await copy.reidentified(keys);
    expect(own.enrolment).toMatchObject({ siteId: original.enrolment.siteId, workstationNumber: 3 });
    expect((await copy.reidentified(keys)).enrolment).toEqual(own.enrolment);
    expect(await own.hello()).toMatchObject({ state: 'active' });
    const fleet = await service.administer('fleet', first.token, { actorId: adminId });
    expect(fleet.devices.find(({ deviceId }) => deviceId === own.enrolment.deviceId)).toMatchObject({ replaces: original.enrolment.deviceId });
    expect(fleet.devices.find(({ deviceId }) => deviceId === original.enrolment.deviceId)!.copyFoundAt).toBe(now.toISOString());
    const stranger = new TestWorkstation(service.handle, makeKeyPair(), original.enrolment);
    expect(await refusalCode(stranger.reidentified())).toBe('unknown-device');
    expect(await refusalCode(copy.reidentified(first.keys))).toBe('bad-signature');
  });

  it('knows an audit entry to its device and to what descends from it, and to nobody else', async () => {
    const { first, join } = await open();
    const original = await join();
    const sent = original.changeSet({ ...patient(), collection: 'auditEntries', content: { action: 'patient.viewed', actorId: v7(), actorName: '李', deviceId: original.enrolment.deviceId } });
    await original.push(sent);
    const copy = await original.reidentified();
    await copy.hello();
    const offered = { changeSets: [{ id: sent.id, revs: sent.documents.map(({ rev }) => rev) }] };
    for (const station of [original, copy]) expect(await station.ask('offer', offered)).toMatchObject({ wanted: [], known: [{ id: sent.id }] });
    expect(await first.ask('offer', offered)).toEqual({ wanted: [sent.id], known: [] });
  });

  it('knows an empty change set to those of its site, and to nobody else', async () => {
    const { first, join } = await open();
    const [colleague, stranger] = [await join(), await join(v7())];
    const empty = first.changeSet();
    await first.push(empty);
    const offered = { changeSets: [{ id: empty.id, revs: [] }] };
    expect(await colleague.ask('offer', offered)).toMatchObject({ wanted: [], known: [{ id: empty.id }] });
    expect(await stranger.ask('offer', offered)).toEqual({ wanted: [empty.id], known: [] });
  });

  it('takes from a copy what its original wrote at a site before it was moved', async () => {
    const { first, join, service, adminId } = await open();
    const original = await join();
    const known = patient();
    await first.push(first.changeSet(known));
    await service.administer('move', first.token, { actorId: adminId, deviceId: original.enrolment.deviceId, siteId: v7() });
    const copy = await original.reidentified();
    await copy.hello();
    await copy.push(copy.changeSet(edited(known, { phone: '021-7' })));
    await first.pull();
    expect(first.documents.get(`patients/${known.id}`)).toMatchObject({ content: { phone: '021-7' } });
  });

  it('revokes a workstation with all its copies: their unsent work is kept, nothing more is told to them', async () => {
    const { first, join, service, adminId, database } = await open();
    const lost = await join();
    const copy = await lost.reidentified();
    await copy.hello();
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: lost.enrolment.deviceId });
    for (const station of [lost, copy, await lost.reidentified()]) {
      expect(await station.hello()).toMatchObject({ state: 'revoked' });
      const unsent = station.changeSet(patient());
      expect((await station.push(unsent)).outcomes).toEqual([{ id: unsent.id, outcome: 'rejected', refusal: 'device-revoked' }]);
      const [held] = await database.rows<{ content: string }>('SELECT content FROM quarantine WHERE change_set_id = ?', [unsent.id]);
      expect(JSON.parse(held!.content)).toEqual(unsent);
      expect(await refusalCode(station.ask('pull', { after: 0, maxBytes: 1000 }))).toBe('device-revoked');
      expect(await refusalCode(station.ask('snapshot', { at: null, cursor: null, maxBytes: 1000 }))).toBe('device-revoked');
      expect(await refusalCode(service.administer('fleet', station.token, { actorId: adminId }))).toBe('device-revoked');
    }
    expect((await first.pull()).flatMap(({ documents }) => documents)).toEqual([]);
  });
});
