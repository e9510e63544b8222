import { afterEach, beforeEach, expect, it } from 'vitest';
import { v7 } from 'uuid';
import type { PushAnswer } from '../../shared/sync/protocol.ts';
import { openClinic, refusalCode, type Clinic } from '../testing/clinic.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { linkTo, TestHub } from '../testing/tiers.ts';
import { edited, patient, record, TestWorkstation } from '../testing/workstation.ts';

onEachDatabase('a hub whose server above refuses, or that is asked for a second site', (makeDatabase) => {
  let central: Clinic;
  let hub: TestHub;
  let atHub: TestWorkstation;
  /** Change sets that central does not take now. */
  const refused = new Set<string>();

  beforeEach(async () => {
    refused.clear();
    central = await openClinic({ kind: 'sqlite', path: ':memory:' });
    const link = linkTo(() => central.service);
    hub = await TestHub.open(await makeDatabase(), {
      async post(name, token, body, signal) {
        const sent = name === 'push' ? (body as { changeSets: { id: string }[] }) : undefined;
        const taken = sent === undefined ? body : { ...sent, changeSets: sent.changeSets.filter(({ id }) => !refused.has(id)) };
        const answer = await link.post(name, token, taken, signal);
        if (sent === undefined) return answer;
        const { outcomes, ...rest } = answer.value as PushAnswer;
        const verdicts = outcomes.values();
        return { ...answer, value: { ...rest, outcomes: sent.changeSets.map(({ id }) => (refused.has(id) ? { outcome: 'rejected', refusal: 'server-error' } : verdicts.next().value)) } };
      },
    });
    await hub.follow((await central.service.createCode({ organisationId: central.organisationId, siteId: central.siteId })).code);
    await hub.sync();
    await hub.seeToNumbers();
    atHub = await join();
  });
  afterEach(() => Promise.all([hub.close(), central.close()]));

  const join = async () => {
    const { code } = await hub.service.createCode({ organisationId: hub.organisationId });
    const station = await TestWorkstation.enrol(hub.service.handle, code);
    await station.hello();
    return station;
  };
  const administer: TestHub['service']['administer'] = (name, token, body) => hub.service.administer(name, token, { ...(body as object), actorId: central.adminId });
  const list = async (deviceId?: string) => (await administer('quarantine.list', atHub.token, { offset: 0, limit: 100, ...(deviceId !== undefined && { deviceId }) })).entries;

  it('keeps what was refused above beside what it refused itself, shows what is in it, and sends it again', async () => {
    const one = patient({ siteIds: [central.siteId] });
    const changeSet = atHub.changeSet(one, record(one.id));
    refused.add(changeSet.id);
    const bad = { ...atHub.changeSet(patient()), documents: [{ ...patient(), content: { name: 7 } }] };
    await atHub.push(changeSet, bad);
    await hub.sync();

    const entries = await list();
    expect(entries.map(({ changeSetId, above, refusal, documentCount }) => [changeSetId, above, refusal, documentCount])).toEqual([
      [bad.id, false, 'invalid-document', 1],
      [changeSet.id, true, 'server-error', 2],
    ]);
    const [, above] = entries;
    expect(above).toMatchObject({ originDeviceId: atHub.enrolment.deviceId, action: changeSet.action, wallTime: changeSet.wallTime, documents: [{ collection: 'patients', id: one.id, patientId: one.id }, { collection: 'medicalRecords', patientId: one.id }] });
    const { deviceId } = above!;
    expect(await list(deviceId)).toEqual([above]);
    expect((await hub.service.following.facts(hub.organisationId))).toMatchObject({ deviceId, quarantined: 1 });
    const ref = { deviceId, changeSetId: changeSet.id };
    const read = await administer('quarantine.read', atHub.token, ref);
    expect(read).toMatchObject({ refusal: 'server-error', changeSet: { ...changeSet } });

    // Still refused: it comes back to the list. Once the cause is gone it is sent as it was written.
    expect((await administer('quarantine.release', atHub.token, { entries: [ref] })).outcomes).toEqual([{ ...ref, outcome: 'sent-again' }]);
    expect(await list(deviceId)).toEqual([]);
    await hub.sync();
    expect(await list(deviceId)).toHaveLength(1);
    refused.clear();
    await administer('quarantine.release', atHub.token, { entries: [ref] });
    await hub.sync();
    await central.first.pull();
    expect(central.first.documents.get(`patients/${one.id}`)).toMatchObject({ rev: one.rev });
    expect(await list(deviceId)).toEqual([]);
    expect((await administer('quarantine.release', atHub.token, { entries: [ref] })).outcomes).toMatchObject([{ outcome: 'applied' }]);
    expect(await refusalCode(administer('quarantine.read', atHub.token, ref))).toBe('not-found');
    expect((await administer('quarantine.release', atHub.token, { entries: [{ deviceId, changeSetId: v7() }] })).outcomes).toMatchObject([{ outcome: 'absent' }]);
  });

  it('merges what is sent again with what was written at central since', async () => {
    const one = patient({ siteIds: [central.siteId] });
    await atHub.push(atHub.changeSet(one));
    await hub.sync();
    await central.first.pull();
    const changeSet = atHub.changeSet(edited(one, { address: '西路 2 号' }));
    refused.add(changeSet.id);
    await atHub.push(changeSet);
    await hub.sync();
    await central.first.push(central.first.changeSet(edited(one, { name: '王大明' })));
    await hub.sync();
    refused.clear();
    const [entry] = await list();
    await administer('quarantine.release', atHub.token, { entries: [{ deviceId: entry!.deviceId, changeSetId: changeSet.id }] });
    await hub.sync();
    await atHub.pull();
    expect(atHub.documents.get(`patients/${one.id}`)?.content).toMatchObject({ name: '王大明', address: '西路 2 号' });
  });

  it('goes back after a refusal to what stands above, in a chart that it was granted after that was written', async () => {
    const siteId = v7();
    const elsewhere = await TestWorkstation.enrol(central.service.handle, (await central.service.createCode({ organisationId: central.organisationId, siteId })).code);
    await elsewhere.hello();
    const one = patient({ siteIds: [siteId] });
    const visit = record(one.id);
    await elsewhere.push(elsewhere.changeSet(one, visit));
    await elsewhere.push(elsewhere.changeSet(edited(one, { siteIds: [siteId, central.siteId] })));
    await hub.sync();
    const changeSet = atHub.changeSet(edited(visit, { chiefComplaint: 'refused' }));
    refused.add(changeSet.id);
    await atHub.push(changeSet);
    await hub.sync();
    const another = await join();
    await another.pull();
    expect(another.documents.get(`medicalRecords/${visit.id}`)).toMatchObject({ rev: visit.rev, content: visit.content });
  });

  it('hands over what it has once it is revoked, and goes on alone with what was refused', async () => {
    const { deviceId } = (await hub.service.following.facts(hub.organisationId))!;
    const [before, after] = [atHub.changeSet(patient({ siteIds: [central.siteId] })), atHub.changeSet(patient({ siteIds: [central.siteId] }))];
    await atHub.push(before);
    await hub.sync();
    await central.service.administer('revoke', central.first.token, { actorId: central.adminId, deviceId });
    await atHub.push(after);
    await hub.sync();
    expect(await hub.service.following.facts(hub.organisationId)).toMatchObject({ revoked: true, unsent: 0, quarantined: 1 });
    expect(await list(deviceId)).toMatchObject([{ changeSetId: after.id, refusal: 'device-revoked', above: true }]);
    const held = await central.service.administer('quarantine.read', central.first.token, { actorId: central.adminId, deviceId, changeSetId: after.id });
    expect(held.changeSet).toMatchObject({ documents: after.documents });
    expect((await atHub.push(atHub.changeSet(patient()))).outcomes).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('lets in no workstation of another site than the one that it was given, and moves none there', async () => {
    const { organisationId, service } = hub;
    const other = v7();
    expect(await refusalCode(service.createCode({ organisationId, siteId: other }))).toBe('several-sites');
    expect(await refusalCode(administer('create-code', atHub.token, { siteId: other }))).toBe('several-sites');
    expect(await refusalCode(administer('move', atHub.token, { deviceId: atHub.enrolment.deviceId, siteId: other }))).toBe('several-sites');
    // A code from before it followed, for whoever brings a site.
    const { code } = await service.createCode({ organisationId, siteId: central.siteId });
    await hub.database.change('UPDATE enrolment_codes SET site_id = NULL WHERE device_id IS NULL');
    expect(await refusalCode(TestWorkstation.enrol(service.handle, code, { siteId: other }))).toBe('several-sites');
    expect((await TestWorkstation.enrol(service.handle, code, { siteId: central.siteId })).enrolment.siteId).toBe(central.siteId);
  });
});
