import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clinicalCollections } from '../schema/clinical.ts';
import { canonicalText, same } from './canonical.ts';
import { mergeVersions, type Side } from './merge.ts';
import { mayFollow } from './policies.ts';
import type { Content } from './content.ts';

const rev = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const side = (n: number, content: Content): Side => ({ rev: rev(n), deleted: false, content });
const base = (content: Content) => ({ content, deleted: false });

const texts = fc.constantFrom('rash', 'hives', 'cough\nfever\nchills', 'cough\nfever\nsweats', 'coughing\nfever\nchills');
const concept = fc.record({ text: texts });
const reactions = fc.uniqueArray(fc.record({ manifestation: texts }), { maxLength: 3, selector: canonicalText });
/** A chart's entries as people write them, few values each, so that edits meet. */
const contents: fc.Arbitrary<Content> = fc.record(
  {
    code: concept, note: texts, valueString: texts, reaction: reactions, statusReason: texts,
    clinicalStatus: fc.constantFrom('active', 'inactive', 'resolved'),
    verificationStatus: fc.constantFrom('confirmed', 'refuted', 'entered-in-error', 'somethingNewer'),
    criticality: fc.constantFrom('low', 'high'),
  },
  { requiredKeys: [] },
);
const collection = fc.constantFrom(...clinicalCollections);
const signature = { userId: 'someone', name: 'Someone', at: '2026-03-02T09:00:00.000Z' };

/** Every text within a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? value.split('\n') : value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];

describe('merging what a chart is made of', () => {
  it('commutes: it does not matter which side comes first', () => {
    fc.assert(fc.property(collection, contents, contents, contents, (name, before, one, two) => {
      expect(mergeVersions(name, base(before), side(1, one), side(2, two))).toEqual(mergeVersions(name, base(before), side(2, two), side(1, one)));
    }));
  });

  it('is idempotent: the same once more changes nothing', () => {
    fc.assert(fc.property(collection, contents, contents, (name, before, one) => {
      expect(mergeVersions(name, base(before), side(1, one), side(2, one))).toEqual({ content: one, deleted: false, clashes: [] });
    }));
  });

  /** Each of three people edits fields that the others leave alone; sets are everybody's. */
  const threeEdits = fc
    .tuple(contents, contents, contents, contents, fc.array(fc.constantFrom(0, 1, 2), { minLength: 8, maxLength: 8 }))
    .map(([before, ...rest]) => {
      const [owners, edits] = [rest[3], rest.slice(0, 3) as Content[]];
      const fields = ['code', 'note', 'valueString', 'statusReason', 'clinicalStatus', 'verificationStatus', 'criticality'];
      const edited = (person: number): Content => {
        const own = fields.filter((field, index) => owners[index] === person && edits[person]?.[field] !== undefined);
        return { ...before, ...Object.fromEntries(own.map((field) => [field, edits[person]?.[field]])), reaction: edits[person]?.['reaction'] ?? before['reaction'] ?? [] };
      };
      return { before: { ...before, reaction: before['reaction'] ?? [] }, people: [edited(0), edited(1), edited(2)] as const };
    });

  it('associates: three edits come to the same in whatever order they meet', () => {
    fc.assert(fc.property(fc.constantFrom('allergyIntolerances', 'conditions', 'observations', 'immunizations'), threeEdits, (name, { before, people: [a, b, c] }) => {
      fc.pre(name === 'allergyIntolerances' || [a, b, c].every(({ reaction }) => same(reaction, before.reaction)));
      const merge = (one: Content, two: Content) => mergeVersions(name, base(before), side(1, one), side(2, two)).content ?? {};
      const sorted = (content: Content) => canonicalText({ ...content, reaction: (content['reaction'] as unknown[]).map(canonicalText).sort() });
      expect(sorted(merge(merge(a, b), c))).toBe(sorted(merge(a, merge(b, c))));
    }));
  });

  it('loses no clinical text: what the result does not show is in a clash, unless somebody took it out', () => {
    fc.assert(fc.property(collection, contents, contents, contents, (name, before, one, two) => {
      const { content, clashes } = mergeVersions(name, base(before), side(1, one), side(2, two));
      const kept = new Set([...textsIn(content), ...clashes.flatMap(({ values }) => textsIn(values))]);
      const [old, left, right] = [before, one, two].map((written) => new Set(textsIn(written))) as [Set<string>, Set<string>, Set<string>];
      for (const text of [...left, ...right]) {
        if (!old.has(text)) expect(kept, text).toContain(text);
      }
    }));
  });

  it('shows the graver of two edits of an allergy, whoever saved later, and keeps the other beside it', () => {
    const before = { clinicalStatus: 'inactive', criticality: 'low' };
    for (const [active, resolved] of [[1, 2], [2, 1]] as const) {
      const merged = mergeVersions('allergyIntolerances', base(before), side(active, { ...before, clinicalStatus: 'active' }), side(resolved, { ...before, clinicalStatus: 'resolved' }));
      expect(merged.content).toMatchObject({ clinicalStatus: 'active' });
      expect(merged.clashes.map(({ path, values }) => [path, values.map(({ value }) => value).sort()])).toEqual([['clinicalStatus', ['active', 'resolved']]]);
    }
  });

  it('unites the reactions that two people added', () => {
    const [rash, hives, swelling] = ['rash', 'hives', 'swelling'].map((manifestation) => ({ manifestation })) as [object, object, object];
    const merged = mergeVersions('allergyIntolerances', base({ reaction: [rash] }), side(1, { reaction: [rash, hives] }), side(2, { reaction: [rash, swelling] }));
    expect(merged).toMatchObject({ content: { reaction: [hives, rash, swelling] }, clashes: [] });
  });

  it('never puts a signed order together, and lets nothing follow it but its course', () => {
    const order = { medicationCodeableConcept: { text: 'Amoxicillin' }, status: 'active', signature };
    fc.assert(fc.property(fc.constantFrom('medicationRequests', 'serviceRequests'), contents, contents, (name, one, two) => {
      const [left, right] = [{ ...order, ...one }, { ...order, ...two }];
      const { content } = mergeVersions(name, base(order), side(1, left), side(2, right));
      expect([left, right].some((version) => same(version, content))).toBe(true);
    }));
    expect(mayFollow('medicationRequests', order, { ...order, status: 'stopped', statusReason: 'Rash' })).toBe(true);
    expect(mayFollow('medicationRequests', order, { ...order, medicationCodeableConcept: { text: 'Azithromycin' } })).toBe(false);
    expect(mayFollow('serviceRequests', order, { ...order, status: 'draft' })).toBe(false);
  });
});
