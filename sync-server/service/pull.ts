import type { PullAnswer } from '../../shared/sync/protocol.ts';
import type { RevisionRow } from '../database/schema.ts';
import type { ServiceContext } from './context.ts';
import { refuse } from './failure.ts';
import type { Json, SyncRequest } from './messages.ts';
import { joinGrants } from './scope.ts';
import type { Session } from './sessions.ts';
import { changeSetText, documentText, echoText, notEmptied, toldColumns, type ToldRow } from './wire.ts';
import { readWindow, type Heading } from './windows.ts';

/** Looks no further in one answer, however little of it is in scope. */
const windowsAtMost = 20;

/**
 * Tells the change sets after a position, each whole, as far as they are in scope. What is out of scope is passed over, and the
 * position moves past it.
 */
export async function pull(context: ServiceContext, session: Session, request: SyncRequest<'pull'>): Promise<Json<PullAnswer>> {
  // It was told of more than this database remembers: what is behind it is found at its next hello.
  if (request.after > session.toldPosition) return refuse('token-expired');
  const size = Math.min(request.maxBytes, context.limits.pageBytes);
  const upTo = Math.min(session.head, request.upTo ?? session.head);
  const page = (await recentPage(context, session, { after: request.after, upTo }, size)) ?? (await storedPage(context, session, { after: request.after, upTo }, size));
  if (page.position > session.toldPosition) await context.told.note(session.deviceId, page.position);
  return `{"changeSets":[${page.texts.join()}],"position":${page.position},"head":${session.head}}`;
}

interface Range {
  after: number;
  upTo: number;
}

interface Page {
  texts: string[];
  /** Everything in scope up to here is in `texts`. */
  position: number;
}

/** Most pulls ask for what was committed a moment ago, and many at once: that is put together once. */
async function recentPage({ recent }: ServiceContext, session: Session, { after, upTo }: Range, size: number): Promise<Page | undefined> {
  const changeSets = await recent.between(session, after);
  if (changeSets === undefined) return undefined;
  const page: Page = { texts: [], position: after };
  for (let length = 0; page.position < upTo && (length < size || page.texts.length === 0); page.position += 1) {
    const text = changeSets[page.position - after]?.textFor(session) ?? null;
    if (text === null) continue;
    page.texts.push(text);
    length += text.length;
  }
  return page;
}

async function storedPage(context: ServiceContext, session: Session, { after, upTo }: Range, size: number): Promise<Page> {
  const page: Page = { texts: [], position: after };
  let length = 0;
  for (let windows = 0; page.position < upTo && length < size && windows < windowsAtMost; windows += 1) {
    const headings = await readWindow(context.database, session.organisationId, page.position, upTo, size - length);
    const end = headings.at(-1)?.position ?? upTo;
    const texts = await changeSetTexts(context, session, page.position, end, headings);
    page.texts.push(...texts);
    length += texts.reduce((sum, text) => sum + text.length, 0);
    page.position = end;
  }
  return page;
}

type PulledRow = ToldRow & Pick<RevisionRow, 'merged'>;

interface Parts {
  documents: Map<number, string[]>;
  echoes: Map<number, string[]>;
}

async function changeSetTexts(context: ServiceContext, session: Session, after: number, upTo: number, headings: Heading[]): Promise<string[]> {
  const carriedByOther = new Set(headings.filter(({ carried_by }) => carried_by !== session.deviceId).map(({ position }) => position));
  const rows = await readRevisions(context, session, after, upTo);
  const page: Parts = { documents: new Map(), echoes: new Map() };
  for (const row of rows) {
    const isEcho = !carriedByOther.has(row.position) && row.merged === 0;
    addTo(isEcho ? page.echoes : page.documents, row.position, isEcho ? echoText(row) : documentText(row));
  }
  const withdrawn = new Map<number, string[]>();
  for (const moved of await readMoved(context, session, after, upTo)) {
    if (moved.withdrawn === 1) addTo(withdrawn, moved.position, `"${moved.patientId}"`);
    else await addGranted(context, session, moved, page);
  }
  return headings.flatMap((heading) => {
    const { position } = heading;
    const parts = [page.documents.get(position), page.echoes.get(position), withdrawn.get(position)];
    return parts.every((part) => part === undefined) ? [] : [changeSetText(heading, parts)];
  });
}

function addTo(map: Map<number, string[]>, position: number, text: string): void {
  const known = map.get(position);
  if (known === undefined) map.set(position, [text]);
  else known.push(text);
}

/** Of a patient that came into scope later than this, everything is told at that later place. */
const readRevisions = ({ database }: ServiceContext, { siteId, organisationId }: Session, after: number, upTo: number): Promise<PulledRow[]> =>
  database.rows<PulledRow>(
    `SELECT ${toldColumns}, r.merged FROM revisions r ${joinGrants}
       WHERE r.organisation_id = ? AND r.position > ? AND r.position <= ? AND r.landed_rev IS NULL AND (r.compartment = '*' OR g.position <= r.position) AND ${notEmptied}
       ORDER BY r.position, r.ordinal`,
    [siteId, organisationId, after, upTo],
  );

interface Moved {
  patientId: string;
  position: number;
  withdrawn: number;
}

/** Patients that came to this site or left it in these change sets. One that left and came back is told at both places. */
const readMoved = ({ database }: ServiceContext, { siteId, organisationId }: Session, after: number, upTo: number): Promise<Moved[]> =>
  database.rows<Moved>(
    `SELECT patient_id AS patientId, position AS position, 0 AS withdrawn FROM grants
         WHERE organisation_id = ? AND site_id = ? AND existed = 1 AND position > ? AND position <= ? AND withdrawn_position IS NULL
     UNION ALL SELECT patient_id, withdrawn_position, 1 FROM grants WHERE organisation_id = ? AND site_id = ? AND withdrawn_position > ? AND withdrawn_position <= ?`,
    [organisationId, siteId, after, upTo, organisationId, siteId, after, upTo],
  );

/** A patient that was there before it was granted comes whole, as it stood there, with the change set that granted it. */
async function addGranted({ database }: ServiceContext, { organisationId }: Session, { patientId, position }: Moved, page: Parts): Promise<void> {
  const rows = await database.rows<ToldRow>(
    `SELECT ${toldColumns} FROM revisions r WHERE r.organisation_id = ? AND r.compartment = ? AND r.position < ? AND (r.superseded_position IS NULL OR r.superseded_position > ?) AND ${notEmptied}`,
    [organisationId, patientId, position, position],
  );
  for (const row of rows.sort(byPlace)) addTo(page.documents, position, documentText(row));
}

const byPlace = (one: ToldRow, two: ToldRow): number => one.position - two.position || one.ordinal - two.ordinal;
