import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PatientContent } from '../../../shared/schema/patient.ts';
import { countInto, emptyDigest } from '../../../shared/sync/digest.ts';
import type { ChangeSet, PositionedDocument, PulledChangeSet, WireDocument } from '../../../shared/sync/protocol.ts';
import { openConnection } from '../connection.ts';
import { environmentWith, systemClock } from '../environment.ts';
import { listVersions } from '../history.ts';
import { migrate } from '../migrate.ts';
import { searchPatients } from '../search.ts';
import { Store } from '../store.ts';
import { StoreReplica } from './replica.ts';

const actor = { id: '01890000-0000-7000-8000-000000000001', name: 'Dr Test' };
const key = new Uint8Array(32).fill(3);
const environment = environmentWith(systemClock);
const { newId } = environment;
const otherDevice = newId();
const epoch = newId();
const site = newId();
let folder: string;
let store: Store;
let replica: StoreReplica;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-replica-'));
  const connection = openConnection(join(folder, 'outpost.db'), key);
  migrate(connection);
  store = new Store(connection, environment);
  replica = new StoreReplica(store);
  replica.adoptEpoch(epoch, null);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const content = (name: string): PatientContent => ({ name, gender: 'male', medicalRecordNumber: `02-${name}` });
const create = (name: string) => store.commit({ actor, action: 'patient.created' }, (t) => t.create('patients', content(name)));
const update = (id: string, name: string) =>
  store.commit({ actor, action: 'patient.updated' }, (t) => t.update('patients', id, content(name), { over: store.get('patients', id)?.rev ?? '' }));
const nameOf = (id: string) => store.get('patients', id)?.name;

/** A version as the server tells it. */
function version(name: string, over: Partial<WireDocument> = {}): WireDocument {
  const at = '2026-03-02T09:00:00.000Z';
  const fields = { ...content(name) } as WireDocument['content'];
  return { collection: 'patients', id: newId(), rev: newId(), baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: actor.id, content: fields, ...over };
}
const told = (position: number, documents: WireDocument[], more: Partial<PulledChangeSet> = {}): PulledChangeSet => ({
  id: newId(), action: 'patient.updated', actorId: actor.id, deviceId: otherDevice, wallTime: '2026-03-02T09:00:00.000Z',
  documents, position, echoes: [], withdrawn: [], ...more,
});
const pull = (...changeSets: PulledChangeSet[]) => replica.applyPage({ changeSets, position: changeSets.at(-1)?.position ?? 0 });
const positioned = (position: number, document: WireDocument): PositionedDocument => ({ ...document, position });
const sent = (): ChangeSet[] => replica.outgoing(1e9);
const accept = (position: number, landed: { collection: string; id: string; rev: string; position: number }[] = []) => {
  const [first] = sent() as [ChangeSet];
  replica.acknowledge([{ id: first.id, outcome: 'accepted', position, landed }]);
  return first;
};
const refuse = () => {
  const [first] = sent() as [ChangeSet];
  replica.acknowledge([{ id: first.id, outcome: 'rejected', refusal: 'invalid-document' }]);
  return first;
};
/** What digests have to be, from what the store says of each document. */
const countedDigest = () => {
  const digest = emptyDigest();
  for (let bucket = 0; bucket < 256; bucket += 1) {
    for (const { id, rev } of replica.bucket('patients', bucket)) countInto(digest, id, undefined, rev);
  }
  return digest;
};
afterEach(() => expect(replica.digests()['patients']).toEqual(countedDigest()));

test('a save is sent whole, with its audit entry, oldest first, and leaves the outbox once it was accepted', () => {
  const first = create('one');
  create('two');
  const [one, two] = sent() as [ChangeSet, ChangeSet];
  expect(one.documents.map(({ collection }) => collection).sort()).toEqual(['auditEntries', 'patients']);
  expect(one.documents.find(({ collection }) => collection === 'patients')).toMatchObject({ id: first.id, rev: first.rev, baseRev: null, content: { name: 'one' } });
  expect(one.deviceId).toBe(store.deviceId);
  replica.acknowledge([{ id: one.id, outcome: 'accepted', position: 1, landed: [] }]);
  replica.acknowledge([{ id: one.id, outcome: 'accepted', position: 1, landed: [] }]);
  expect(sent().map(({ id }) => id)).toEqual([two.id]);
});

