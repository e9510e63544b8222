import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { countInto, emptyDigest, type Digest } from '../../../shared/sync/digest.ts';
import type { WireDocument } from '../../../shared/sync/protocol.ts';
import { openClinic, type Clinic } from '../clinic.ts';
import { onEachDatabase } from '../databases.ts';
import type { ServiceOptions } from '../../service/index.ts';
import { edited, patient, record, type TestWorkstation } from '../workstation.ts';

/** The digests of what a workstation holds, counted anew from nothing. */
function digestsOf(documents: Iterable<{ collection: string; id: string; rev: string }>): Record<string, Digest> {
  const digests: Record<string, Digest> = {};
  for (const { collection, id, rev } of documents) countInto((digests[collection] ??= emptyDigest()), id, undefined, rev);
  return digests;
}
const nonEmpty = (digests: Record<string, Digest>) =>
  Object.fromEntries(Object.entries(digests).flatMap(([name, digest]) => {
    const buckets = digest.map((bucket, index) => [index, ...bucket]).filter(([, count]) => count !== 0);
    return buckets.length === 0 ? [] : [[name, buckets]];
  }));

/** What the server tells in whatever way must be one and the same. */
async function expectOneTruth(station: TestWorkstation, held: Iterable<WireDocument>): Promise<void> {
  const { digests, position } = await station.ask('digests');
  expect(position).toBe(station.position);
  expect(nonEmpty(digests)).toEqual(nonEmpty(digestsOf(held)));
  const snapshot = await station.snapshot(700);
  expect(nonEmpty(digestsOf(snapshot))).toEqual(nonEmpty(digests));
}

