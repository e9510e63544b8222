import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { same } from './canonical.ts';
import { mergeVersions, type Side } from './merge.ts';
import { mayFollow } from './policies.ts';
import type { Content } from './content.ts';

const rev = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const side = (n: number, content: Content): Side => ({ rev: rev(n), deleted: false, content });
const base = (content: Content) => ({ content, deleted: false });
const instant = fc.constantFrom('2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z', '2026-03-02T11:00:00.000Z');
const text = fc.constantFrom('Better', 'Full', 'Call her');

/** What people and workstations write into letters, messages and tasks, few values each, so that edits meet. */
const contents: fc.Arbitrary<Content> = fc.record(
  {
    status: fc.constantFrom('requested', 'accepted', 'rejected', 'cancelled', 'completed'), statusReason: text, payload: text, description: text,
    received: instant, read: fc.record({ at: instant, name: fc.constantFrom('Chen', 'Li') }), siteIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const collection = fc.constantFrom('referrals', 'communications', 'careTasks', 'sharedCharts');
const shared = { referralId: 'r', senderSiteId: 'a', expiresAt: '2026-04-01T00:00:00.000Z', siteIds: ['a', 'b'], entries: ['Penicillin'] };

describe('merging letters, messages and tasks', () => {
  it('commutes, and the same twice is the same', () => {
    fc.assert(fc.property(collection, contents, contents, contents, (name, before, one, two) => {
      expect(mergeVersions(name, base(before), side(1, one), side(2, two))).toEqual(mergeVersions(name, base(before), side(2, two), side(1, one)));
      expect(mergeVersions(name, base(before), side(1, one), side(2, one))).toEqual({ content: one, deleted: false, clashes: [] });
    }));
  });

  it('loses no text that a person wrote, and asks nobody about receipts', () => {
    fc.assert(fc.property(fc.constantFrom('referrals', 'communications', 'careTasks'), contents, contents, contents, (name, before, one, two) => {
      const { content, clashes } = mergeVersions(name, base(before), side(1, one), side(2, two));
      for (const [index, written] of [one, two].entries()) {
        for (const field of ['status', 'statusReason', 'payload', 'description']) {
          const value = written[field];
          if (value === undefined || same(value, before[field]) || same(value, content?.[field])) continue;
          expect(clashes.some((clash) => clash.path === field && same(clash.values[index as 0 | 1].value, value)), `${field} of side ${index}`).toBe(true);
        }
      }
      expect(clashes.filter(({ path }) => path === 'received' || path === 'read')).toEqual([]);
    }));
  });

  it('associates: receipts of three workstations come to the same in whatever order they meet', () => {
    const receipts = fc.record({ received: instant, read: fc.record({ at: instant, name: text }) });
    fc.assert(fc.property(fc.constantFrom('referrals', 'communications', 'careTasks'), receipts, receipts, receipts, (name, a, b, c) => {
      const before = { payload: 'Call her' };
      const merge = (one: Content, two: Content) => mergeVersions(name, base(before), side(1, one), side(2, two)).content ?? {};
      const [one, two, three] = [{ ...before, ...a }, { ...before, ...b }, { ...before, ...c }];
      expect(merge(merge(one, two), three)).toEqual(merge(one, merge(two, three)));
    }));
  });

  it('shows people both of an acceptance and a withdrawal', () => {
    const { clashes } = mergeVersions('referrals', base({ status: 'requested' }), side(1, { status: 'accepted' }), side(2, { status: 'cancelled' }));
    expect(clashes.map(({ path, values }) => [path, values.map(({ value }) => value)])).toEqual([['status', ['accepted', 'cancelled']]]);
  });

  it('lets a copy of a chart be ended by anybody, and by nobody be prolonged, widened, rewritten or taken from its sender', () => {
    const follows = (over: object) => mayFollow('sharedCharts', shared, { ...shared, ...over });
    expect(follows({ siteIds: ['a'] })).toBe(true);
    for (const over of [{ expiresAt: '2036-04-01T00:00:00.000Z' }, { siteIds: ['a', 'b', 'c'] }, { siteIds: ['b'] }, { siteIds: [] }, { entries: [] }]) expect(follows(over), JSON.stringify(over)).toBe(false);
    const ended = { ...shared, siteIds: ['a'] };
    expect(mergeVersions('sharedCharts', base(shared), side(1, ended), side(2, ended))).toEqual({ content: ended, deleted: false, clashes: [] });
  });
});
