import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, same } from './canonical.ts';
import { mergeVersions, type Side } from './merge.ts';
import type { Content } from './content.ts';

const rev = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const version = (n: number, content: Content | null, deleted = false): Side => ({ rev: rev(n), deleted, content });
const base = (content: Content, deleted = false) => ({ content, deleted });

/** Values as people and newer versions write them: absent, emptied, one of few, so that edits meet; and names of the language's own. */
const value = fc.oneof(fc.constantFrom('Ann', 'Bea', '', 'one\ntwo\nthree', 'one\n2\nthree'), fc.integer({ min: 0, max: 2 }), fc.constant(null), fc.constant(undefined));
const contact = fc.option(fc.record({ name: value, phone: value }, { requiredKeys: [] }), { nil: undefined });
const siteIds = fc.option(fc.uniqueArray(fc.constantFrom('s1', 's2', 's3'), { maxLength: 3 }), { nil: undefined });
const contents: fc.Arbitrary<Content> = fc
  .record(
    { name: value, address: value, notes: value, status: fc.constantFrom('draft', 'signed', 'amended'), emergencyContact: contact, siteIds, constructor: value, toString: value },
    { requiredKeys: [] },
  )
  // Absent and undefined are one in JSON.
  .map((content) => JSON.parse(JSON.stringify(content)) as Content);
const collection = fc.constantFrom('patients', 'medicalRecords', 'users', 'sites', 'conflicts', 'somethingNewer');
const side = (n: number) => fc.record({ rev: fc.constant(rev(n)), deleted: fc.boolean(), content: fc.oneof({ weight: 9, arbitrary: contents }, { weight: 1, arbitrary: fc.constant(null) }) });
const common = fc.option(fc.record({ deleted: fc.boolean(), content: contents }), { nil: undefined });

describe('laws of merging', () => {
  it('does not depend on which side comes first', () => {
    fc.assert(fc.property(collection, common, side(1), side(2), (name, before, one, two) => {
      expect(mergeVersions(name, before, one, two)).toEqual(mergeVersions(name, before, two, one));
    }));
  });

  it('does not depend on the order in which a database hands back the keys', () => {
    const turned = (content: Content | null) => content && Object.fromEntries(Object.entries(content).reverse());
    fc.assert(fc.property(collection, common, side(1), side(2), (name, before, one, two) => {
      const again = mergeVersions(name, before && { ...before, content: turned(before.content) }, { ...one, content: turned(one.content) }, { ...two, content: turned(two.content) });
      expect(canonicalText(again)).toBe(canonicalText(mergeVersions(name, before, one, two)));
    }));
  });

  it('gives one edit back as it is when the other side did nothing', () => {
    fc.assert(fc.property(collection, contents, fc.boolean(), side(1), (name, content, deleted, edited) => {
      const merged = mergeVersions(name, { content, deleted }, edited, { rev: rev(2), content, deleted });
      if (edited.content === null) expect(merged).toEqual({ content: null, deleted: true, clashes: [] });
      else expect(merged).toEqual({ content: edited.content, deleted: edited.deleted, clashes: [] });
    }));
  });

  it('gives the same edit on both sides back without a clash', () => {
    fc.assert(fc.property(collection, common, contents, fc.boolean(), (name, before, content, deleted) => {
      expect(mergeVersions(name, before, version(1, content, deleted), version(2, content, deleted))).toEqual({ content, deleted, clashes: [] });
    }));
  });

  it('hides no value that somebody wrote: what the result does not show is in a clash', () => {
    fc.assert(fc.property(fc.constantFrom('users', 'medicalRecords', 'somethingNewer'), common, side(1), side(2), (name, before, one, two) => {
      const merged = mergeVersions(name, before, one, two);
      if (merged.content === null) return;
      for (const [index, { content }] of [one, two].entries()) {
        for (const [field, written] of Object.entries(content ?? {})) {
          const old = before !== undefined && Object.hasOwn(before.content, field) ? before.content[field] : undefined;
          if (same(written, old) || same(written, merged.content[field])) continue;
          const held = merged.clashes.some(({ path, values }) =>
            (path === field && same(values[index as 0 | 1].value, written)) || (path === '' && same(values[index as 0 | 1].value, content)));
          expect(held, `${field} of side ${index}`).toBe(true);
        }
      }
    }));
  });

  it('takes a merge that meets one of its sides again for what it is', () => {
    const registers = contents.map(({ notes: _lines, ...content }) => content);
    fc.assert(fc.property(registers, registers, registers, (before, left, right) => {
      const merged = mergeVersions('patients', base(before), version(1, left), version(2, right));
      if (merged.clashes.length > 0) return;
      const again = mergeVersions('patients', base(before), version(1, left), version(3, merged.content));
      expect(canonicalText(again)).toBe(canonicalText({ deleted: false, content: merged.content, clashes: [] }));
    }));
  });

  it('keeps a purged document purged', () => {
    fc.assert(fc.property(collection, common, side(1), (name, before, one) => {
      expect(mergeVersions(name, before, one, version(2, null, true))).toEqual({ content: null, deleted: true, clashes: [] });
    }));
  });

  it('never puts a signed record together from two', () => {
    fc.assert(fc.property(common, side(1), side(2), (before, one, two) => {
      const { content } = mergeVersions('medicalRecords', before, one, two);
      const signed = [one, two].filter((version) => ['signed', 'amended'].includes(version.content?.['status'] as string));
      if (content === null || signed.length === 0) return;
      expect([one, two].some((version) => same(version.content, content))).toBe(true);
    }));
  });
});

