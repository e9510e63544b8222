import { bucketOf, sumAfter, type Digest } from '../digest.ts';

/** Digests of a few documents, with holes for empty buckets: nothing is stored for what is not there. */
export function digestOf(documents: Iterable<{ collection: string; id: string; rev: string }>): Record<string, Digest> {
  const digests: Record<string, Digest> = {};
  for (const { collection, id, rev } of documents) {
    const digest = (digests[collection] ??= []);
    const [count, sum] = digest[bucketOf(id)] ?? [0, 0];
    digest[bucketOf(id)] = [count + 1, sumAfter(sum, undefined, rev)];
  }
  return digests;
}
