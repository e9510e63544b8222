import type { DocumentRef } from '../../shared/sync/protocol.ts';
import { setState } from './ledger.ts';
import type { Work } from './work.ts';

/** The change set that wrote what stands here goes up once more. */
export async function sendAgain(work: Work, ref: DocumentRef): Promise<void> {
  work.known.set(ref, { rev: null, position: null });
  const [entry] = await work.queries.rows<{ position: number; part: number; id: string }>(
    `SELECT u.position AS position, u.part AS part, u.id AS id FROM revisions r
       JOIN upstream_change_sets u ON u.organisation_id = r.organisation_id AND u.position = r.position AND u.part = r.merged
       WHERE r.organisation_id = ? AND r.document_id = ? AND r.collection = ? AND r.superseded_position IS NULL`,
    [work.organisationId, ref.id, ref.collection],
  );
  if (entry !== undefined) await setState(work.queries, work.organisationId, entry, { state: 'waiting' });
}
