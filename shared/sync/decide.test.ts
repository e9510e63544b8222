import { describe, expect, it } from 'vitest';
import type { ConflictContent } from '../schema/conflict.ts';
import { decideChangeSet, type Decision, type Lookup, type Version } from './decide.ts';
import type { ChangeSet, WireDocument } from './protocol.ts';
import { validateDocument } from './validate.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const patientId = id(900);
const at = '2026-01-01T00:00:00.000Z';

const patient = (rev: number, baseRev: string | null, content: Record<string, unknown> | null, deleted = false): WireDocument => ({
  collection: 'patients', id: patientId, rev: id(rev), baseRev, deleted, createdAt: at, updatedAt: at, updatedBy: 'u1',
  content: content && { name: 'Ann', gender: 'female', medicalRecordNumber: 'M1', ...content },
});
const changeSet = (n: number, ...documents: WireDocument[]): ChangeSet => ({ id: id(500 + n), action: 'patient.updated', actorId: 'u1', deviceId: id(700 + n), wallTime: at, documents });

/** What a server keeps, as small as can be. */
function memory() {
  const versions: (Version & { branch: boolean })[] = [];
  const lookup: Lookup = {
    current: (collection, documentId) => versions.findLast((version) => version.collection === collection && version.id === documentId && !version.branch),
    byRev: (collection, documentId, rev) => versions.find((version) => version.collection === collection && version.id === documentId && version.rev === rev),
  };
  const take = (set: ChangeSet): Decision => {
    const decision = decideChangeSet(set, lookup);
    for (const { document, branch } of decision.writes) versions.push({ ...document, branch });
    return decision;
  };
  return { versions, lookup, take };
}
const conflicts = <Kept extends Version>(versions: Kept[]) => versions.filter(({ collection }) => collection === 'conflicts');
const contentOf = (version: Version | undefined) => version?.content as unknown as ConflictContent;

/** Two edits of one address over the same version, in the order given. */
function clash(order: [number, number] = [0, 1]) {
  const server = memory();
  server.take(changeSet(0, patient(1, null, { address: 'old' })));
  const edits = [changeSet(1, patient(2, id(1), { address: 'A' })), changeSet(2, patient(3, id(1), { address: 'B' }))] as const;
  server.take(edits[order[0]] as ChangeSet);
  server.take(edits[order[1]] as ChangeSet);
  return server;
}