test('at least one change set is sent, however few bytes are asked for', () => {
  create('one');
  create('two');
  expect(replica.outgoing(1)).toHaveLength(1);
});

test('both versions of a document that was saved twice are sent, each with what it was written over', () => {
  const first = create('one');
  const second = update(first.id, 'two');
  const patients = sent().flatMap(({ documents }) => documents.filter(({ collection }) => collection === 'patients'));
  expect(patients.map(({ rev, baseRev }) => [rev, baseRev])).toEqual([[first.rev, null], [second.rev, first.rev]]);
});

test('what arrives is in the store, its history and the search, and the position with it', () => {
  const one = version('王小明');
  pull(told(4, [one]));
  pull(told(5, [version('王大明', { id: one.id, baseRev: one.rev })]));
  expect(nameOf(one.id)).toBe('王大明');
  expect(listVersions(store.connection, 'patients', one.id).map(({ content: { name } }) => name)).toEqual(['王大明', '王小明']);
  expect([searchPatients(store.connection, '小明', 5), searchPatients(store.connection, '大明', 5)].map(({ length }) => length)).toEqual([0, 1]);
  expect(replica.state().position).toBe(5);
});

test('a page that fails in the middle leaves neither documents nor position', () => {
  const good = version('good');
  const broken = { ...version('broken'), createdAt: null } as unknown as WireDocument;
  expect(() => pull(told(4, [good]), told(5, [broken]))).toThrow();
  expect(store.get('patients', good.id)).toBeUndefined();
  expect(replica.state().position).toBe(0);
});

test('a version that stands before what is known is not taken', () => {
  const one = version('late');
  pull(told(7, [one]));
  replica.applyFetched([positioned(6, version('early', { id: one.id }))], []);
  expect(nameOf(one.id)).toBe('late');
});

test('unsent work is never replaced, and what was passed over comes after it landed before that', () => {
  const mine = create('mine');
  const theirs = version('theirs', { id: mine.id });
  pull(told(3, [theirs]));
  expect(nameOf(mine.id)).toBe('mine');
  expect(replica.toFetch(10)).toEqual([]);
  // A reply was lost: the write had landed at 2, before theirs.
  accept(2);
  expect(replica.toFetch(10)).toEqual([{ collection: 'patients', id: mine.id }]);
  replica.applyFetched([positioned(3, theirs)], []);
  expect(nameOf(mine.id)).toBe('theirs');
  expect(replica.toFetch(10)).toEqual([]);
  expect(listVersions(store.connection, 'patients', mine.id).map(({ content: { name } }) => name)).toEqual(['theirs', 'mine']);
});

test('what was passed over is not asked for when the merge stands behind it: that arrives by itself', () => {
  const mine = create('mine');
  pull(told(3, [version('theirs', { id: mine.id })]));
  const merged = version('merged', { id: mine.id });
  accept(5, [{ collection: 'patients', id: mine.id, rev: merged.rev, position: 5 }]);
  expect(replica.toFetch(10)).toEqual([]);
  pull(told(4, [version('between', { id: mine.id })]));
  expect(nameOf(mine.id)).toBe('mine');
  pull(told(5, [merged]));
  expect(nameOf(mine.id)).toBe('merged');
});

