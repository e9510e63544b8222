import { derivedId } from '../../shared/sync/derived-id.ts';
import type { ChangeSet, DocumentRef } from '../../shared/sync/protocol.ts';
import type { Work } from './work.ts';

export type Head = Omit<ChangeSet, 'documents'>;

/** The head of a change set that this server makes itself. */
export const ownHead = ({ upstream, now, newId }: Work, action: string): Head => ({
  id: newId(), action, actorId: upstream.device_id as string, deviceId: upstream.device_id as string, wallTime: now.toISOString(),
});

/**
 * Takes patients off this server, and by that off its workstations: they left the scope of its site. Where work on one waits to go
 * up, it stays until that has been sent.
 */
export async function withdraw(work: Work, patientIds: readonly string[], head: Head): Promise<void> {
  const free: string[] = [];
  for (const patientId of patientIds) {
    const documents = await documentsOf(work, patientId);
    if (documents.length === 0) {
      await keepInScope(work, patientId);
      continue;
    }
    await work.known.load(documents.map(({ id }) => id));
    // What is not in scope there is in no digest of it.
    for (const ref of documents) work.known.forget(ref);
    if (await isPending(work, patientId)) await work.queries.change('REPLACE INTO upstream_withdrawals (organisation_id, patient_id) VALUES (?, ?)', [work.organisationId, patientId]);
    else free.push(patientId);
  }
  if (free.length === 0) return;
  await work.landing.withdraw({ ...head, id: derivedId('withdrawn', head.id, free), documents: [] }, free);
  for (const patientId of free) {
    work.leaving.add(patientId);
    await keepInScope(work, patientId);
  }
}

const documentsOf = ({ queries, organisationId }: Work, patientId: string): Promise<DocumentRef[]> =>
  queries.rows<DocumentRef>('SELECT DISTINCT collection, document_id AS id FROM revisions WHERE organisation_id = ? AND compartment = ?', [organisationId, patientId]);

/** Whether anything that was written on this patient here has not been taken there. */
async function isPending({ queries, organisationId }: Work, patientId: string): Promise<boolean> {
  const [found] = await queries.rows(
    `SELECT r.document_id FROM revisions r JOIN upstream_change_sets u ON u.organisation_id = r.organisation_id AND u.position = r.position AND u.part = r.merged
       WHERE r.organisation_id = ? AND r.compartment = ? AND u.state IN ('waiting', 'offered', 'refused') LIMIT 1`,
    [organisationId, patientId],
  );
  return found !== undefined;
}

/** A patient who left the scope is in it again, or is gone. */
export const keepInScope = ({ queries, organisationId }: Work, patientId: string): Promise<number> =>
  queries.change('DELETE FROM upstream_withdrawals WHERE organisation_id = ? AND patient_id = ?', [organisationId, patientId]);

/** Goes on with the withdrawals that waited for unsent work. */
export async function resumeWithdrawals(work: Work): Promise<void> {
  const waiting = await work.queries.rows<{ id: string }>('SELECT patient_id AS id FROM upstream_withdrawals WHERE organisation_id = ?', [work.organisationId]);
  if (waiting.length > 0) await withdraw(work, waiting.map(({ id }) => id), ownHead(work, 'patient.updated'));
}
