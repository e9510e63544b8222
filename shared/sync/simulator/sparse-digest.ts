import { bucketOf, sumAfter, type Digest } from '../digest.ts';

/** Digests of a few documents, with holes for empty buckets: nothing is stored for what is not there. */
export function digestOf(documents: Iterable<{ collection: string; id: string; rev: string }>): Record<string, Digest> {
  const digests: Record<string, Digest> = {};
  for (const { collection, id, rev } of documents) {
    const digest = (digests[collection] ??= []);
    const bucket = (digest[bucketOf(id)] ??= [0, 0]);
    bucket[0] += 1;
    bucket[1] = sumAfter(bucket[1], undefined, rev);
  }
  return digests;
}
