import type { Queries } from '../database/index.ts';
import type { UpstreamChangeSetRow, UpstreamRow } from '../database/schema.ts';
import { forgetUnneeded, keepUntilAsked } from '../service/attachment-references.ts';
import type { ServiceContext } from '../service/context.ts';
import { flush } from '../service/flush.ts';
import { everySite, Landing } from '../service/landing.ts';
import { Known } from './known.ts';
import { insertEntries, noteNew } from './ledger.ts';
import { readUpstream, writeUpstream } from './upstream.ts';

/** What one transaction of the replica gathers while it works. */
export interface Work {
  queries: Queries;
  organisationId: number;
  upstream: UpstreamRow;
  now: Date;
  newId(): string;
  /** What lands here, for the workstations of this server to pull. */
  landing: Landing;
  known: Known;
  /** Change sets that came from above. */
  received: UpstreamChangeSetRow[];
  /** Patients whose documents go from here once everything else is written. */
  leaving: Set<string>;
}

/**
 * Does one durable step under the lock of positions, so that nothing that a workstation sends falls between looking and
 * writing. What was sent up to here is noted first: what lands in this step is never taken for work of this server's own.
 */
export async function inWork<Answer>(
  context: ServiceContext, organisationId: number, run: (work: Work) => Promise<Answer>,
): Promise<{ answer: Answer; /** Something landed: its workstations are to be told. */ landed: boolean }> {
  let landed = false;
  const answer = await context.database.transaction(async (queries) => {
    landed = false;
    await queries.change('UPDATE counters SET position = position WHERE organisation_id = ?', [organisationId]);
    const upstream = await readUpstream(queries, organisationId);
    if (upstream === undefined) throw new Error('This organisation follows no server');
    const position = await noteNew(queries, organisationId, upstream.noted_position);
    const carrier = { organisationId, deviceId: upstream.device_id as string, siteId: upstream.site_id as string };
    const work: Work = {
      queries, organisationId, upstream, now: context.now(), newId: () => context.newId(), landing: new Landing(queries, carrier, position), known: new Known(queries, organisationId),
      received: [], leaving: new Set(),
    };
    // What the other server tells is in scope of this one's site, even where nobody can tell any more whose it was.
    work.landing.homeless = everySite;
    const result = await run(work);
    landed = work.landing.position > position;
    await finish(work, landed);
    return result;
  });
  return { answer, landed };
}

async function finish({ queries, organisationId, landing, known, received, leaving }: Work, landed: boolean): Promise<void> {
  if (landed) {
    await flush(queries, { organisationId }, landing);
    await insertEntries(queries, received);
    await writeUpstream(queries, organisationId, { noted_position: landing.position });
  }
  await known.flush();
  for (const patientId of leaving) {
    await queries.change('DELETE FROM revisions WHERE organisation_id = ? AND compartment = ?', [organisationId, patientId]);
    await keepUntilAsked(queries, organisationId, patientId);
    await forgetUnneeded(queries, organisationId, patientId);
  }
}
