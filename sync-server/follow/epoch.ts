import { addToDigests } from '../service/flush.ts';
import { digestChanges, upstreamSite } from './known.ts';
import { snapshotFromStart, writeUpstream } from './upstream.ts';
import type { Work } from './work.ts';

/**
 * Meets a server whose order of commits is another one after `sharedPosition`. What is known at a later place it may have lost:
 * it waits to be offered, in the order it came here, own and received alike; so does what was refused, whose copy it may have lost.
 */
export async function adoptEpoch({ queries, organisationId, upstream }: Work, epoch: string, sharedPosition: number | null): Promise<void> {
  const shared = sharedPosition ?? 0;
  const change = (text: string, ...values: unknown[]) => queries.change(text, [organisationId, ...values]);
  await change(`UPDATE upstream_change_sets SET state = 'offered' WHERE organisation_id = ? AND (state = 'refused' OR (state IN ('sent', 'received') AND upstream_position > ?))`, shared);
  await change('UPDATE upstream_change_sets SET upstream_position = NULL WHERE organisation_id = ? AND upstream_position > ?', shared);
  // The answers to what is offered tell where these stand now.
  await change('UPDATE upstream_documents SET rev = NULL, position = NULL WHERE organisation_id = ? AND position > ?', shared);
  // Places of the other order say nothing any more.
  await change('UPDATE upstream_documents SET skipped_position = NULL, to_fetch = 1 WHERE organisation_id = ? AND skipped_position > ?', shared);
  await recountDigests({ queries, organisationId });
  const position = Math.min(upstream.position, shared);
  await writeUpstream(queries, organisationId, {
    epoch, position, known_position: position, verified_position: null, told_names: null, ...(upstream.snapshot_under_way === 1 && snapshotFromStart(upstream)),
  });
}

/** Bit by bit: a server may hold a million documents. */
async function recountDigests({ queries, organisationId }: Pick<Work, 'queries' | 'organisationId'>): Promise<void> {
  await queries.change('DELETE FROM digests WHERE organisation_id = ? AND site_id = ?', [organisationId, upstreamSite]);
  for (let after = ''; ; ) {
    const rows = await queries.rows<{ id: string; collection: string; after: string | null }>(
      'SELECT document_id AS id, collection, rev AS after FROM upstream_documents WHERE organisation_id = ? AND document_id > ? ORDER BY document_id LIMIT 2000',
      [organisationId, after],
    );
    await addToDigests(queries, organisationId, digestChanges(rows.map((row) => ({ ...row, before: null }))));
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
