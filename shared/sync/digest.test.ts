import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, countInto, differingBuckets, emptyDigest, sumAfter } from './digest.ts';

const documents = fc.uniqueArray(fc.tuple(fc.uuid(), fc.uuid()), { selector: ([id]) => id, maxLength: 20 });
const digestOf = (held: [string, string][]) => {
  const digest = emptyDigest();
  for (const [id, rev] of held) countInto(digest, id, undefined, rev);
  return digest;
};

describe('digests', () => {
  it('do not depend on the order in which documents came', () => {
    fc.assert(fc.property(documents, (held) => {
      expect(digestOf(held)).toEqual(digestOf([...held].reverse()));
    }));
  });

  it('count a later version as if the earlier had never been, and a document that went as one that never came', () => {
    fc.assert(fc.property(documents, fc.uuid(), fc.uuid(), (held, earlier, later) => {
      const digest = digestOf(held);
      const before = structuredClone(digest);
      const id = '00000000-0000-7000-8000-0000000000aa';
      countInto(digest, id, undefined, earlier);
      countInto(digest, id, earlier, later);
      const once = structuredClone(before);
      countInto(once, id, undefined, later);
      expect(digest).toEqual(once);
      countInto(digest, id, later, undefined);
      expect(digest).toEqual(before);
    }));
  });

  it('stay whole numbers that JSON carries exactly', () => {
    fc.assert(fc.property(fc.array(fc.uuid(), { maxLength: 50 }), (revs) => {
      expect(Number.isSafeInteger(revs.reduce((sum, rev) => sumAfter(sum, undefined, rev), 0))).toBe(true);
    }));
  });

  it('name the bucket of a document that is another, missing or new, and nothing else', () => {
    fc.assert(fc.property(documents.filter((held) => held.length > 0), fc.uuid(), (held, rev) => {
      const [[id, was], ...rest] = held as [[string, string], ...[string, string][]];
      fc.pre(was.slice(-12) !== rev.slice(-12));
      const where = [{ collection: 'patients', bucket: bucketOf(id) }];
      expect(differingBuckets({ patients: digestOf(held) }, { patients: digestOf([[id, rev], ...rest]) })).toEqual(where);
      expect(differingBuckets({ patients: digestOf(held) }, { patients: digestOf(rest) })).toEqual(where);
      expect(differingBuckets({}, { patients: digestOf([[id, was]]) })).toEqual(where);
      expect(differingBuckets({ patients: digestOf(held) }, { patients: digestOf(held) })).toEqual([]);
    }));
  });
});