describe('deciding a push', () => {
  it('takes a version written over the current one', () => {
    const { take, lookup } = memory();
    take(changeSet(0, patient(1, null, {})));
    const decision = take(changeSet(1, patient(2, id(1), { address: 'new' })));
    expect(decision).toMatchObject({ merged: [], repeated: [], writes: [{ branch: false }] });
    expect(lookup.current('patients', patientId)?.rev).toBe(id(2));
  });

  it('writes nothing for a repeat, of a version that was merged away too', () => {
    const { take } = clash();
    for (const repeat of [changeSet(1, patient(2, id(1), { address: 'A' })), changeSet(2, patient(3, id(1), { address: 'B' }))]) {
      expect(take(repeat)).toMatchObject({ writes: [], merged: [], repeated: [{ id: patientId }] });
    }
  });

  it('applies the part of a change set that another workstation did not bring back', () => {
    const { take } = memory();
    const other = { ...patient(5, null, {}), id: id(901) };
    take(changeSet(0, other));
    expect(take(changeSet(0, other, patient(1, null, {})))).toMatchObject({ repeated: [{ id: id(901) }], writes: [{ document: { id: patientId } }] });
  });

  it('keeps what it merged away as the base of what is still to come over it', () => {
    const server = memory();
    server.take(changeSet(0, patient(1, null, { address: 'old', phone: '1' })));
    server.take(changeSet(1, patient(2, id(1), { address: 'A', phone: '1' })));
    server.take(changeSet(2, patient(3, id(1), { address: 'old', phone: '2' })));
    server.take(changeSet(2, patient(4, id(3), { address: 'old', phone: '22' })));
    expect(server.lookup.current('patients', patientId)?.content).toMatchObject({ address: 'A', phone: '22' });
    expect(conflicts(server.versions)).toEqual([]);
  });

  it('writes a clash down with both values, who and where, as a document of the patient', () => {
    const { versions } = clash();
    const [conflict] = conflicts(versions);
    expect(contentOf(conflict)).toMatchObject({
      collection: 'patients', documentId: patientId, patientId, status: 'open',
      sides: [{ rev: id(2), deviceId: id(701) }, { rev: id(3), deviceId: id(702) }],
      clashes: [{ path: 'address', values: [{ value: 'A' }, { value: 'B' }], kept: 1 }],
    });
    const { deviceId: _deviceId, branch: _branch, ...document } = conflict!;
    expect(validateDocument(document)).toBeUndefined();
  });

  it('comes to the same revs whichever edit arrives first', () => {
    const [one, two] = [clash([0, 1]), clash([1, 0])];
    expect(one.lookup.current('patients', patientId)?.rev).toBe(two.lookup.current('patients', patientId)?.rev);
    expect(conflicts(one.versions).map(({ id: conflictId, rev, content }) => ({ conflictId, rev, content })))
      .toEqual(conflicts(two.versions).map(({ id: conflictId, rev, content }) => ({ conflictId, rev, content })));
  });

  it('does not open a settled clash again when a restored server meets it anew', () => {
    const [conflict] = conflicts(clash().versions);
    const restored = memory();
    restored.take(changeSet(0, patient(1, null, { address: 'old' })));
    const { deviceId: _deviceId, branch: _branch, ...document } = conflict!;
    restored.take(changeSet(9, { ...document, rev: id(77), baseRev: document.rev, content: { ...document.content, status: 'settled' } }));
    restored.take(changeSet(1, patient(2, id(1), { address: 'A' })));
    restored.take(changeSet(2, patient(3, id(1), { address: 'B' })));
    expect(restored.lookup.current('conflicts', document.id)).toMatchObject({ rev: id(77), content: { status: 'settled' } });
  });

  it('lets nothing come over a purged document, and keeps nothing of what tried', () => {
    const { take, lookup, versions } = memory();
    take(changeSet(0, patient(1, null, { address: 'old' })));
    take(changeSet(1, patient(2, id(1), null, true)));
    take(changeSet(2, patient(3, id(1), { address: 'late' })));
    take(changeSet(2, patient(4, id(2), { address: 'over the purge' })));
    expect(lookup.current('patients', patientId)).toMatchObject({ content: null, deleted: true });
    expect(JSON.stringify(versions)).not.toMatch(/late|over the purge/);
  });

  it('purges a document that somebody else wrote on meanwhile', () => {
    const { take, lookup } = memory();
    take(changeSet(0, patient(1, null, {})));
    take(changeSet(1, patient(2, id(1), { address: 'new' })));
    take(changeSet(2, patient(3, id(1), null, true)));
    expect(lookup.current('patients', patientId)?.content).toBeNull();
  });

  it('takes a document whose earlier versions a restored server lost', () => {
    const { take, lookup } = memory();
    take(changeSet(1, patient(2, id(1), { address: 'new' })));
    expect(lookup.current('patients', patientId)?.rev).toBe(id(2));
  });
});

describe('checking a document', () => {
  it('refuses a collection that nobody knows, by any name', () => {
    for (const collection of ['constructor', 'toString', 'drafts', 'somethingNewer']) {
      expect(validateDocument({ ...patient(1, null, {}), collection })).toBe('unknown-collection');
    }
  });
  it('takes fields that a newer version wrote, and refuses what breaks its schema', () => {
    expect(validateDocument(patient(1, null, { somethingNewer: { constructor: 1 } }))).toBeUndefined();
    expect(validateDocument(patient(1, null, { name: '' }))).toBe('invalid-document');
    expect(validateDocument(patient(1, null, null))).toBeUndefined();
  });
});
