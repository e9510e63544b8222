import { Violation } from '../../shared/sync/simulator/checks.ts';
import type { Workstation } from '../../shared/sync/simulator/workstation.ts';
import type { ServerDatabase } from '../database/index.ts';

/** A document that was taken into a chart from a copy that went along with a referral. */
export interface Taken {
  id: string;
  from: string;
}

/**
 * A document that came to central while its site could read the copy that it was made of has the bytes of the copy, there and at everybody who
 * holds it, whatever became of the sharing since.
 */
export async function assertTakenAreWhole(central: ServerDatabase, taken: readonly Taken[], workstations: readonly Workstation[]): Promise<void> {
  for (const { id, from } of taken) {
    const [promised] = await central.rows<{ hash: string; complete: number }>(
      `SELECT r.hash AS hash, mine.complete AS complete FROM attachment_references r
         JOIN attachments mine ON mine.holder_id = r.holder_id AND mine.hash = r.hash
         JOIN devices d ON d.id = r.carried_by
         JOIN attachment_references c ON c.document_id = ? AND c.hash = r.hash
         JOIN attachments theirs ON theirs.holder_id = c.holder_id AND theirs.hash = c.hash AND theirs.complete = 1
         JOIN grants g ON g.patient_id = c.holder_id AND g.site_id = d.site_id AND g.position <= r.position AND (g.withdrawn_position IS NULL OR g.withdrawn_position > r.position)
         WHERE r.document_id = ?`,
      [from, id],
    );
    if (promised === undefined) continue;
    const readers = workstations.filter(({ store }) => store.documents().some((document) => document.id === id && document.content !== null && document.serverRev !== null));
    if (readers.length > 0 && promised.complete === 0) throw new Violation('bytes-missing', `of document ${id} on the server, which was taken from ${from}`);
    for (const { name, store } of readers) if (!store.holds(id, promised.hash)) throw new Violation('bytes-missing', `of document ${id} at ${name}, which was taken from ${from}`);
  }
}
