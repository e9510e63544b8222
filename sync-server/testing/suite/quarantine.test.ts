import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { openClinic, refusalCode, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import { edited, patient, record, TestWorkstation, user } from '../workstation.ts';

onEachDatabase('quarantine seen by an admin', (make) => {
  let clinic: Clinic;
  const open = async () => (clinic = await openClinic(await make()));
  afterEach(() => clinic.close());

  /** A workstation that was revoked with three change sets unsent, and has handed them over. */
  async function openHandedOver() {
    const { first, join, service, adminId } = await open();
    const lost = await join();
    const known = patient();
    await first.push(first.changeSet(known));
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: lost.enrolment.deviceId });
    await lost.hello();
    const [fresh, visit] = [patient({ name: '遗失站新病人' }), record(known.id, { diagnosis: '遗失站上的诊断' })];
    const handed = [lost.changeSet(fresh, visit), lost.changeSet(edited(visit, { diagnosis: '改过的诊断' })), lost.changeSet(patient({ name: '' }))];
    await lost.push(...handed);
    const ask = { actorId: adminId };
    const entries = handed.map(({ id: changeSetId }) => ({ deviceId: lost.enrolment.deviceId, changeSetId }));
    return { first, lost, service, ask, known, fresh, visit, handed, entries };
  }

  it('lists what a revoked workstation handed over, in order, by page and by device, and reads one whole', async () => {
    const { first, lost, service, ask, known, fresh, visit, handed, entries } = await openHandedOver();
    await first.push({ ...first.changeSet(patient()), action: 7 } as never);
    const listed = await service.administer('quarantine.list', first.token, { ...ask, deviceId: lost.enrolment.deviceId, offset: 0, limit: 2 });
    expect(listed.total).toBe(3);
    expect(listed.entries.map(({ changeSetId }) => changeSetId)).toEqual(handed.slice(0, 2).map(({ id }) => id));
    expect(listed.entries[0]).toEqual({
      ...entries[0], above: false, originDeviceId: lost.enrolment.deviceId, action: 'patient.updated', actorId: handed[0]!.actorId, wallTime: handed[0]!.wallTime, refusal: 'device-revoked',
      receivedAt: expect.any(String), documentCount: 2, size: JSON.stringify(handed[0]).length,
      documents: [{ collection: 'patients', id: fresh.id, patientId: fresh.id }, { collection: 'medicalRecords', id: visit.id, patientId: known.id }],
    });
    const all = await service.administer('quarantine.list', first.token, { ...ask, offset: 2, limit: 100 });
    expect(all).toMatchObject({ total: 4, entries: [{ changeSetId: handed[2]!.id }, { action: null, refusal: 'invalid-document', documentCount: 1 }] });
    expect(await service.administer('quarantine.read', first.token, { ...ask, ...entries[0] })).toMatchObject({ changeSet: JSON.parse(JSON.stringify(handed[0])), refusal: 'device-revoked' });
    expect(await refusalCode(service.administer('quarantine.read', first.token, { ...ask, ...entries[0], changeSetId: v7() }))).toBe('not-found');
  });

  it('releases what can be taken, refuses the rest with its reason, and answers a repeat alike', async () => {
    const { first, service, ask, entries, visit, fresh } = await openHandedOver();
    await first.pull();
    const unknown = v7();
    const release = () => service.administer('quarantine.release', first.token, { ...ask, entries: [...entries, { ...entries[0], changeSetId: unknown }] });
    const { outcomes } = await release();
    expect(outcomes).toMatchObject([{ outcome: 'applied', position: 3 }, { outcome: 'applied', position: 4 }, { outcome: 'rejected', refusal: 'invalid-document' }, { outcome: 'absent' }]);
    expect((await release()).outcomes).toEqual(outcomes);
    const told = await first.pull();
    expect(told.map(({ position, echoes }) => [position, echoes])).toEqual([[3, []], [4, []]]);
    expect(first.documents.get(`medicalRecords/${visit.id}`)).toMatchObject({ content: { diagnosis: '改过的诊断' } });
    expect(first.documents.get(`patients/${fresh.id}`)).toMatchObject({ content: { name: '遗失站新病人' } });
    expect(await service.administer('quarantine.list', first.token, { ...ask, offset: 0, limit: 10 })).toMatchObject({ total: 1, entries: [{ refusal: 'invalid-document' }] });
  });

  it('merges what is released over what was written since, with both values in the inbox', async () => {
    const { first, join, service, adminId } = await open();
    const lost = await join();
    const shared = patient();
    await first.push(first.changeSet(shared));
    await service.administer('revoke', first.token, { actorId: adminId, deviceId: lost.enrolment.deviceId });
    await lost.hello();
    const late = lost.changeSet(edited(shared, { address: '遗失站写的地址' }));
    await lost.push(late);
    await first.push(first.changeSet(edited(shared, { address: '后来写的地址' })));
    const entries = [{ deviceId: lost.enrolment.deviceId, changeSetId: late.id }];
    const release = () => service.administer('quarantine.release', first.token, { actorId: adminId, entries });
    const { outcomes } = await release();
    expect(outcomes).toMatchObject([{ outcome: 'merged' }]);
    expect((await release()).outcomes).toEqual(outcomes);
    await first.pull();
    const conflict = [...first.documents.values()].find(({ collection }) => collection === 'conflicts');
    expect(JSON.stringify(conflict)).toContain('遗失站写的地址');
    expect(JSON.stringify(conflict)).toContain('后来写的地址');
  });

  it('is closed to who may not administer, and to other organisations', async () => {
    const { first, service, ask, entries } = await openHandedOver();
    const plain = await clinic.join();
    for (const [name, body] of [['quarantine.list', { offset: 0, limit: 10 }], ['quarantine.read', entries[0]], ['quarantine.release', { entries }]] as const) {
      expect(await refusalCode(service.administer(name, plain.token, { ...ask, ...body }))).toBe('forbidden');
    }
    const { organisationId } = await service.createOrganisation('Another');
    const stranger = await TestWorkstation.enrol(service.handle, (await service.createCode({ organisationId })).code);
    await stranger.hello();
    const admin = user();
    await stranger.push(stranger.changeSet(admin));
    const theirs = { actorId: admin.id };
    expect(await service.administer('quarantine.list', stranger.token, { ...theirs, offset: 0, limit: 10 })).toEqual({ total: 0, entries: [] });
    expect(await refusalCode(service.administer('quarantine.read', stranger.token, { ...theirs, ...entries[0] }))).toBe('not-found');
    expect((await service.administer('quarantine.release', stranger.token, { ...theirs, entries })).outcomes.map(({ outcome }) => outcome)).toEqual(['absent', 'absent', 'absent']);
    expect((await service.administer('quarantine.list', first.token, { ...ask, offset: 0, limit: 10 })).total).toBe(3);
  });
});
