import type { DocumentRef } from '../../shared/sync/protocol.ts';
import type { UpstreamChangeSetRow } from '../database/schema.ts';
import { setState } from './ledger.ts';
import type { Work } from './work.ts';

/** The change set that wrote what stands here goes up once more. */
export async function sendAgain(work: Work, ref: DocumentRef): Promise<void> {
  work.known.set(ref, { rev: null, position: null });
  const entry = await findWriter(work, ref);
  if (entry !== undefined) await setState(work.queries, work.organisationId, entry, { state: 'waiting' });
}

/** Whether the other server has refused the change set that wrote what stands here. */
export const isRefusedThere = async (work: Work, ref: DocumentRef): Promise<boolean> => (await findWriter(work, ref))?.state === 'refused';

async function findWriter({ queries, organisationId }: Work, { collection, id }: DocumentRef): Promise<Pick<UpstreamChangeSetRow, 'position' | 'part' | 'id' | 'state'> | undefined> {
  const [entry] = await queries.rows<Pick<UpstreamChangeSetRow, 'position' | 'part' | 'id' | 'state'>>(
    `SELECT u.position AS position, u.part AS part, u.id AS id, u.state AS state FROM revisions r
       JOIN upstream_change_sets u ON u.organisation_id = r.organisation_id AND u.position = r.position AND u.part = r.merged
       WHERE r.organisation_id = ? AND r.document_id = ? AND r.collection = ? AND r.superseded_position IS NULL`,
    [organisationId, id, collection],
  );
  return entry;
}
