import { emptyDigest, type Digest } from '../../shared/sync/digest.ts';
import type { DocumentRef } from '../../shared/sync/protocol.ts';
import { pulledCollections } from '../../shared/sync/scope.ts';
import type { Queries } from '../database/index.ts';
import { isTold } from './arrivals.ts';
import { keyOf, upstreamSite } from './known.ts';
import { readUnsent } from './ledger.ts';
import { sendAgain } from './send-again.ts';
import type { Work } from './work.ts';

export interface IdAndRev {
  id: string;
  rev: string;
}

/** Of every collection that a server tells, empty ones too. */
export async function readDigests({ rows }: Queries, organisationId: number): Promise<Record<string, Digest>> {
  const digests = Object.fromEntries(pulledCollections.map((collection) => [collection, emptyDigest()]));
  const kept = await rows<{ collection: string; bucket: number; documents: number; sum: number }>(
    'SELECT collection, bucket, documents, rev_sum AS sum FROM digests WHERE organisation_id = ? AND site_id = ?',
    [organisationId, upstreamSite],
  );
  for (const { collection, bucket, documents, sum } of kept) (digests[collection] as Digest)[bucket] = [documents, sum];
  return digests;
}

/** The documents of a bucket as they are known to stand there. Reads the whole collection: repairs are rare. */
export function readBucket({ rows }: Queries, organisationId: number, collection: string, bucket: number): Promise<IdAndRev[]> {
  return rows<IdAndRev>(
    'SELECT document_id AS id, rev FROM upstream_documents WHERE organisation_id = ? AND collection = ? AND rev IS NOT NULL AND LOWER(SUBSTR(document_id, -2)) = ? ORDER BY document_id',
    [organisationId, collection, bucket.toString(16).padStart(2, '0')],
  );
}

/**
 * Purged here, and that server tells nothing of it: either it has nothing that could be purged, or it got it purged and cannot tell any more
 * whose it was. To send it again would change neither.
 */
export const isNobodysThere = ({ landing }: Pick<Work, 'landing'>, { collection, id }: DocumentRef): boolean => landing.held.current(collection, id)?.contentText === null;

/** Brings a bucket to what the other server holds, without losing what only this one has. Answers how many documents differed. */
export async function repairBucket(work: Work, collection: string, bucket: number, theirs: readonly IdAndRev[]): Promise<number> {
  if (!isTold({ collection })) return 0;
  const ours = new Map((await readBucket(work.queries, work.organisationId, collection, bucket)).map(({ id, rev }) => [id, rev]));
  const held = new Map(theirs.map(({ id, rev }) => [id, rev]));
  const differing = [...new Set([...ours.keys(), ...held.keys()])].filter((id) => ours.get(id) !== held.get(id));
  const unsent = await readUnsent(work.queries, work.organisationId, differing);
  const free = differing.map((id) => ({ collection, id })).filter((ref) => !unsent.has(keyOf(ref)));
  await work.known.load(free.map(({ id }) => id));
  await work.landing.held.load(free.map(({ id }) => id), []);
  for (const ref of free) {
    if (isNobodysThere(work, ref) && !held.has(ref.id)) work.known.forget(ref);
    // What stands here under a rev that is not theirs is sent too: it may be all that is left of it.
    else if (ours.has(ref.id)) await sendAgain(work, ref);
    if (held.has(ref.id)) work.known.set(ref, { to_fetch: 1 });
  }
  return free.length;
}