test('a merge that was passed over while its reply was lost is asked for', () => {
  const mine = create('mine');
  const merged = version('merged', { id: mine.id });
  const [set] = sent() as [ChangeSet];
  pull(told(5, [merged], { id: set.id, deviceId: store.deviceId }));
  expect(nameOf(mine.id)).toBe('mine');
  accept(5, [{ collection: 'patients', id: mine.id, rev: merged.rev, position: 5 }]);
  expect(replica.toFetch(10)).toEqual([{ collection: 'patients', id: mine.id }]);
  replica.applyFetched([positioned(5, merged)], []);
  expect(nameOf(mine.id)).toBe('merged');
});

test('a document with a later unsent write waits for that one too', () => {
  const mine = create('mine');
  update(mine.id, 'mine again');
  pull(told(3, [version('theirs', { id: mine.id })]));
  accept(2);
  expect(replica.toFetch(10)).toEqual([]);
  const merged = version('merged', { id: mine.id });
  accept(9, [{ collection: 'patients', id: mine.id, rev: merged.rev, position: 9 }]);
  expect(replica.toFetch(10)).toEqual([]);
  pull(told(9, [merged]));
  expect(nameOf(mine.id)).toBe('merged');
});

test('a refused change set waits in quarantine, whole, and its documents go back to what the server has', () => {
  const theirs = version('theirs');
  pull(told(1, [theirs]));
  const mine = update(theirs.id, 'mine');
  const set = refuse();
  expect(sent()).toEqual([]);
  expect(store.connection.prepare('SELECT refusal FROM quarantine').pluck().all()).toEqual(['invalid-document']);
  expect(replica.toFetch(10)).toContainEqual({ collection: 'patients', id: theirs.id });
  replica.applyFetched([positioned(1, theirs)], []);
  expect(nameOf(theirs.id)).toBe('theirs');
  expect(listVersions(store.connection, 'patients', theirs.id).map(({ rev }) => rev)).toContain(mine.rev);
  expect(set.documents.map(({ rev }) => rev)).toContain(mine.rev);
});

test('a refused new document stays on screen and out of the digest', () => {
  const mine = create('mine');
  refuse();
  replica.applyFetched([], replica.toFetch(10));
  expect(nameOf(mine.id)).toBe('mine');
  expect(replica.digests()['patients']).toEqual(emptyDigest());
});

test('an echo notes where our own version stands, and asks for one that is not here', () => {
  const mine = create('mine');
  const set = accept(3);
  const lost = newId();
  pull(told(3, [], { id: set.id, echoes: [{ collection: 'patients', id: mine.id, rev: mine.rev }, { collection: 'patients', id: lost, rev: newId() }] }));
  expect(replica.digests()['patients']).not.toEqual(emptyDigest());
  expect(replica.toFetch(10)).toEqual([{ collection: 'patients', id: lost }]);
});

test('a purged document loses its content and its history, and cannot be seen or restored', () => {
  const one = version('secret');
  pull(told(1, [one]));
  update(one.id, 'secret too');
  accept(2);
  pull(told(3, [version('x', { id: one.id, baseRev: one.rev, content: null })]));
  expect(store.get('patients', one.id)).toBeUndefined();
  expect(JSON.stringify(store.connection.prepare('SELECT * FROM patients').all()) + JSON.stringify(store.connection.prepare('SELECT * FROM revisions').all())).not.toContain('secret');
  expect(searchPatients(store.connection, 'secret', 5)).toEqual([]);
});

test('a snapshot comes page by page, and what it did not tell is dropped with the last one, but for unsent work', () => {
  const [gone, kept, busy] = [version('gone'), version('kept'), version('busy')];
  pull(told(2, [gone, kept, busy]));
  update(busy.id, 'busy here');
  replica.adoptScope({ siteId: site, scopeVersion: 2, workstationNumber: 7 });
  expect(replica.state().snapshot).toEqual({ at: null, cursor: null, received: 0, total: 0 });
  replica.applySnapshotPage({ at: 9, documents: [positioned(2, kept)], cursor: 'next', total: 2 });
  expect(replica.state()).toMatchObject({ position: 2, snapshot: { at: 9, cursor: 'next', received: 1, total: 2 } });
  const fresh = version('fresh');
  replica.applySnapshotPage({ at: 9, documents: [positioned(8, fresh)], cursor: null, total: 2 });
  expect(replica.state()).toMatchObject({ position: 9, snapshot: null });
  expect([gone, kept, busy, fresh].map(({ id }) => nameOf(id))).toEqual([undefined, 'kept', 'busy here', 'fresh']);
  accept(10);
  expect(nameOf(busy.id)).toBeUndefined();
});

