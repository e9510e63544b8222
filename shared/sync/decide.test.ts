import { describe, expect, it } from 'vitest';
import type { ConflictContent } from '../schema/conflict.ts';
import { decideChangeSet, type Decision } from './decide.ts';
import type { Lookup, Version } from './version.ts';
import { policyOf } from './policies.ts';
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
    conflictsOf: (collection, documentId) =>
      [...new Map(versions.filter((version) => version.collection === 'conflicts' && !version.branch).map((version) => [version.id, version])).values()].filter(
        ({ content }) => content?.['collection'] === collection && content['documentId'] === documentId,
      ),
    sharing: (collection, keys) => {
      const current = new Map(versions.filter((version) => version.collection === collection && !version.branch).map((version) => [version.id, version]));
      return [...current.values()].filter(({ content }) => content !== null && policyOf(collection).exclusion?.keys(content).some((key) => keys.includes(key)));
    },
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

  it('asks once about two values, though a restored server meets its own merge before what it was made of', () => {
    const server = clash();
    const merge = server.lookup.current('patients', patientId)!;
    const { deviceId: _deviceId, ...conflict } = conflicts(server.versions)[0]!;
    const plain = ({ branch: _branch, deviceId: _by, ...version }: Version & { branch?: boolean }): WireDocument => version;
    const edits = [changeSet(1, patient(2, id(1), { address: 'A' })), changeSet(2, patient(3, id(1), { address: 'B' }))] as const;
    const received = changeSet(3, plain(merge), plain({ ...conflict, deviceId: id(1) }));
    for (const order of [[edits[0], received, edits[1]], [edits[1], received, edits[0]], [edits[1], edits[0], received]]) {
      const restored = memory();
      restored.take(changeSet(0, patient(1, null, { address: 'old' })));
      for (const set of order) restored.take(set);
      const current = new Set(conflicts(restored.versions).map(({ id: conflictId }) => conflictId));
      expect(current).toEqual(new Set([conflict.id]));
    }
  });

  it('asks again where the same two values clash another time, after they were settled', () => {
    const server = clash();
    const [first] = conflicts(server.versions);
    const { deviceId: _deviceId, branch: _branch, ...document } = first!;
    server.take(changeSet(4, { ...document, rev: id(77), baseRev: document.rev, content: { ...document.content, status: 'settled' } }));
    const merge = server.lookup.current('patients', patientId)!;
    server.take(changeSet(5, patient(20, merge.rev, { address: 'third' })));
    server.take(changeSet(6, patient(21, id(20), { address: 'A' })));
    server.take(changeSet(7, patient(22, id(20), { address: 'B' })));
    expect(new Set(conflicts(server.versions).map(({ id: conflictId }) => conflictId)).size).toBe(2);
  });

  it('asks once where values clash another time on two servers, on each with another version of what stands there', () => {
    const ids = [31, 32].map((rev) => {
      const server = clash();
      const { deviceId: _deviceId, branch: _branch, ...document } = conflicts(server.versions)[0]!;
      server.take(changeSet(4, { ...document, rev: id(77), baseRev: document.rev, content: { ...document.content, status: 'settled' } }));
      server.take(changeSet(5, patient(20, server.lookup.current('patients', patientId)!.rev, { address: 'third' })));
      server.take(changeSet(6, patient(rev, id(20), { address: 'A' })));
      server.take(changeSet(7, patient(22, id(20), { address: 'B' })));
      return conflicts(server.versions).at(-1)!.id;
    });
    expect(ids[0]).toBe(ids[1]);
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

describe('a signed record', () => {
  const signature = { userId: 'u1', name: 'Li', at };
  const record = (rev: number, baseRev: string | null, content: Record<string, unknown>, deleted = false): WireDocument => ({
    ...patient(rev, baseRev, null, deleted), collection: 'medicalRecords', content: { patientId, status: 'draft', diagnosis: 'flu', ...content },
  });
  const signed = () => {
    const server = memory();
    server.take(changeSet(0, record(1, null, {})));
    server.take(changeSet(1, record(2, id(1), { status: 'signed', signature })));
    return { ...server, current: () => server.lookup.current('medicalRecords', patientId) };
  };
  const amendment = (n: number) => ({ ...signature, reason: `reason ${n}`, overRev: id(n) });

  it('stands against a draft, or another text under the same signature, that was written over it: both are in the inbox', () => {
    for (const content of [{ diagnosis: 'cold' }, { status: 'signed', signature, diagnosis: 'cold' }, { status: 'amended', signature, diagnosis: 'cold' }]) {
      const { take, current, versions } = signed();
      take(changeSet(2, record(3, id(2), content)));
      expect(current()).toMatchObject({ content: { status: 'signed', diagnosis: 'flu' } });
      const [clashed] = contentOf(conflicts(versions)[0]).clashes;
      expect(clashed).toMatchObject({ path: '' });
      expect(JSON.stringify(clashed?.values)).toContain('cold');
      expect(clashed?.values[clashed.kept].value).toMatchObject({ diagnosis: 'flu' });
    }
  });

  it('is amended, and amended again, but no amendment is taken out or put under another name', () => {
    const { take, current, versions } = signed();
    take(changeSet(2, record(3, id(2), { status: 'amended', signature, diagnosis: 'cold', amendments: [amendment(2)] })));
    take(changeSet(2, record(4, id(3), { status: 'amended', signature, diagnosis: 'measles', amendments: [amendment(2), amendment(3)] })));
    expect(current()?.rev).toBe(id(4));
    expect(conflicts(versions)).toEqual([]);
    take(changeSet(2, record(5, id(4), { status: 'amended', signature, diagnosis: 'x', amendments: [amendment(3), amendment(2), amendment(4)] })));
    take(changeSet(2, record(6, id(4), { status: 'amended', signature: { ...signature, name: 'Wang' }, diagnosis: 'y', amendments: [amendment(2), amendment(3), amendment(4)] })));
    expect(current()).toMatchObject({ content: { diagnosis: 'measles' } });
    expect(conflicts(versions)).toHaveLength(2);
  });

  it('is thrown away, taken back and purged as it is', () => {
    const { take, current, versions } = signed();
    take(changeSet(2, record(3, id(2), { status: 'signed', signature }, true)));
    take(changeSet(2, record(4, id(3), { status: 'signed', signature })));
    expect(current()).toMatchObject({ rev: id(4), deleted: false });
    take(changeSet(2, { ...record(5, id(4), {}, true), content: null }));
    expect(current()).toMatchObject({ rev: id(5), content: null });
    expect(conflicts(versions)).toEqual([]);
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
