import type { PushOutcome } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import { chunksOf, marks } from './held.ts';
import { textOf, type Incoming } from './incoming.ts';
import type { Session } from './sessions.ts';

/** Keeps what is refused, whole: the workstation it came from may be locked or lost tomorrow. A repeat takes the place of the first. */
export async function keepInQuarantine(queries: Queries, session: Session, now: Date, incoming: Incoming[], outcomes: PushOutcome[]): Promise<void> {
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.outcome === 'accepted') continue;
    await queries.change('DELETE FROM quarantine WHERE organisation_id = ? AND device_id = ? AND change_set_id = ?', [session.organisationId, session.deviceId, outcome.id]);
    await queries.change('INSERT INTO quarantine (organisation_id, device_id, change_set_id, refusal, received_at, content) VALUES (?, ?, ?, ?, ?, ?)', [
      session.organisationId, session.deviceId, outcome.id, outcome.refusal, now.getTime(), textOf(incoming[index]?.raw),
    ]);
  }
}

/** What was repaired and taken is no longer refused. */
export async function leaveQuarantine(queries: Queries, session: Session, outcomes: PushOutcome[]): Promise<void> {
  const taken = outcomes.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id);
  const [held] = await queries.rows('SELECT change_set_id FROM quarantine WHERE organisation_id = ? AND device_id = ? LIMIT 1', [session.organisationId, session.deviceId]);
  if (held === undefined) return;
  for (const chunk of chunksOf(taken)) {
    await queries.change(`DELETE FROM quarantine WHERE organisation_id = ? AND device_id = ? AND change_set_id IN (${marks(chunk.length)})`, [
      session.organisationId, session.deviceId, ...chunk,
    ]);
  }
}