test('a document that landed while a snapshot was under way is not taken for out of scope', () => {
  replica.adoptScope({ siteId: site, scopeVersion: 2, workstationNumber: 7 });
  replica.applySnapshotPage({ at: 3, documents: [], cursor: 'next', total: 1 });
  const mine = create('mine');
  accept(4);
  replica.applySnapshotPage({ at: 3, documents: [], cursor: null, total: 1 });
  expect(nameOf(mine.id)).toBe('mine');
});

test('the same scope again begins no snapshot', () => {
  replica.adoptScope({ siteId: site, scopeVersion: 2, workstationNumber: 7 });
  replica.applySnapshotPage({ at: 0, documents: [], cursor: null, total: 0 });
  replica.adoptScope({ siteId: site, scopeVersion: 2, workstationNumber: 7 });
  expect(replica.state().snapshot).toBeNull();
});

test('a patient who leaves the scope goes with everything, after unsent work was sent', () => {
  const one = version('leaves');
  const record = version('x', { collection: 'medicalRecords', content: { patientId: one.id, kind: 'outpatient', status: 'draft' } });
  pull(told(1, [one, record]));
  update(one.id, 'leaves, changed');
  pull(told(2, [], { withdrawn: [one.id] }));
  expect(nameOf(one.id)).toBe('leaves, changed');
  expect(sent()).toHaveLength(1);
  accept(3);
  expect([nameOf(one.id), store.get('medicalRecords', record.id)]).toEqual([undefined, undefined]);
  expect(store.connection.prepare('SELECT count(*) FROM revisions').pluck().get()).toBe(0);
  expect(searchPatients(store.connection, 'leaves', 5)).toEqual([]);
});

test('quarantined work on a patient who leaves the scope is not destroyed', () => {
  const one = version('leaves');
  pull(told(1, [one]));
  update(one.id, 'refused');
  refuse();
  pull(told(2, [], { withdrawn: [one.id] }));
  const waiting = store.connection.prepare('SELECT change_seq FROM quarantine').pluck().get();
  expect(store.connection.prepare('SELECT count(*) FROM patients WHERE change_seq = ?').pluck().get(waiting)).toBe(1);
});

test('a server that was restored is offered everything after the shared place, own and received, in order', () => {
  const mine = create('mine');
  const set = accept(1);
  const received = told(2, [version('theirs')]);
  const later = told(3, [version('theirs changed', { id: received.documents[0]?.id ?? '', baseRev: received.documents[0]?.rev ?? '' })]);
  pull(told(1, [], { id: set.id, echoes: [{ collection: 'patients', id: mine.id, rev: mine.rev }] }), received, later);
  const nextEpoch = newId();
  replica.adoptEpoch(nextEpoch, 1);
  expect(replica.state()).toMatchObject({ epoch: nextEpoch, position: 1 });
  expect(sent()).toEqual([]);
  expect(replica.offers(10)).toEqual([
    { id: received.id, revs: [received.documents[0]?.rev] },
    { id: later.id, revs: [later.documents[0]?.rev] },
  ]);
  replica.noteWanted([later.id]);
  replica.acknowledge([{ id: received.id, outcome: 'accepted', position: 2, landed: [] }]);
  expect(replica.offers(10)).toEqual([]);
  expect(sent().map(({ id, deviceId, documents }) => [id, deviceId, documents])).toEqual([[later.id, otherDevice, later.documents]]);
});

