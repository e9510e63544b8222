/**
 * Digests say in little whether two stores hold the same: per collection 256 buckets, each a count of documents and a
 * sum. A rev is minted anew for each write and its last 48 bits are random (a merge's are a hash), so they are the
 * document's share of the sum; the last byte of its id is its bucket. Adding and taking away cost the same as the write.
 */
export type Digest = (readonly [count: number, sum: number])[];

export const bucketCount = 256;
const modulus = 2 ** 48;

export const bucketOf = (id: string): number => Number.parseInt(id.slice(-2), 16);
export const shareOf = (rev: string): number => Number.parseInt(rev.slice(-12), 16);

/** The sum after one rev took the place of another; undefined where there was or is none. */
export function sumAfter(sum: number, before: string | undefined, after: string | undefined): number {
  const added = sum + (after === undefined ? 0 : shareOf(after)) + (before === undefined ? 0 : modulus - shareOf(before));
  return added % modulus;
}

const emptyBucket = Object.freeze([0, 0] as const);
/** One bucket 256 times: this is made for each collection whenever a store has come to rest, and nearly all of its buckets stay empty. */
export const emptyDigest = (): Digest => new Array<Digest[number]>(bucketCount).fill(emptyBucket);

/** Counts in place of `before` now `after`, in the bucket of the document. */
export function countInto(digest: Digest, id: string, before: string | undefined, after: string | undefined): void {
  const [count, sum] = digest[bucketOf(id)] as Digest[number];
  digest[bucketOf(id)] = [count + (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1), sumAfter(sum, before, after)];
}

/** Buckets that differ, collection by collection; a collection or bucket that one side does not have is empty there. */
export function differingBuckets(ours: Record<string, Digest>, theirs: Record<string, Digest>): { collection: string; bucket: number }[] {
  const differing: { collection: string; bucket: number }[] = [];
  for (const collection of [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort()) {
    const [left, right] = [ours[collection] ?? [], theirs[collection] ?? []];
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      if (!isEqual(left[bucket], right[bucket])) differing.push({ collection, bucket });
    }
  }
  return differing;
}

/** By index and not by pattern: this runs for each bucket of each collection at the end of every sync. */
const isEqual = (one: Digest[number] | undefined, two: Digest[number] | undefined): boolean =>
  one === two || ((one?.[0] ?? 0) === (two?.[0] ?? 0) && (one?.[1] ?? 0) === (two?.[1] ?? 0));
