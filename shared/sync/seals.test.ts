import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideChangeSet, type Decision } from './decide.ts';
import type { Lookup, Version } from './version.ts';
import { lookupKeys } from './policies.ts';
import type { ChangeSet, WireDocument } from './protocol.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [patientId, recordId, observationId] = [id(900), id(901), id(902)];
const at = '2026-01-01T00:00:00.000Z';
const signature = { userId: 'someone', name: 'Someone', at };

const version = (collection: string, documentId: string, rev: number, base: number | null, content: Record<string, unknown> | null, deleted = false): WireDocument => ({
  collection, id: documentId, rev: id(rev), baseRev: base === null ? null : id(base), deleted, createdAt: at, updatedAt: at, updatedBy: 'u1', content: content && { patientId, ...content },
});
const record = (rev: number, base: number | null, content: Record<string, unknown> | null, deleted = false) =>
  version('medicalRecords', recordId, rev, base, content && { status: 'signed', signature, diagnosis: 'Flu', ...content }, deleted);
const amendment = { status: 'amended', diagnosis: 'Influenza A', amendments: [{ ...signature, reason: 'Typed', overRev: id(1) }] };
const pulse = (rev: number, base: number | null, content: Record<string, unknown>, deleted = false) =>
  version('observations', observationId, rev, base, { status: 'final', valueString: '72', ...content }, deleted);
const entry = (collection: string, documentId: string, rev: number) => ({ collection, id: documentId, rev: id(rev), hash: '0'.repeat(64) });
const seal = (rev: number, base: number | null, content: Record<string, unknown>) =>
  version('archivedCharts', recordId, rev, base, { chart: 'medicalRecords', kind: 'outpatient', period: { start: '2026-01-01', end: '2026-01-01' }, signature, ...content });
const sealed = seal(10, null, { entry: [entry('medicalRecords', recordId, 1), entry('observations', observationId, 5)] });
let sets = 0;
const changeSet = (...documents: WireDocument[]): ChangeSet => ({ id: id(500 + (sets += 1)), action: 'record.updated', actorId: 'u1', deviceId: id(700), wallTime: at, documents });

/** A server as small as can be. */
function server(...taken: WireDocument[][]) {
  const versions: (Version & { branch: boolean })[] = [];
  const standing = () => [...new Map(versions.filter(({ branch }) => !branch).map((one) => [`${one.collection}/${one.id}`, one])).values()];
  const lookup: Lookup = {
    current: (collection, documentId) => standing().find((one) => one.collection === collection && one.id === documentId),
    byRev: (_collection, _id, rev) => versions.find((one) => one.rev === rev),
    conflictsOf: (collection, documentId) => standing().filter(({ content }) => content?.['collection'] === collection && content['documentId'] === documentId),
    sharing: (collection, keys) => standing().filter((one) => one.collection === collection && one.content !== null && lookupKeys(collection, one.content).some((key) => keys.includes(key))),
  };
  const take = (...documents: WireDocument[]): Decision => {
    const decision = decideChangeSet(changeSet(...documents), lookup);
    for (const { document, branch } of decision.writes) versions.push({ ...document, branch });
    return decision;
  };
  for (const documents of taken) take(...documents);
  return { take, standing, current: (collection: string, documentId: string) => lookup.current(collection, documentId) };
}
const conflictsOf = ({ standing }: ReturnType<typeof server>) => standing().filter(({ collection }) => collection === 'conflicts');
const sealedServer = () => server([record(1, null, {}), pulse(5, null, {})], [sealed]);