onEachDatabase('scope', (make) => {
  let clinic: Clinic;
  const open = async (options?: ServiceOptions) => (clinic = await openClinic(await make(), options));
  afterEach(() => clinic.close());

  it('tells a site its own patients and what belongs to all, and a granted patient whole from the grant on', async () => {
    const { first, siteId, join } = await open();
    const other = await join(v7());
    const [ours, theirs] = [patient(), patient()];
    await first.push(first.changeSet(ours, record(ours.id)), first.changeSet(record(ours.id)));
    await other.push(other.changeSet(theirs));
    await other.pull();
    expect([...other.documents.values()].map(({ collection }) => collection).sort()).toEqual(['sites', 'users']);
    const shared = edited(ours, { siteIds: [siteId, other.enrolment.siteId] });
    await first.push(first.changeSet(shared), first.changeSet(record(ours.id)));
    const told = await other.pull();
    expect(told.map(({ documents }) => documents.map(({ collection }) => collection).sort())).toEqual([['medicalRecords', 'medicalRecords', 'patients'], ['medicalRecords']]);
    await expectOneTruth(other, [...other.documents.values(), theirs]);
    await first.pull();
    await expectOneTruth(first, [...first.documents.values(), ...first.pulled.flatMap(({ echoes }) => echoes as unknown as WireDocument[])].filter((document, index, all) =>
      all.findLastIndex(({ id }) => id === document.id) === index));
  });

  it('withdraws a patient, still takes what was written about it before, and tells nothing of it any more', async () => {
    const { first, siteId, join } = await open();
    const other = await join(v7());
    const ours = patient({ siteIds: [siteId, other.enrolment.siteId] });
    await first.push(first.changeSet(ours, record(ours.id)));
    await other.pull();
    await first.push(first.changeSet(edited(ours, { siteIds: [siteId] })));
    const unsent = other.changeSet(record(ours.id, { diagnosis: '写于离线时' }));
    expect((await other.push(unsent)).outcomes).toMatchObject([{ outcome: 'accepted' }]);
    const told = await other.pull();
    expect(told.map(({ withdrawn, documents, echoes }) => [withdrawn, documents, echoes])).toEqual([[[ours.id], [], []]]);
    await expectOneTruth(other, other.documents.values());
    expect((await other.ask('documents', { refs: [{ collection: 'patients', id: ours.id }, { collection: 'patients', id: v7() }] })).missing).toHaveLength(2);
    expect((await first.pull()).at(-1)!.documents).toMatchObject([{ content: { diagnosis: '写于离线时' } }]);
  });

  it('moves a workstation: its token ends, its scope is another, and what it wrote for the old site is taken', async () => {
    const { first, join, service, adminId } = await open();
    const [moved, elsewhere] = [await join(), await join(v7())];
    const [old, fresh] = [patient(), patient()];
    await moved.push(moved.changeSet(old));
    await elsewhere.push(elsewhere.changeSet(fresh));
    await service.administer('move', first.token, { actorId: adminId, deviceId: moved.enrolment.deviceId, siteId: elsewhere.enrolment.siteId });
    await expect(moved.push()).rejects.toMatchObject({ error: { code: 'token-expired' } });
    expect(await moved.hello()).toMatchObject({ siteId: elsewhere.enrolment.siteId, scopeVersion: 2 });
    const unsent = moved.changeSet(edited(old, { phone: '021-5' }));
    expect((await moved.push(unsent)).outcomes).toMatchObject([{ outcome: 'accepted' }]);
    const snapshot = await moved.snapshot();
    expect(snapshot.filter(({ collection }) => collection === 'patients').map(({ id }) => id)).toEqual([fresh.id]);
    await expectOneTruth(moved, snapshot);
  });

  it('never splits a change set between pages, however small they are, and passes over what is out of scope', async () => {
    const { first, join } = await open();
    const elsewhere = await join(v7());
    for (let count = 0; count < 5; count += 1) {
      const one = patient();
      await first.push(first.changeSet(one, record(one.id), record(one.id)));
      for (let more = 0; more < 30; more += 1) await elsewhere.push(elsewhere.changeSet(patient()));
    }
    const reader = await join();
    expect((await reader.pull(1)).map(({ documents }) => documents.length)).toEqual([2, 3, 3, 3, 3, 3]);
    await expectOneTruth(reader, reader.documents.values());
  });

  // A page of the greatest size is read before it is asked for.
  it.each([1, 4_000_000])('shows a snapshot as it stood at its first page, whatever is written meanwhile, with pages of at most %i bytes', async (pageBytes) => {
    const { first, join } = await open({ limits: { pageBytes } });
    const patients = Array.from({ length: 6 }, () => patient());
    await first.push(...patients.map((one) => first.changeSet(one)));
    const reader = await join();
    const beginning = await reader.ask('snapshot', { at: null, cursor: null, maxBytes: 1 });
    await first.push(first.changeSet(edited(patients[5]!, { address: '改过的地址' })), first.changeSet(patient()));
    const documents = [...beginning.documents];
    for (let { cursor } = beginning; cursor !== null; ) {
      const page = await reader.ask('snapshot', { at: beginning.at, cursor, maxBytes: 1 });
      documents.push(...page.documents);
      cursor = page.cursor;
    }
    expect(documents.filter(({ collection }) => collection === 'patients').map(({ rev }) => rev)).toEqual(patients.map(({ rev }) => rev));
    reader.position = beginning.at;
    for (const document of documents) reader.documents.set(`${document.collection}/${document.id}`, document);
    await reader.pull();
    await expectOneTruth(reader, reader.documents.values());
  });

  it('tells a workstation that was moved nothing of the page that was read ahead for it', async () => {
    const { first, join, service, adminId } = await open({ limits: { pageBytes: 1 } });
    const [moved, elsewhere] = [await join(), await join(v7())];
    await first.push(...Array.from({ length: 3 }, () => first.changeSet(patient())));
    await moved.hello();
    const { at, cursor: behindSite } = await moved.ask('snapshot', { at: null, cursor: null, maxBytes: 1 });
    const { cursor } = await moved.ask('snapshot', { at, cursor: behindSite, maxBytes: 1 });
    await service.administer('move', first.token, { actorId: adminId, deviceId: moved.enrolment.deviceId, siteId: elsewhere.enrolment.siteId });
    await moved.hello();
    const { documents } = await moved.ask('snapshot', { at, cursor, maxBytes: 1 });
    expect(documents.filter(({ collection }) => collection === 'patients')).toEqual([]);
  });

  it('names the revs of a bucket as its digest counts them', async () => {
    const { first, join } = await open();
    const reader = await join();
    const one = patient();
    await first.push(first.changeSet(one));
    const bucket = Number.parseInt(one.id.slice(-2), 16);
    expect(await reader.ask('bucket', { collection: 'patients', bucket })).toEqual({ position: 2, revs: [{ id: one.id, rev: one.rev }] });
    expect((await reader.ask('bucket', { collection: 'patients', bucket: (bucket + 1) % 256 })).revs).toEqual([]);
  });

  it('shows current documents in the plain views that analysts expect', async () => {
    const { first, database } = await open();
    const one = patient({ birthday: undefined, estimatedBirthYear: 1950 });
    const visit = record(one.id);
    await first.push(first.changeSet(one, visit, patient()), first.changeSet(edited(one, { address: '南京路 2 号' })), first.changeSet(edited(visit, {}, { deleted: true })));
    const [row] = await database.rows<Record<string, unknown>>('SELECT * FROM patients WHERE id = ?', [one.id]);
    expect(row).toEqual({ id: one.id, name: '王小明', gender: 'male', age: new Date().getUTCFullYear() - 1950, birthday: null, address: '南京路 2 号', phone: null });
    expect(await database.rows('SELECT id FROM patients')).toHaveLength(2);
    expect(await database.rows('SELECT * FROM medical_records')).toEqual([]);
  });
});