test('what was offered is not replaced by what the restored server has instead', () => {
  const one = version('one');
  const two = version('two', { id: one.id, baseRev: one.rev });
  pull(told(1, [one]), told(2, [two]));
  replica.adoptEpoch(newId(), 1);
  expect(replica.bucket('patients', Number.parseInt(one.id.slice(-2), 16))).toEqual([{ id: one.id, rev: one.rev }]);
  pull(told(2, [version('another two', { id: one.id, baseRev: one.rev })]));
  expect(nameOf(one.id)).toBe('two');
});

test('a version that was passed over is kept: a server that lost it can be offered it', () => {
  const mine = create('mine');
  const theirs = version('theirs', { id: mine.id });
  const received = told(3, [theirs]);
  pull(received);
  replica.adoptEpoch(newId(), 0);
  expect(replica.offers(10)).toEqual([{ id: received.id, revs: [theirs.rev] }]);
  replica.noteWanted([received.id]);
  expect(sent().at(-1)?.documents).toEqual([{ ...theirs, createdAt: store.get('patients', mine.id)?.createdAt }]);
});

test('documents of a snapshot can be offered to a server that lost them', () => {
  const one = version('one');
  replica.adoptScope({ siteId: site, scopeVersion: 1, workstationNumber: 1 });
  replica.applySnapshotPage({ at: 5, documents: [positioned(4, one)], cursor: null, total: 1 });
  replica.adoptEpoch(newId(), 2);
  expect(replica.offers(10).flatMap(({ revs }) => revs)).toEqual([one.rev]);
});

test('a snapshot whose contents come as bytes is kept as one of objects: over what is here, in the search, and purged', () => {
  const [known, fresh, gone] = [version('known'), version('fresh 王'), { ...version('gone'), deleted: true, content: null }];
  pull(told(1, [known]));
  const later = { ...known, rev: newId(), baseRev: known.rev, content: { ...known.content, name: 'later' } };
  replica.adoptScope({ siteId: site, scopeVersion: 2, workstationNumber: 7 });
  const inBytes = (document: WireDocument) => ({ ...positioned(4, document), content: document.content === null ? null : Buffer.from(JSON.stringify(document.content)) });
  replica.applySnapshotPage({ at: 5, documents: [later, fresh, gone].map(inBytes), cursor: null, total: 3 });
  expect([later, fresh, gone].map(({ id }) => nameOf(id))).toEqual(['later', 'fresh 王', undefined]);
  const kept = store.connection.prepare('SELECT content, name_sort, deleted FROM patients WHERE id = ?');
  expect(kept.get(fresh.id)).toMatchObject({ content: JSON.stringify(fresh.content), name_sort: expect.stringContaining('fresh') as string, deleted: 0 });
  expect(kept.get(gone.id)).toMatchObject({ content: 'null', deleted: 1 });
  const found = store.connection.prepare("SELECT rowid FROM patient_trigrams WHERE patient_trigrams MATCH '\"fresh\"'").all();
  expect(found).toHaveLength(1);
});

test('what is offered out of a snapshot fits into messages, photographs and all', () => {
  const documents = Array.from({ length: 30 }, (_, index) => {
    const one = version(`photo ${index}`);
    return positioned(4, { ...one, content: { ...one.content, photo: 'x'.repeat(100_000) } });
  });
  replica.adoptScope({ siteId: site, scopeVersion: 1, workstationNumber: 1 });
  replica.applySnapshotPage({ at: 5, documents, cursor: null, total: 30 });
  replica.adoptEpoch(newId(), 0);
  const offers = replica.offers(10);
  expect(offers.flatMap(({ revs }) => revs).sort()).toEqual(documents.map(({ rev }) => rev).sort());
  replica.noteWanted(offers.map(({ id }) => id));
  for (const set of sent()) expect(JSON.stringify(set).length).toBeLessThan(2_000_000);
});

