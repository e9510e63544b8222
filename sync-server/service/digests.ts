import { bucketCount, emptyDigest, type Digest } from '../../shared/sync/digest.ts';
import type { BucketAnswer, DigestsAnswer } from '../../shared/sync/protocol.ts';
import type { ServiceContext } from './context.ts';
import { everySite } from './landing.ts';
import { json, type Json, type SyncRequest } from './messages.ts';
import { inScope, joinGrants } from './scope.ts';
import type { Session } from './sessions.ts';

interface DigestRow {
  collection: string;
  bucket: number;
  documents: number;
  sum: number;
}

/**
 * The digests of a site: what belongs to everybody and what belongs to it, added up. They are kept as documents are written,
 * and read together with the head in one statement: both speak of the same moment.
 */
export async function answerDigests({ database }: ServiceContext, { organisationId, siteId }: Session): Promise<Json<DigestsAnswer>> {
  const rows = await database.rows<DigestRow & { position: number }>(
    `SELECT c.position AS position, d.collection AS collection, d.bucket AS bucket, d.documents AS documents, d.rev_sum AS sum
       FROM counters c LEFT JOIN digests d ON d.organisation_id = c.organisation_id AND d.site_id IN (?, ?) WHERE c.organisation_id = ?`,
    [everySite, siteId, organisationId],
  );
  const digests: Record<string, Digest> = {};
  for (const { collection, bucket, documents, sum } of rows) {
    if (collection === null || bucket < 0 || bucket >= bucketCount) continue;
    const digest = (digests[collection] ??= emptyDigest());
    const [before, sumBefore] = digest[bucket] as Digest[number];
    digest[bucket] = [before + documents, (sumBefore + sum) % 2 ** 48];
  }
  return json({ position: rows[0]?.position ?? 0, digests });
}

/** Documents that a workstation of this site holds, deleted ones too. */
export async function countInScope({ database }: ServiceContext, { organisationId, siteId }: Session): Promise<number> {
  const [row] = await database.rows<{ total: number | null }>('SELECT SUM(documents) AS total FROM digests WHERE organisation_id = ? AND site_id IN (?, ?)', [
    organisationId, everySite, siteId,
  ]);
  return Number(row?.total ?? 0);
}

export async function answerBucket({ database }: ServiceContext, session: Session, { collection, bucket }: SyncRequest<'bucket'>): Promise<Json<BucketAnswer>> {
  const { organisationId, siteId, head } = session;
  const revs = await database.rows<{ id: string; rev: string }>(
    `SELECT r.document_id AS id, r.rev AS rev FROM revisions r ${joinGrants}
       WHERE r.organisation_id = ? AND r.collection = ? AND r.bucket = ? AND r.superseded_position IS NULL AND ${inScope} ORDER BY r.rev`,
    [siteId, organisationId, collection, bucket],
  );
  return json({ position: head, revs: revs.map(({ id, rev }) => ({ id, rev })) });
}
