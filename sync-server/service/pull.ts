import type { PullAnswer } from '../../shared/sync/protocol.ts';
import type { RevisionRow } from '../database/schema.ts';
import type { ServiceContext } from './context.ts';
import type { Json, SyncRequest } from './messages.ts';
import { joinGrants } from './scope.ts';
import { noteTold, type Session } from './sessions.ts';
import { documentText, toldColumns, type ToldRow } from './wire.ts';
import { readWindow, type Heading } from './windows.ts';

/** Looks no further in one answer, however little of it is in scope. */
const windowsAtMost = 20;

/**
 * Tells the change sets after a position, each whole, as far as they are in scope. What is out of scope is passed over, and the
 * position moves past it.
 */
export async function pull(context: ServiceContext, session: Session, request: SyncRequest<'pull'>): Promise<Json<PullAnswer>> {
  const size = Math.min(request.maxBytes, context.limits.pageBytes);
  const told: string[] = [];
  let [position, length] = [Math.min(request.after, session.head), 0];
  for (let windows = 0; position < session.head && length < size && windows < windowsAtMost; windows += 1) {
    const headings = await readWindow(context, session.organisationId, position, session.head, size - length);
    const end = headings.at(-1)?.position ?? session.head;
    const texts = await changeSetTexts(context, session, position, end, headings);
    told.push(...texts);
    length += texts.reduce((sum, text) => sum + text.length, 0);
    position = end;
  }
  if (position > session.toldPosition) await noteTold(context.database, session.deviceId, position);
  return `{"changeSets":[${told.join()}],"position":${position},"head":${session.head}}`;
}

type PulledRow = ToldRow & Pick<RevisionRow, 'merged'>;

interface Page {
  documents: Map<number, string[]>;
  echoes: Map<number, string[]>;
}

async function changeSetTexts(context: ServiceContext, session: Session, after: number, upTo: number, headings: Heading[]): Promise<string[]> {
  const carriedByOther = new Set(headings.filter(({ carried_by }) => carried_by !== session.deviceId).map(({ position }) => position));
  const rows = await readRevisions(context, session, after, upTo);
  const page: Page = { documents: new Map(), echoes: new Map() };
  for (const row of rows) {
    const isEcho = !carriedByOther.has(row.position) && row.merged === 0;
    addTo(isEcho ? page.echoes : page.documents, row.position, isEcho ? echoText(row) : documentText(row));
  }
  await addGranted(context, session, after, upTo, page);
  const withdrawn = await readWithdrawn(context, session, after, upTo);
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

const echoText = (row: PulledRow): string => `{"collection":"${row.collection}","id":"${row.document_id}","rev":"${row.rev}"}`;

function changeSetText({ position, id, action, actor_id, device_id, wall_time }: Heading, [documents = [], echoes = [], withdrawn = []]: (string[] | undefined)[]): string {
  return (
    `{"id":"${id}","action":${JSON.stringify(action)},"actorId":${JSON.stringify(actor_id)},"deviceId":"${device_id}","wallTime":"${wall_time}","position":${position},` +
    `"documents":[${documents.join()}],"echoes":[${echoes.join()}],"withdrawn":[${withdrawn.join()}]}`
  );
}

/** Of a patient that came into scope later than this, everything is told at that later place. */
const readRevisions = ({ database }: ServiceContext, { siteId, organisationId }: Session, after: number, upTo: number): Promise<PulledRow[]> =>
  database.rows<PulledRow>(
    `SELECT ${toldColumns}, r.merged FROM revisions r ${joinGrants}
       WHERE r.organisation_id = ? AND r.position > ? AND r.position <= ? AND r.landed_rev IS NULL AND (r.compartment = '*' OR g.position <= r.position)
       ORDER BY r.position, r.ordinal`,
    [siteId, organisationId, after, upTo],
  );

/** A patient that existed before it was granted comes whole, as it stood there, with the change set that granted it. */
async function addGranted({ database }: ServiceContext, { siteId, organisationId }: Session, after: number, upTo: number, page: Page): Promise<void> {
  const rows = await database.rows<ToldRow & { granted: number }>(
    `SELECT ${toldColumns}, g.position AS granted FROM grants g JOIN revisions r ON r.organisation_id = g.organisation_id AND r.compartment = g.patient_id
       WHERE g.organisation_id = ? AND g.site_id = ? AND g.position > ? AND g.position <= ? AND g.withdrawn_position IS NULL
         AND r.position < g.position AND (r.superseded_position IS NULL OR r.superseded_position > g.position)
       ORDER BY r.position, r.ordinal`,
    [organisationId, siteId, after, upTo],
  );
  for (const row of rows) addTo(page.documents, row.granted, documentText(row));
}

/** Patients that this site lost in these change sets; one that came back since comes whole at that later place. */
async function readWithdrawn({ database }: ServiceContext, { siteId, organisationId }: Session, after: number, upTo: number): Promise<Map<number, string[]>> {
  const rows = await database.rows<{ patientId: string; position: number }>(
    `SELECT g.patient_id AS patientId, g.withdrawn_position AS position FROM grants g
       WHERE g.organisation_id = ? AND g.site_id = ? AND g.withdrawn_position > ? AND g.withdrawn_position <= ? ORDER BY g.withdrawn_position, g.patient_id`,
    [organisationId, siteId, after, upTo],
  );
  const withdrawn = new Map<number, string[]>();
  for (const { patientId, position } of rows) addTo(withdrawn, position, `"${patientId}"`);
  return withdrawn;
}

