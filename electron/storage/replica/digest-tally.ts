import type { CollectionName } from '../../../shared/schema/collections.ts';
import { bucketCount, bucketOf, emptyDigest, sumAfter, type Digest } from '../../../shared/sync/digest.ts';
import { pulledCollections } from '../../../shared/sync/scope.ts';
import { collections } from '../collections.ts';
import type { Connection } from '../connection.ts';
import { statement } from '../statements.ts';

/** Changes of the digests, gathered in memory and written once a transaction: a page of documents touches each bucket many times. */
export class DigestTally {
  private readonly changes = new Map<string, { count: number; sum: number }[]>();

  /** Counts that a document is known on the server as `after` in place of `before`; null where it is not known there. */
  count(collection: CollectionName, id: string, before: string | null, after: string | null): void {
    if (before === after) return;
    let buckets = this.changes.get(collection);
    if (buckets === undefined) this.changes.set(collection, (buckets = Array.from({ length: bucketCount }, () => ({ count: 0, sum: 0 }))));
    const bucket = buckets[bucketOf(id)] as { count: number; sum: number };
    bucket.count += (after === null ? 0 : 1) - (before === null ? 0 : 1);
    bucket.sum = sumAfter(bucket.sum, before ?? undefined, after ?? undefined);
  }

  write(connection: Connection): void {
    const add = statement(
      connection,
      `INSERT INTO digests (collection, bucket, count, sum) VALUES (@collection, @bucket, @count, @sum)
       ON CONFLICT (collection, bucket) DO UPDATE SET count = count + excluded.count, sum = (sum + excluded.sum) % ${2 ** 48}`,
    );
    for (const [collection, buckets] of this.changes) {
      buckets.forEach(({ count, sum }, bucket) => {
        if (count !== 0 || sum !== 0) add.run({ collection, bucket, count, sum });
      });
    }
  }
}

/** Of every collection that a server tells, empty ones too. */
export function readDigests(connection: Connection): Record<string, Digest> {
  const digests = Object.fromEntries(pulledCollections.map((collection) => [collection, emptyDigest()]));
  const rows = statement<{ collection: string; bucket: number; count: number; sum: number }>(connection, 'SELECT * FROM digests').all();
  for (const { collection, bucket, count, sum } of rows) (digests[collection] as Digest)[bucket] = [count, sum];
  return digests;
}

/** Counts anew from the documents: after a change of many at once this is quicker than their differences. */
export function recountDigests(connection: Connection): void {
  statement(connection, 'DELETE FROM digests').run();
  const tally = new DigestTally();
  for (const collection of pulledCollections as CollectionName[]) {
    const { table } = collections[collection];
    const rows = statement<{ id: string; rev: string }>(connection, `SELECT id, server_rev AS rev FROM ${table} WHERE server_rev IS NOT NULL`);
    for (const { id, rev } of rows.iterate()) tally.count(collection, id, null, rev);
  }
  tally.write(connection);
}
