import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, same } from './canonical.ts';
import { mergeVersions, type Side } from './merge.ts';
import { declaredPolicies, policyOf, type FieldPolicy } from './policies.ts';
import type { Content } from './content.ts';
import { replicatedCollections } from './scope.ts';

const rev = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const side = (n: number, content: Content): Side => ({ rev: rev(n), deleted: false, content });
const base = (content: Content) => ({ content, deleted: false });

const word = fc.constantFrom('rash', 'hives', 'fever', 'cough');
/** Few values of each kind, so that edits meet. */
const valueOf: Record<FieldPolicy, fc.Arbitrary<unknown>> = {
  register: word,
  text: fc.array(word, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  object: fc.record({ name: word, phone: word }, { requiredKeys: [] }),
  set: fc.uniqueArray(word, { maxLength: 3 }),
  gravest: fc.constantFrom('active', 'inactive', 'resolved', 'refuted', 'high', 'low'),
  latest: fc.constantFrom('2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z', '2026-03-02T11:00:00.000Z'),
};
/** The fields that a collection's policy names, with some that are registers in each: what only a newer version knows, too. */
const kindsOf = (collection: string): [field: string, kind: FieldPolicy][] => [...Object.entries(policyOf(collection).fields), ['diagnosis', 'register'], ['fieldOfTomorrow', 'register']];
const contentsOf = (collection: string): fc.Arbitrary<Content> => fc.record(Object.fromEntries(kindsOf(collection).map(([field, kind]) => [field, valueOf[kind]])), { requiredKeys: [] });
/** What makes a version one that is never put together: signed, sent, or sealed from the first. */
const signed = fc.constantFrom({}, {}, { status: 'signed', signature: { name: 'Chen' }, sharedChartId: 'copy' });
const writtenIn = (collection: string): fc.Arbitrary<Content> => fc.tuple(contentsOf(collection), signed).map(([content, seal]) => ({ ...content, ...seal }));

const wordsIn = (value: unknown): string[] =>
  typeof value === 'string' ? value.split('\n') : value !== null && typeof value === 'object' ? Object.values(value).flatMap(wordsIn) : [];

it('is declared for every collection that replicates, and for no other', () => {
  expect([...declaredPolicies].sort()).toEqual([...replicatedCollections].sort());
});

it('takes the later of two only of what nobody types', () => {
  const bookkeeping = new Set([
    'observedAt', 'vanishedAt', 'used', 'size', 'calledAt', 'endedAt', 'statusChange', 'received', 'read', 'handedOver', 'returned', 'returnedAt',
    // Of a conflict: who settled it and how, and what two servers found of the same clash.
    'sides', 'clashes', 'choice', 'settledBy', 'settledByName', 'settledAt',
  ]);
  const typed = replicatedCollections.flatMap((name) => Object.entries(policyOf(name).fields).flatMap(([field, kind]) => (kind === 'latest' && !bookkeeping.has(field) ? [`${name}.${field}`] : [])));
  expect(typed).toEqual(['conflicts.status']);
});

describe.each(replicatedCollections)('the policy of %s', (name) => {
  const written = writtenIn(name);

  it('commutes, and the same twice is the same', () => {
    fc.assert(fc.property(written, written, written, (before, one, two) => {
      expect(mergeVersions(name, base(before), side(1, one), side(2, two))).toEqual(mergeVersions(name, base(before), side(2, two), side(1, one)));
      expect(mergeVersions(name, base(before), side(1, one), side(2, one))).toEqual({ content: one, deleted: false, clashes: [] });
    }), { numRuns: 60 });
  });

  it('loses no text: what the result does not show is in a clash', () => {
    const latest = kindsOf(name).flatMap(([field, kind]) => (kind === 'latest' ? [field] : []));
    const typed = (content: Content) => Object.fromEntries(Object.entries(content).filter(([field]) => !latest.includes(field)));
    fc.assert(fc.property(written, written, written, (before, one, two) => {
      const { content, clashes } = mergeVersions(name, base(before), side(1, one), side(2, two));
      const kept = new Set([...wordsIn(content), ...clashes.flatMap(({ values }) => wordsIn(values))]);
      const old = new Set(wordsIn(before));
      expect([one, two].flatMap((version) => wordsIn(typed(version))).filter((text) => !old.has(text) && !kept.has(text))).toEqual([]);
      // Field by field, since a word may also stand in another: an edit is shown, is part of what is shown, or is in a clash.
      for (const [index, version] of [one, two].entries()) {
        for (const [field, kind] of kindsOf(name).filter(([, of]) => of === 'register' || of === 'gravest')) {
          const value = version[field];
          if (value === undefined || same(value, before[field]) || same(value, content?.[field])) continue;
          const held = clashes.some(({ path, values }) => (path === field && same(values[index as 0 | 1].value, value)) || (path === '' && same(values[index as 0 | 1].value, version)));
          expect(held, `${field} (${kind}) of side ${String(index)}`).toBe(true);
        }
      }
    }), { numRuns: 60 });
  });

  it.skipIf(policyOf(name).sealed === undefined)('puts nothing together with what is sealed: one of the two stands whole', () => {
    fc.assert(fc.property(written, written, written, (before, one, two) => {
      const merged = mergeVersions(name, base(before), side(1, one), side(2, two)).content;
      const isSealed = [one, two].some((version) => policyOf(name).sealed?.(version) === true);
      expect(!isSealed || [one, two].some((version) => same(version, merged))).toBe(true);
    }), { numRuns: 60 });
  });

  /** Each of three people edits fields that the others leave alone; sets and bookkeeping are everybody's. */
  const threeEdits = fc.tuple(fc.tuple(contentsOf(name), contentsOf(name), contentsOf(name), contentsOf(name)), fc.array(fc.constantFrom(0, 1, 2), { minLength: 12, maxLength: 12 })).map(([[before, ...edits], owners]) => {
    const edited = (person: number): Content => {
      const own = kindsOf(name).filter(([field, kind], index) => (kind === 'set' || kind === 'latest' || owners[index % 12] === person) && edits[person]?.[field] !== undefined);
      return { ...before, ...Object.fromEntries(own.map(([field]) => [field, edits[person]?.[field]])) };
    };
    return { before, people: [edited(0), edited(1), edited(2)] as const };
  });

  it.skipIf(policyOf(name).sealed?.({}) === true)('associates: three edits come to the same in whatever order they meet', () => {
    fc.assert(fc.property(threeEdits, ({ before, people: [a, b, c] }) => {
      const merge = (one: Content, two: Content) => mergeVersions(name, base(before), side(1, one), side(2, two)).content ?? {};
      expect(canonicalText(merge(merge(a, b), c))).toBe(canonicalText(merge(a, merge(b, c))));
    }), { numRuns: 60 });
  });
});