describe('merging by policy', () => {
  it('merges edits of different fields', () => {
    const merged = mergeVersions('patients', base({ name: 'Ann', address: 'old', phone: '1' }), version(1, { name: 'Ann', address: 'new', phone: '1' }), version(2, { name: 'Ann', address: 'old', phone: '2' }));
    expect(merged).toEqual({ deleted: false, content: { name: 'Ann', address: 'new', phone: '2' }, clashes: [] });
  });

  it('keeps both values of one field, the greater rev in sight', () => {
    const merged = mergeVersions('patients', base({ address: 'old' }), version(1, { address: 'A' }), version(2, { address: 'B' }));
    expect(merged.content).toEqual({ address: 'B' });
    expect(merged.clashes).toEqual([{ path: 'address', base: { value: 'old' }, values: [{ value: 'A' }, { value: 'B' }], kept: 1 }]);
  });

  it('shows a value rather than none', () => {
    const merged = mergeVersions('patients', base({ address: 'old' }), version(1, { address: 'A' }), version(2, {}));
    expect(merged.content).toEqual({ address: 'A' });
    expect(merged.clashes).toEqual([{ path: 'address', base: { value: 'old' }, values: [{ value: 'A' }, {}], kept: 0 }]);
  });

  it('merges lines of notes', () => {
    const merged = mergeVersions('patients', base({ notes: 'a\nb\nc' }), version(1, { notes: 'A\nb\nc' }), version(2, { notes: 'a\nb\nC' }));
    expect(merged).toEqual({ deleted: false, content: { notes: 'A\nb\nC' }, clashes: [] });
  });

  it('unites sets and takes out what either side took out', () => {
    const merged = mergeVersions('patients', base({ siteIds: ['s1', 's2'] }), version(1, { siteIds: ['s2', 's3'] }), version(2, { siteIds: ['s1', 's2', 's4'] }));
    expect(merged).toEqual({ deleted: false, content: { siteIds: ['s2', 's3', 's4'] }, clashes: [] });
  });

  it('leaves a set that both emptied in its place: a required field must not go missing', () => {
    const merged = mergeVersions('sites', base({ departments: ['a', 'b'] }), version(1, { departments: ['a'] }), version(2, { departments: ['b'] }));
    expect(merged.content).toEqual({ departments: [] });
  });

  it('lets a signed record stand whole against a draft, with the draft beside it', () => {
    const draft = { status: 'draft', diagnosis: 'flu' };
    const edited = { status: 'draft', diagnosis: 'cold' };
    const signed = { status: 'signed', diagnosis: 'flu' };
    const merged = mergeVersions('medicalRecords', base(draft), version(1, signed), version(2, edited));
    expect(merged).toEqual({ deleted: false, content: signed, clashes: [{ path: '', base: { value: draft }, values: [{ value: signed }, { value: edited }], kept: 0 }] });
  });

  it('takes the deletion of a document that nobody else touched', () => {
    expect(mergeVersions('patients', base({ name: 'Ann' }), version(1, { name: 'Ann' }, true), version(2, { name: 'Ann' }))).toEqual({ deleted: true, content: { name: 'Ann' }, clashes: [] });
  });

  it('keeps a document that one deleted while another wrote it, and says so', () => {
    const merged = mergeVersions('patients', base({ name: 'Ann' }), version(1, { name: 'Ann' }, true), version(2, { name: 'Anna' }));
    expect(merged).toEqual({ deleted: false, content: { name: 'Anna' }, clashes: [{ path: 'deleted', base: { value: false }, values: [{ value: true }, { value: false }], kept: 1 }] });
  });

  it('keeps a document that one brought back while another went on deleting it', () => {
    const merged = mergeVersions('patients', base({ name: 'Ann' }, true), version(1, { name: 'Ann' }, false), version(2, { name: 'Anna' }, true));
    expect(merged).toMatchObject({ deleted: false, content: { name: 'Anna' } });
  });
});
