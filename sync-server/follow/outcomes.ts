import type { PushOutcome } from '../../shared/sync/protocol.ts';
import { serverOnly } from '../service/landing.ts';
import { isTold } from './arrivals.ts';
import { keyOf } from './known.ts';
import { findWaiting, readRevs, readUnsent, setState, type Written } from './ledger.ts';
import { writeUpstream } from './upstream.ts';
import { resumeWithdrawals } from './withdrawals.ts';
import type { Work } from './work.ts';

/** Takes what became of change sets that went up. Repeats are harmless. */
export async function takeOutcomes(work: Work, outcomes: readonly PushOutcome[]): Promise<void> {
  const { queries, organisationId, known } = work;
  const waiting = await findWaiting(queries, organisationId, outcomes.map(({ id }) => id));
  const written = await readRevs(queries, organisationId, [...waiting.values()]);
  const touched = [...written.values()].flat().filter(comesBack);
  await known.load(touched.map(({ id }) => id));
  for (const outcome of outcomes) {
    const entry = waiting.get(outcome.id);
    if (entry === undefined) continue;
    const documents = (written.get(entry) ?? []).filter(comesBack);
    if (outcome.outcome === 'accepted') {
      await setState(queries, organisationId, entry, { state: 'sent', upstream_position: outcome.position, refusal: null, refused_at: null });
      accept(work, documents, outcome);
    } else {
      await setState(queries, organisationId, entry, { state: 'refused', upstream_position: null, refusal: outcome.refusal, refused_at: work.now.getTime() });
      for (const document of documents) known.set(document, { to_fetch: 1 });
    }
  }
  await noteKnownPosition(work, outcomes);
  await settle(work, touched);
  await resumeWithdrawals(work);
}

/** What only goes up is in no digest and is never asked for. */
const comesBack = (document: Written): boolean => isTold(document) && document.compartment !== serverOnly;

/** A repeat lies where this server has read already, and was told nothing of it: its patient may have left the scope meanwhile. It is asked for. */
function accept({ known, upstream }: Work, documents: readonly Written[], { position, landed }: Extract<PushOutcome, { outcome: 'accepted' }>): void {
  const elsewhere = new Map(landed.map((ref) => [keyOf(ref), ref]));
  for (const document of documents) {
    const stands = elsewhere.get(keyOf(document)) ?? { rev: document.rev, position };
    known.note(document, stands.rev, stands.position);
    if (stands.position <= upstream.position) known.set(document, { to_fetch: 1 });
  }
}

async function noteKnownPosition({ queries, organisationId, upstream }: Work, outcomes: readonly PushOutcome[]): Promise<void> {
  const positions = outcomes.map((outcome) => (outcome.outcome === 'accepted' ? outcome.position : 0));
  const last = Math.max(upstream.known_position, ...positions);
  if (last > upstream.known_position) await writeUpstream(queries, organisationId, { known_position: last });
}

/**
 * Decides what a document needs once its last unsent write has come to an end: whatever was passed over after the place where the
 * writes landed, or a merge that lies behind what has been read, is asked for; anything before it is in the merge.
 */
async function settle({ queries, organisationId, upstream, landing, known }: Work, touched: readonly Written[]): Promise<void> {
  const ids = [...new Set(touched.map(({ id }) => id))];
  const unsent = await readUnsent(queries, organisationId, ids);
  await landing.held.load(ids, []);
  for (const ref of new Map(touched.map((document) => [keyOf(document), document])).values()) {
    if (unsent.has(keyOf(ref))) continue;
    const { rev, position, skipped_position: skipped } = known.get(ref);
    const landed = position ?? 0;
    const current = landing.held.current(ref.collection, ref.id)?.rev;
    if (rev !== null && rev !== current && landed <= upstream.position) known.set(ref, { to_fetch: 1, skipped_position: null });
    else if (skipped !== null) known.set(ref, { skipped_position: null, ...(skipped > landed && { to_fetch: 1 }) });
  }
}
