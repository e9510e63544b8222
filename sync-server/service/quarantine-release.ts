import type { AdminAnswers, AdminRequest, QuarantinedRef, ReleaseOutcome } from '../../shared/sync/admin-protocol.ts';
import type { PushOutcome, Refusal } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import { sendRefusedAgain } from '../follow/refused.ts';
import type { ServiceContext } from './context.ts';
import { SyncException } from './failure.ts';
import { flush } from './flush.ts';
import { readIncoming, type Incoming } from './incoming.ts';
import { Landing } from './landing.ts';
import { lockPosition } from './lock.ts';
import { Taking } from './push.ts';
import { leaveQuarantine } from './quarantine.ts';
import type { Session } from './sessions.ts';

/**
 * Takes what was refused, one after the other, as if the device that carried it sent it now, revoked or not: an admin has looked at
 * it. What is refused again stays, with the new reason.
 */
export async function releaseQuarantined(context: ServiceContext, session: Session, { entries }: AdminRequest<'quarantine.release'>): Promise<AdminAnswers['quarantine.release']> {
  const outcomes: ReleaseOutcome[] = [];
  for (const entry of entries) {
    const sentAgain = await context.database.transaction((queries) => sendRefusedAgain(queries, session.organisationId, entry));
    outcomes.push(sentAgain ?? ({ deviceId: entry.deviceId, changeSetId: entry.changeSetId, ...(await releaseOne(context, session, entry)) } as ReleaseOutcome));
  }
  if (outcomes.some(({ outcome }) => outcome === 'applied' || outcome === 'merged' || outcome === 'sent-again')) context.commits.tell(session.organisationId);
  return { outcomes };
}

type Outcome = { outcome: 'applied' | 'merged'; position: number } | { outcome: 'rejected'; refusal: Refusal } | { outcome: 'absent' };

async function releaseOne(context: ServiceContext, session: Session, entry: QuarantinedRef): Promise<Outcome> {
  try {
    return await context.database.transaction((queries) => release(queries, context.newId, session, entry));
  } catch (error) {
    if (error instanceof SyncException) throw error;
    await noteRefusal(context.database, session, entry, 'server-error');
    return { outcome: 'rejected', refusal: 'server-error' };
  }
}

async function release(queries: Queries, newId: () => string, { organisationId, epoch }: Session, entry: QuarantinedRef): Promise<Outcome> {
  const standing = await lockPosition(queries, { organisationId, deviceId: entry.deviceId }, epoch);
  const [device] = await queries.rows<{ siteId: string }>('SELECT site_id AS siteId FROM devices WHERE id = ? AND organisation_id = ?', [entry.deviceId, organisationId]);
  const incoming = device && (await readHeld(queries, organisationId, entry));
  if (device === undefined || incoming === undefined) {
    await queries.change('UPDATE counters SET position = ? WHERE organisation_id = ?', [standing.before, organisationId]);
    return takenBefore(queries, organisationId, entry);
  }
  const carrier = { organisationId, deviceId: entry.deviceId, siteId: device.siteId };
  const landing = new Landing(queries, carrier, standing.before);
  const outcomes = await new Taking(queries, carrier, landing, standing, newId).takeAll([incoming]);
  await flush(queries, carrier, landing);
  await leaveQuarantine(queries, carrier, outcomes);
  const [outcome] = outcomes as [PushOutcome];
  if (outcome.outcome === 'rejected') await noteRefusal(queries, { organisationId }, entry, outcome.refusal);
  return outcome.outcome === 'rejected' ? { outcome: 'rejected', refusal: outcome.refusal } : appliedOrMerged(outcome);
}

async function readHeld(queries: Queries, organisationId: number, { deviceId, changeSetId }: QuarantinedRef): Promise<Incoming | undefined> {
  const [row] = await queries.rows<{ content: string }>('SELECT content FROM quarantine WHERE organisation_id = ? AND device_id = ? AND change_set_id = ?', [
    organisationId, deviceId, changeSetId,
  ]);
  if (row === undefined) return undefined;
  const raw = JSON.parse(row.content) as object;
  return readIncoming({ id: changeSetId, ...raw });
}

const appliedOrMerged = ({ position, landed }: Extract<PushOutcome, { outcome: 'accepted' }>): Outcome => ({ outcome: landed.length > 0 ? 'merged' : 'applied', position });

/** The answer to a release may have been lost, or the device was let in again and sent it itself. */
async function takenBefore(queries: Queries, organisationId: number, { deviceId, changeSetId }: QuarantinedRef): Promise<Outcome> {
  const [taken] = await queries.rows<{ position: number | null; merged: number | null }>(
    `SELECT MAX(c.position) AS position, COUNT(r.landed_rev) AS merged FROM change_sets c
       LEFT JOIN revisions r ON r.organisation_id = c.organisation_id AND r.position = c.position AND r.landed_rev IS NOT NULL
       WHERE c.organisation_id = ? AND c.id = ? AND c.carried_by = ?`,
    [organisationId, changeSetId, deviceId],
  );
  return taken?.position == null ? { outcome: 'absent' } : { outcome: Number(taken.merged) > 0 ? 'merged' : 'applied', position: taken.position };
}

const noteRefusal = (queries: Queries, { organisationId }: Pick<Session, 'organisationId'>, { deviceId, changeSetId }: QuarantinedRef, refusal: Refusal) =>
  queries.change('UPDATE quarantine SET refusal = ? WHERE organisation_id = ? AND device_id = ? AND change_set_id = ?', [refusal, organisationId, deviceId, changeSetId]);
