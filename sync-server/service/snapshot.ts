import type { SnapshotAnswer } from '../../shared/sync/protocol.ts';
import type { Kind } from '../database/kind.ts';
import type { ServiceContext } from './context.ts';
import { countInScope } from './digests.ts';
import { refuse } from './failure.ts';
import type { Answer, SyncRequest } from './messages.ts';
import { joinGrants } from './scope.ts';
import type { Session } from './sessions.ts';
import { documentText, frameColumns, notEmptied, textOfApart, type ToldRow } from './wire.ts';

/** Behind the last document that was told. */
interface Place {
  position: number;
  ordinal: number;
}

/** Rows to read for a page: enough for the smallest documents, few enough that a slow line's small page costs little. */
const rowsFor = (size: number) => Math.min(4000, Math.max(50, Math.ceil(size / 400)));

/** What one page is to hold. */
interface Wanted {
  at: number;
  place: Place;
  /** In bytes. */
  size: number;
  apart: boolean;
}

/** A page as it goes over the wire, and where the next begins. */
export interface SnapshotPage {
  answer: Answer<SnapshotAnswer>;
  next: Place | null;
}

/**
 * Tells the documents in scope as they stood at one position, in the order of their commits, from a place on. Pages are cut
 * between any two documents: on a slow line a cut costs no more than one small page.
 */
export async function snapshot(context: ServiceContext, session: Session, request: SyncRequest<'snapshot'>): Promise<Answer<SnapshotAnswer>> {
  const at = request.at ?? session.head;
  if (at > session.head) refuse('malformed-message');
  const wanted = { at, place: placeOf(request.cursor), size: Math.min(request.maxBytes, context.limits.pageBytes), apart: request.apart === true };
  const { answer, next } = (await context.readingAhead.take(keyOf(session, wanted))) ?? (await readSnapshotPage(context, session, wanted));
  // With the first page: of one that is cut short the workstation has documents, too.
  if (at > session.toldPosition) await context.told.note(session.deviceId, at);
  if (next !== null) readAhead(context, session, { ...wanted, place: next });
  return answer;
}

/** What the session is, too: a page is of one site's scope. */
const keyOf = ({ deviceId, organisationId, siteId }: Session, wanted: Wanted): string => JSON.stringify([deviceId, organisationId, siteId, wanted]);

/** Smaller pages still change their size from one to the next. SQLite would read in this very thread, before the answer goes out. */
function readAhead(context: ServiceContext, session: Session, wanted: Wanted): void {
  if (wanted.size < context.limits.pageBytes || context.database.kind === 'sqlite') return;
  context.readingAhead.begin(keyOf(session, wanted), () => readSnapshotPage(context, session, wanted));
}

async function readSnapshotPage(context: ServiceContext, session: Session, { at, place: first, size, apart }: Wanted): Promise<SnapshotPage> {
  const page = apart ? new PageApart() : new TextPage();
  let place: Place | null = first;
  while (place !== null && page.size < size) {
    const limit = rowsFor(size - page.size);
    const rows = await readPage(context, session, at, place, limit, page.contentColumn(context.database.kind));
    let taken = 0;
    for (; taken < rows.length && (page.size < size || page.size === 0); taken += 1) page.add(rows[taken] as PlacedRow<never>);
    const last = rows[taken - 1];
    place = last === undefined || (taken === rows.length && rows.length < limit) ? null : { position: last.position, ordinal: last.ordinal };
  }
  const total = await countInScope(context, session);
  return { answer: page.answer(`"at":${at},"cursor":${place === null ? 'null' : `"${place.position}.${place.ordinal}"`},"total":${total}`), next: place };
}

type PlacedRow<Content = string | null> = Omit<ToldRow, 'content'> & { granted: number | null; content: Content };
const positionOf = ({ position, granted }: { position: number; granted: number | null }): number => Math.max(position, granted ?? 0);

/** One JSON text. */
class TextPage {
  size = 0;
  readonly #texts: string[] = [];

  contentColumn(): string {
    return 'r.content';
  }

  add(row: PlacedRow): void {
    const text = documentText(row, positionOf(row));
    this.#texts.push(text);
    this.size += text.length;
  }

  answer(rest: string): string {
    return `{${rest},"documents":[${this.#texts.join()}]}`;
  }
}

/** JSON without the contents, which follow it as the database keeps them. */
class PageApart {
  size = 0;
  readonly #texts: string[] = [];
  readonly #contents: Buffer[] = [];

  contentColumn(kind: Kind): string {
    return kind === 'sqlite' ? 'CAST(r.content AS BLOB) AS content' : 'CAST(r.content AS BINARY) AS content';
  }

  add(row: PlacedRow<Buffer | null>): void {
    const text = textOfApart(row, positionOf(row), row.content?.length ?? null);
    this.#texts.push(text);
    if (row.content !== null) this.#contents.push(row.content);
    this.size += text.length + (row.content?.length ?? 0);
  }

  answer(rest: string): Buffer {
    return Buffer.concat([Buffer.from(`{${rest},"documents":[${this.#texts.join()}]}\n`), ...this.#contents]);
  }
}

const cursorPattern = /^(\d{1,15})\.(\d{1,9})$/;

function placeOf(cursor: string | null): Place {
  if (cursor === null) return { position: 0, ordinal: -1 };
  const match = cursorPattern.exec(cursor);
  return match === null ? refuse('malformed-message') : { position: Number(match[1]), ordinal: Number(match[2]) };
}

/** Two ranges of the primary key, read one after the other: the rest of one change set, and what comes after it. */
async function readPage(context: ServiceContext, session: Session, at: number, { position, ordinal }: Place, limit: number, content: string): Promise<PlacedRow[]> {
  const rest = await readRows(context, session, at, 'r.position = ? AND r.ordinal > ?', [position, ordinal], limit, content);
  if (rest.length >= limit) return rest;
  return [...rest, ...(await readRows(context, session, at, 'r.position > ?', [position], limit - rest.length, content))];
}

const readRows = ({ database }: ServiceContext, { siteId, organisationId }: Session, at: number, range: string, values: number[], limit: number, content: string): Promise<PlacedRow[]> =>
  database.rows<PlacedRow>(
    `SELECT ${frameColumns}, ${content}, g.position AS granted FROM revisions r ${joinGrants}
       WHERE r.organisation_id = ? AND ${range} AND r.position <= ? AND (r.superseded_position IS NULL OR r.superseded_position > ?)
         AND (r.compartment = '*' OR g.position <= ?) AND ${notEmptied}
       ORDER BY r.position, r.ordinal LIMIT ${limit}`,
    [siteId, organisationId, ...values, at, at, at],
  );