describe('a sealed chart, where changes from elsewhere meet it', () => {
  it('stands as it was sealed against an edit that was made offline, and the edit waits in the inbox', () => {
    const central = sealedServer();
    const { merged } = central.take(pulse(6, 5, { valueString: '27' }));
    expect(merged).toHaveLength(1);
    expect(central.current('observations', observationId)?.content).toMatchObject({ valueString: '72' });
    expect(conflictsOf(central)).toMatchObject([{ content: { collection: 'observations', documentId: observationId, status: 'open', patientId } }]);
    expect(JSON.stringify(conflictsOf(central))).toContain('"27"');
  });

  it('is not thrown away: whoever did so is asked', () => {
    const central = sealedServer();
    central.take(record(2, 1, {}, true));
    expect(central.current('medicalRecords', recordId)).toMatchObject({ deleted: false, content: { diagnosis: 'Flu' } });
    expect(conflictsOf(central)).toMatchObject([{ content: { clashes: [{ path: 'deleted' }] } }]);
    central.take({ ...sealed, rev: id(11), baseRev: id(10), deleted: true });
    expect(central.current('archivedCharts', recordId)).toMatchObject({ deleted: false });
  });

  it('is amended by who says so, and what was measured by mistake still says so', () => {
    const central = sealedServer();
    expect(central.take(record(2, 1, amendment), pulse(6, 5, { status: 'entered-in-error', note: 'Of the wrong arm' })).merged).toEqual([]);
    expect(central.current('medicalRecords', recordId)?.content).toMatchObject({ diagnosis: 'Influenza A' });
    expect(central.current('observations', observationId)?.content).toMatchObject({ status: 'entered-in-error' });
    // What was made over the amendment is under the seal as well.
    central.take(record(3, 2, { ...amendment, diagnosis: 'Common cold' }));
    expect(central.current('medicalRecords', recordId)?.content).toMatchObject({ diagnosis: 'Influenza A' });
    expect(conflictsOf(central)).toHaveLength(1);
  });

  it('is not purged, nor is a patient who has one: the whole change set is refused and nothing of it lands', () => {
    const central = sealedServer();
    for (const purge of [record(2, 1, null, true), version('patients', patientId, 20, null, null, true), { ...sealed, rev: id(11), baseRev: id(10), content: null, deleted: true }]) {
      expect(central.take(version('conditions', id(903), 30, null, { code: { text: 'x' } }), purge)).toEqual({ writes: [], merged: [], repeated: [], refusal: 'chart-sealed' });
    }
    expect(server([record(1, null, {})]).take(record(2, 1, null, true)).writes).toHaveLength(1);
  });

  it('keeps what came before the seal did, and takes the versions that it names in whatever order they come', () => {
    const raced = server([record(1, null, {}), pulse(5, null, {})], [pulse(6, 5, { valueString: '27' })], [sealed]);
    expect(raced.current('observations', observationId)?.content).toMatchObject({ valueString: '27' });
    raced.take(pulse(7, 6, { valueString: '99' }));
    expect(raced.current('observations', observationId)?.content).toMatchObject({ valueString: '27' });
    const restored = server([pulse(4, null, { valueString: '60' })], [sealed], [pulse(5, 4, {})], [pulse(6, 5, { valueString: '27' })]);
    expect(restored.current('observations', observationId)?.content).toMatchObject({ valueString: '72' });
  });

  it('moves to another shelf, and is sealed anew only by who says why', () => {
    const { content } = sealed;
    const moved = { ...content, location: 'Shelf 4' };
    const other = { ...moved, entry: [entry('medicalRecords', recordId, 1)] };
    const central = sealedServer();
    expect(central.take(seal(11, 10, moved)).merged).toEqual([]);
    expect(central.take(seal(12, 11, other)).merged).toHaveLength(1);
    const standing = central.current('archivedCharts', recordId) as Version;
    const anew = { ...other, amendments: [{ ...signature, reason: 'One result came late', overRev: standing.rev }] };
    expect(central.take({ ...seal(13, null, anew), baseRev: standing.rev }).merged).toEqual([]);
    expect(central.current('archivedCharts', recordId)?.content).toMatchObject({ entry: [{ id: recordId }] });
  });

  it('leaves other documents alone: a sealed one shows the same whatever is written at it in whatever order', () => {
    const values = fc.record({ valueString: fc.constantFrom('1', '2', '72'), deleted: fc.boolean(), over: fc.constantFrom(5, 40, 41, 42) });
    fc.assert(fc.property(fc.array(values, { maxLength: 5 }), (edits) => {
      const central = sealedServer();
      edits.forEach(({ valueString, deleted, over }, index) => central.take(pulse(40 + index, over, { valueString }, deleted)));
      const stands = central.current('observations', observationId);
      expect(stands).toMatchObject({ deleted: false, content: { valueString: '72' } });
      const kept = JSON.stringify(conflictsOf(central).map((one) => one.content));
      const known = new Set<string>(['72']);
      // An edit that says what was there before it says nothing new.
      for (const { valueString } of edits) if (!known.has(valueString)) expect(kept).toContain(`"valueString":"${valueString}"`);
      expect(central.take({ ...pulse(60, null, { valueString: 'other' }), id: id(950) }).merged).toEqual([]);
    }));
  });
});
