import type { SnapshotAnswer } from '../../shared/sync/protocol.ts';
import type { ServiceContext } from './context.ts';
import { countInScope } from './digests.ts';
import { refuse } from './failure.ts';
import type { Json, SyncRequest } from './messages.ts';
import { joinGrants } from './scope.ts';
import type { Session } from './sessions.ts';
import { documentText, toldColumns, type ToldRow } from './wire.ts';

/** Behind the last document that was told. */
interface Place {
  position: number;
  ordinal: number;
}

/** Rows to read for a page: enough for the smallest documents, few enough that a slow line's small page costs little. */
const rowsFor = (size: number) => Math.min(4000, Math.max(50, Math.ceil(size / 400)));

/**
 * Tells the documents in scope as they stood at one position, in the order of their commits, from a place on. Pages are cut
 * between any two documents: on a slow line a cut costs no more than one small page.
 */
export async function snapshot(context: ServiceContext, session: Session, request: SyncRequest<'snapshot'>): Promise<Json<SnapshotAnswer>> {
  const at = request.at ?? session.head;
  if (at > session.head) refuse('malformed-message');
  const size = Math.min(request.maxBytes, context.limits.pageBytes);
  const texts: string[] = [];
  let [place, length]: [Place | null, number] = [placeOf(request.cursor), 0];
  while (place !== null && length < size) {
    const limit = rowsFor(size - length);
    const rows = await readPage(context, session, at, place, limit);
    let taken = 0;
    for (; taken < rows.length && (length < size || texts.length === 0); taken += 1) {
      const row = rows[taken] as PlacedRow;
      const text = documentText(row, Math.max(row.position, row.granted ?? 0), request.asText);
      texts.push(text);
      length += text.length;
    }
    const last = rows[taken - 1];
    place = last === undefined || (taken === rows.length && rows.length < limit) ? null : { position: last.position, ordinal: last.ordinal };
  }
  // With the first page: of one that is cut short the workstation has documents, too.
  if (at > session.toldPosition) await context.told.note(session.deviceId, at);
  const total = await countInScope(context, session);
  return `{"at":${at},"documents":[${texts.join()}],"cursor":${place === null ? 'null' : `"${place.position}.${place.ordinal}"`},"total":${total}}`;
}

const cursorPattern = /^(\d{1,15})\.(\d{1,9})$/;

function placeOf(cursor: string | null): Place {
  if (cursor === null) return { position: 0, ordinal: -1 };
  const match = cursorPattern.exec(cursor);
  return match === null ? refuse('malformed-message') : { position: Number(match[1]), ordinal: Number(match[2]) };
}

type PlacedRow = ToldRow & { granted: number | null };

/** Two ranges of the primary key, read one after the other: the rest of one change set, and what comes after it. */
async function readPage(context: ServiceContext, session: Session, at: number, { position, ordinal }: Place, limit: number): Promise<PlacedRow[]> {
  const rest = await readRows(context, session, at, 'r.position = ? AND r.ordinal > ?', [position, ordinal], limit);
  if (rest.length >= limit) return rest;
  return [...rest, ...(await readRows(context, session, at, 'r.position > ?', [position], limit - rest.length))];
}

const readRows = ({ database }: ServiceContext, { siteId, organisationId }: Session, at: number, range: string, values: number[], limit: number): Promise<PlacedRow[]> =>
  database.rows<PlacedRow>(
    `SELECT ${toldColumns}, g.position AS granted FROM revisions r ${joinGrants}
       WHERE r.organisation_id = ? AND ${range} AND r.position <= ? AND (r.superseded_position IS NULL OR r.superseded_position > ?)
         AND (r.compartment = '*' OR g.position <= ?)
       ORDER BY r.position, r.ordinal LIMIT ${limit}`,
    [siteId, organisationId, ...values, at, at, at],
  );
