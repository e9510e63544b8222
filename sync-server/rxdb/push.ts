import { z } from 'zod';
import { derivedId } from '../../shared/sync/derived-id.ts';
import type { ChangeSet, WireDocument } from '../../shared/sync/protocol.ts';
import { idSchema } from '../../shared/schema/document.ts';
import { Aliases, readAliases } from '../service/aliases.ts';
import type { ServiceContext } from '../service/context.ts';
import type { Handle } from '../service/messages.ts';
import { readSession, type Session } from '../service/sessions.ts';
import { fieldsOf, rxdbCollectionSchema, rxdbDocumentSchema, shows, toRxdb, withChanges, type RxdbDocument, type SentDocument } from './documents.ts';

const rowSchema = z.strictObject({ assumedMasterState: rxdbDocumentSchema.optional(), newDocumentState: rxdbDocumentSchema });
type Row = z.infer<typeof rowSchema>;

export const rxdbPushSchema = z.strictObject({
  collection: rxdbCollectionSchema,
  epoch: idSchema,
  /** Who wrote: a user's id. RxDB knows none, so the client says it. */
  actorId: z.string().max(100),
  rows: z.array(rowSchema).max(1000),
});
export type RxdbPush = z.infer<typeof rxdbPushSchema>;

interface BaseRow {
  rev: string;
  deleted: number;
  createdAt: string;
  content: string;
}

/** A version of the server, as a client's state may have come out of it. */
interface Base {
  rev: string;
  deleted: boolean;
  createdAt: string;
  content: Record<string, unknown>;
}

/**
 * Takes the rows as change sets, one each. Answers the master documents of those that were merged with another's work: RxDB then gives
 * up its own state for them, and the server has both. A refused row is kept in quarantine and answered like a good one: RxDB
 * would send it again for ever, and nothing behind it.
 */
export async function pushRows(context: ServiceContext, handle: Handle, token: string | null, { collection, epoch, actorId, rows }: RxdbPush): Promise<RxdbDocument[]> {
  const session = await readSession(context, token);
  const changeSets: ChangeSet[] = [];
  const history: History = { context, session, collection, aliases: session.hasAliases ? await readAliases(context.database, session) : new Aliases() };
  for (const row of rows) {
    const document = await written(history, row);
    if (document !== undefined) changeSets.push(changeSetOf(session, actorId, document));
  }
  if (changeSets.length === 0) return [];
  const { outcomes } = await handle('push', token, { epoch, changeSets });
  const merged = outcomes.flatMap((outcome) => (outcome.outcome === 'accepted' ? outcome.landed : [])).filter(({ rev }) => !changeSets.some(({ documents }) => documents.some((sent) => sent.rev === rev)));
  if (merged.length === 0) return [];
  const refs = merged.map(({ collection, id }) => ({ collection, id }));
  const { documents } = await handle('documents', token, { epoch, refs });
  return documents.map(toRxdb);
}

/** The version that a row makes; undefined where it changes nothing. */
async function written(history: History, { assumedMasterState, newDocumentState }: Row): Promise<WireDocument | undefined> {
  const { context, session, collection } = history;
  const { id, updatedBy = '', _deleted = false } = newDocumentState;
  const base = assumedMasterState && (await findBase(history, assumedMasterState));
  const fields = fieldsOf(newDocumentState);
  const content = base === undefined ? fields : withChanges(base.content, fieldsOf(assumedMasterState ?? newDocumentState), fields);
  const updatedAt = newDocumentState.updatedAt ?? context.now().toISOString();
  // Derived, so that the same row sent again after a lost answer is the same version.
  const rev = derivedId('rxdb', session.deviceId, collection, id, base?.rev ?? null, _deleted, content);
  if (base !== undefined && base.deleted === _deleted && Object.keys(withChanges({}, base.content, content)).length === 0 && Object.keys(base.content).every((field) => field in content)) return undefined;
  return { collection, id, rev, baseRev: base?.rev ?? null, deleted: _deleted, createdAt: base?.createdAt ?? newDocumentState.createdAt ?? updatedAt, updatedAt, updatedBy, content };
}

/** The versions of a collection, as far as a client's device may know of them, and in its words. */
interface History {
  context: ServiceContext;
  session: Session;
  collection: string;
  aliases: Aliases;
}

/**
 * The version that a client's assumed master state is: the one whose rev it carries, or one that the client itself wrote over that one and
 * has not read back yet, rev and all.
 */
async function findBase(history: History, assumed: SentDocument): Promise<Base | undefined> {
  if (assumed.rev === undefined) return findOwn(history, assumed);
  const chain = [assumed.rev];
  const fields = fieldsOf(assumed);
  for (let rev = chain.shift(); rev !== undefined; rev = chain.shift()) {
    const [base] = await readVersions(history, assumed.id, 'r.rev = ?', rev);
    if (base !== undefined && base.deleted === (assumed._deleted ?? false) && shows(base.content, fields)) return base;
    const later = await readVersions(history, assumed.id, 'r.base_rev = ? AND r.device_id = ?', rev, history.session.deviceId);
    chain.push(...later.map((each) => each.rev));
  }
  return (await readVersions(history, assumed.id, 'r.rev = ?', assumed.rev))[0];
}

/** A document that the client made and has not read back: it carries no rev at all. */
async function findOwn(history: History, assumed: SentDocument): Promise<Base | undefined> {
  const fields = fieldsOf(assumed);
  const own = await readVersions(history, assumed.id, 'r.device_id = ?', history.session.deviceId);
  return own.findLast(({ content, deleted }) => deleted === (assumed._deleted ?? false) && shows(content, fields));
}

/** Without the condition of scope a client that names a foreign version would have its content written into a document of its own. */
async function readVersions({ context, session, collection, aliases }: History, id: string, condition: string, ...values: string[]): Promise<Base[]> {
  const rows = await context.database.rows<BaseRow>(
    `SELECT r.rev AS rev, r.deleted AS deleted, r.created_at AS createdAt, r.content AS content FROM revisions r
       WHERE r.organisation_id = ? AND r.collection = ? AND r.document_id = ? AND ${condition} AND r.content IS NOT NULL AND (r.compartment = '*' OR EXISTS (
         SELECT 1 FROM grants g JOIN device_sites s ON s.site_id = g.site_id
           WHERE g.organisation_id = r.organisation_id AND g.patient_id = r.compartment AND s.device_id = ?))`,
    [session.organisationId, collection, aliases.idOf(collection, id), ...values, session.deviceId],
  );
  return rows.map(({ rev, deleted, createdAt, content }) => ({ rev, deleted: deleted === 1, createdAt, content: JSON.parse(aliases.outwardText(content)) as Base['content'] }));
}

const changeSetOf = ({ deviceId }: Session, actorId: string, document: WireDocument): ChangeSet => {
  const { collection, rev, baseRev, deleted, updatedAt } = document;
  const done = deleted ? 'deleted' : baseRev === null ? 'created' : 'updated';
  const action = collection === 'conflicts' ? 'conflict.settled' : `${collection}.${done}`;
  return { id: derivedId('rxdb-change-set', rev), action, actorId, deviceId, wallTime: updatedAt, documents: [document] };
};
