import type { ServiceContext } from './context.ts';
import { skewOf } from './hello.ts';
import { keepServed } from './served.ts';
import { json, type Json, type SyncAnswers, type SyncRequest } from './messages.ts';
import type { Session } from './sessions.ts';
import { surroundingsOf } from './surroundings.ts';

/** One point a minute is as fine as a chart of weeks can show. */
const pointEvery = 60_000;
const pointsKept = 90 * 24 * 3600 * 1000;

/** Keeps what a workstation says of itself, and a point for the chart of how far behind it was. */
export async function report({ database, ...context }: ServiceContext, session: Session, { served, ...request }: SyncRequest<'report'>): Promise<Json<SyncAnswers['report']>> {
  const now = context.now().getTime();
  const skew = skewOf(request.at, context.now());
  const behind = Math.max(0, session.head - request.position);
  await database.transaction(async (queries) => {
    await queries.change('UPDATE devices SET report = ?, reported_at = ?, reported_position = ?, seen_at = ?, app_version = ?, clock_skew = ? WHERE id = ?', [
      JSON.stringify({ ...request, servesOthers: served !== undefined }), now, request.position, now, request.appVersion, skew, session.deviceId,
    ]);
    if (served !== undefined) await keepServed(queries, session, served);
    const [last] = await queries.rows<{ receivedAt: number | null }>('SELECT MAX(received_at) AS receivedAt FROM reports WHERE device_id = ?', [session.deviceId]);
    if (last?.receivedAt != null && now < last.receivedAt + pointEvery) return;
    await queries.change('DELETE FROM reports WHERE device_id = ? AND received_at < ?', [session.deviceId, now - pointsKept]);
    await queries.change('INSERT INTO reports (device_id, received_at, behind, unsent) VALUES (?, ?, ?, ?)', [session.deviceId, now, behind, request.unsent]);
  });
  return json(await surroundingsOf({ database, ...context }, session, request.namesTag));
}