test('a repair asks for what differs and sends again what only we have', () => {
  const [theirs, ours, busy] = [version('theirs'), version('ours'), version('busy')].map((document, index) => ({ ...document, id: `${document.id.slice(0, -4)}${index}0ff` })) as [WireDocument, WireDocument, WireDocument];
  pull(told(1, [theirs, ours, busy]));
  update(busy.id, 'busy here');
  const missing = `${newId().slice(0, -2)}ff`;
  const answer = [{ id: theirs.id, rev: newId() }, { id: missing, rev: newId() }, { id: busy.id, rev: newId() }];
  expect(replica.repairBucket('patients', 255, answer)).toBe(3);
  const resent = sent().flatMap(({ documents }) => documents.map(({ id }) => id));
  expect(resent).toEqual(expect.arrayContaining([ours.id, theirs.id]));
  while (sent().length > 0) accept(9);
  expect(replica.toFetch(10).map(({ id }) => id).sort()).toEqual([missing, theirs.id].sort());
});

test('a counter moves on in each hello, and a new identity begins its own', () => {
  expect([replica.nextCounter(), replica.nextCounter()]).toEqual([1, 2]);
  create('mine');
  const old = store.deviceId;
  const deviceId = newId();
  replica.adoptIdentity({ deviceId, workstationNumber: 12 });
  expect([replica.state().deviceId, replica.nextCounter()]).toEqual([deviceId, 1]);
  expect(sent().map((set) => set.deviceId)).toEqual([old]);
});

test('what was written here and is in no scope of this workstation any more is asked for, and taken off when it is missing', () => {
  const mine = create('mine');
  accept(3);
  pull(told(4, []));
  expect(replica.toFetch(10)).toEqual([{ collection: 'patients', id: mine.id }]);
  replica.applyFetched([], [{ collection: 'patients', id: mine.id }]);
  expect(nameOf(mine.id)).toBeUndefined();
});

test('the greatest known place counts accepted pushes, and goes back with a restored server', () => {
  create('mine');
  accept(7);
  expect(replica.state()).toMatchObject({ position: 0, knownPosition: 7 });
  replica.adoptEpoch(newId(), 5);
  expect(replica.state().knownPosition).toBe(0);
});

test('what is in quarantine is handed over once more, and offered to a server that was restored', () => {
  create('mine');
  const { id } = refuse();
  replica.handOver();
  expect(sent().map((set) => set.id)).toEqual([id]);
  refuse();
  replica.adoptEpoch(newId(), 0);
  expect(replica.offers(10).map((offer) => offer.id)).toEqual([id]);
});

test('nothing is locked before it was sent', () => {
  create('mine');
  replica.lock();
  expect(replica.state().locked).toBe(false);
});

test('a locked replica stays locked', () => {
  replica.lock();
  expect(new StoreReplica(store).state().locked).toBe(true);
});

test('what turns out to be on the server behind what was read is asked for: it may be out of scope by now', () => {
  const { id } = create('Wei');
  pull(told(5, [version('Ann')]));
  accept(2);
  expect(replica.toFetch(10)).toEqual([{ collection: 'patients', id }]);
  replica.applyFetched([], [{ collection: 'patients', id }]);
  expect(nameOf(id)).toBeUndefined();
});

test('a snapshot that was cut short counts among what is known: it may be of a database that is lost', () => {
  replica.adoptScope({ siteId: site, scopeVersion: 1, workstationNumber: 2 });
  replica.applySnapshotPage({ at: 9, documents: [positioned(7, version('Ann'))], cursor: '7.0', total: 2 });
  expect(replica.state()).toMatchObject({ position: 0, knownPosition: 7 });
});

test('the first snapshot of all drops what the server had all along and does not tell', () => {
  const { id } = create('Wei');
  replica.adoptScope({ siteId: site, scopeVersion: 1, workstationNumber: 2 });
  accept(4);
  replica.applySnapshotPage({ at: 9, documents: [positioned(7, version('Ann'))], cursor: null, total: 1 });
  expect(nameOf(id)).toBeUndefined();
});
