import { createHash } from 'node:crypto';
import { chunkCount, chunkLength } from '../../shared/attachments/attachment.ts';
import { attachmentsAtOnce, type AttachmentGetAnswer, type AttachmentPutAnswer, type AttachmentRef, type AttachmentsAnswer } from '../../shared/sync/attachments.ts';
import type { Queries } from '../database/index.ts';
import { findAtSender } from './attachment-gifts.ts';
import { giveTo } from './attachment-references.ts';
import type { ServiceContext } from './context.ts';
import { refuse } from './failure.ts';
import { json, type Json, type SyncRequest } from './messages.ts';
import type { Session } from './sessions.ts';

/** Bytes that a device may speak of. */
interface Named {
  holderId: string;
  hash: string;
  /** As the document says. */
  size: number;
  chunks: number;
  complete: number;
  /** The device that brought the document. */
  carriedBy: string;
  /** Where the document named them first. */
  position: number;
}

/**
 * By a document of a patient that its site holds. To send bytes, also by one that the device, or one that it descends from or that descends
 * from it, sent itself: what is refused or has left the scope is still handed over. To a restored database another workstation may have brought
 * the document first, without its bytes: who names it and its hash there has held it. A revoked one only sends. What is refused is kept in the
 * words of its sender, also where its site has another id for the document by now.
 */
async function findNamed(queries: Queries, { organisationId, siteId, deviceId, state }: Session, { id, hash }: AttachmentRef, how: 'read' | 'write'): Promise<Named | undefined> {
  const [found] = await queries.rows<Named>(
    `SELECT r.holder_id AS holderId, r.hash AS hash, r.size AS size, a.chunks AS chunks, a.complete AS complete, r.carried_by AS carriedBy, r.position AS position FROM attachment_references r
       JOIN attachments a ON a.organisation_id = r.organisation_id AND a.holder_id = r.holder_id AND a.hash = r.hash
       LEFT JOIN grants g ON g.organisation_id = r.organisation_id AND g.site_id = ? AND g.patient_id = r.holder_id AND g.withdrawn_position IS NULL
       WHERE r.organisation_id = ? AND r.hash = ? AND (r.document_id = ? OR (r.holder_id = r.carried_by AND r.document_id IN (
         SELECT al.id FROM aliases al WHERE al.organisation_id = r.organisation_id AND al.collection = 'documentReferences' AND al.alias = ?))) AND ((g.patient_id IS NOT NULL AND ? = 1) OR (? = 1 AND (r.carried_by IN (
         SELECT kin.id FROM devices kin JOIN devices me ON me.lineage_id = kin.lineage_id WHERE me.id = ?) OR (r.holder_id <> r.carried_by AND EXISTS (
         SELECT 1 FROM epochs e WHERE e.organisation_id = r.organisation_id AND e.number > 1)))))
       ORDER BY CASE WHEN r.holder_id = r.carried_by THEN 1 ELSE 0 END`,
    [siteId, organisationId, hash, id, id, state === 'active' ? 1 : 0, how === 'write' ? 1 : 0, deviceId],
  );
  return found;
}

const stateOf = ({ chunks, complete }: Pick<Named, 'chunks' | 'complete'>) => ({ chunks, complete: complete === 1 });

/** To know what there is of it, or to send it. What its sender's site holds whole elsewhere is there from now on. */
async function findSendable(context: ServiceContext, session: Session, ref: AttachmentRef): Promise<Named | undefined> {
  const { database, commits } = context;
  const { organisationId, state } = session;
  const found = await findNamed(database, session, ref, 'write');
  // A revoked one learns of nothing but what it sent.
  if (found === undefined || found.complete === 1 || state === 'revoked') return found;
  const source = await findAtSender(database, organisationId, found);
  if (source === undefined) return found;
  await database.transaction(async (queries) => {
    // Of two that ask at once the second waits here, and finds them whole.
    await queries.change(`UPDATE attachments SET size = size WHERE ${which}`, keyOf(organisationId, found));
    await giveTo(queries, organisationId, { holder_id: source, hash: ref.hash }, found.holderId);
    await noteForUpstream(queries, organisationId, { ...found, id: ref.id });
  });
  // A hub goes on with it to the server that it follows.
  commits.tell(organisationId);
  return findNamed(database, session, ref, 'write');
}

export async function attachments(context: ServiceContext, session: Session, { attachments: asked, lacking }: SyncRequest<'attachments'>): Promise<Json<AttachmentsAnswer>> {
  const states: AttachmentsAnswer['states'] = [];
  for (const ref of asked) {
    const found = await findSendable(context, session, ref);
    states.push({ id: ref.id, hash: ref.hash, named: found !== undefined, ...stateOf(found ?? { chunks: 0, complete: 0 }) });
  }
  const found = lacking === null || session.state === 'revoked' ? { lacking: [], cursor: null } : await findLacking(context.database, session, lacking.cursor);
  return json({ states, ...found });
}

/**
 * What documents in scope name and this server does not have whole: it was restored, or nobody has sent it yet. In the order in which
 * the documents came: an order of ids would tell which of them another site has, too.
 */
async function findLacking(queries: Queries, { organisationId, siteId }: Session, cursor: string | null): Promise<Pick<AttachmentsAnswer, 'lacking' | 'cursor'>> {
  const [position, ordinal] = readCursor(cursor);
  const rows = await queries.rows<AttachmentRef & { position: number; ordinal: number }>(
    `SELECT r.document_id AS id, r.hash AS hash, r.position AS position, r.ordinal AS ordinal FROM attachments a
       JOIN attachment_references r ON r.organisation_id = a.organisation_id AND r.holder_id = a.holder_id AND r.hash = a.hash
       JOIN grants g ON g.organisation_id = a.organisation_id AND g.site_id = ? AND g.patient_id = a.holder_id AND g.withdrawn_position IS NULL
       WHERE a.organisation_id = ? AND a.complete = 0 AND (r.position > ? OR (r.position = ? AND r.ordinal > ?)) ORDER BY r.position, r.ordinal LIMIT ${attachmentsAtOnce}`,
    [siteId, organisationId, position, position, ordinal],
  );
  const last = rows.length === attachmentsAtOnce ? rows.at(-1) : undefined;
  return { lacking: rows.map(({ id, hash }) => ({ id, hash })), cursor: last === undefined ? null : `${last.position}.${last.ordinal}` };
}

function readCursor(cursor: string | null): [position: number, ordinal: number] {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor ?? '0.0');
  return match === null ? refuse('malformed-message') : [Number(match[1]), Number(match[2])];
}

/**
 * Takes the next chunk of what a document names. Any other one is answered with what is wanted: a repeat after a lost answer, or
 * another device that sends the same.
 */
export async function putAttachment(context: ServiceContext, session: Session, { id, hash, number, bytes }: SyncRequest<'attachment-put'>): Promise<Json<AttachmentPutAnswer>> {
  const found = await findSendable(context, session, { id, hash });
  if (found === undefined) return json({ named: false, chunks: 0, complete: false });
  if (found.complete === 1) return json({ named: true, ...stateOf(found) });
  const chunk = Buffer.from(bytes, 'base64');
  if (number >= chunkCount(found.size) || chunk.length !== chunkLength(found.size, number)) return refuse('malformed-message');
  const kept = await keepChunk(context, session.organisationId, found, { number, chunk });
  if (kept.complete === 0 && kept.chunks === chunkCount(found.size)) await finishAttachment(context, session.organisationId, { ...found, id });
  const [now] = await readState(context.database, session.organisationId, found);
  return json({ named: true, ...stateOf(now ?? { chunks: 0, complete: 0 }) });
}

const which = 'organisation_id = ? AND holder_id = ? AND hash = ?';
type Key = Pick<Named, 'holderId' | 'hash'>;
const keyOf = (organisationId: number, { holderId, hash }: Key): unknown[] => [organisationId, holderId, hash];

const readState = (queries: Queries, organisationId: number, key: Key): Promise<Pick<Named, 'chunks' | 'complete' | 'size'>[]> =>
  queries.rows<Pick<Named, 'chunks' | 'complete' | 'size'>>(`SELECT chunks, complete, size FROM attachments WHERE ${which}`, keyOf(organisationId, key));

/** Keeps a chunk if it is the next one; answers how many there are then. */
export function keepChunk({ database }: Pick<ServiceContext, 'database'>, organisationId: number, { size, ...key }: Key & { size: number }, { number, chunk }: { number: number; chunk: Uint8Array }): Promise<Pick<Named, 'chunks' | 'complete'>> {
  return database.transaction(async (queries) => {
    const [row] = await readState(queries, organisationId, key);
    if (row === undefined || row.complete === 1) return { chunks: row?.chunks ?? 0, complete: row?.complete ?? 0 };
    // A document that said another size of the same bytes must not keep the one that is right from being sent.
    const known = row.size === size ? row.chunks : await startAnew(queries, organisationId, key, size);
    if (number !== known) return { chunks: known, complete: 0 };
    await queries.change('INSERT INTO attachment_chunks (organisation_id, holder_id, hash, number, bytes) VALUES (?, ?, ?, ?, ?)', [...keyOf(organisationId, key), number, chunk]);
    await queries.change(`UPDATE attachments SET chunks = ? WHERE ${which}`, [number + 1, ...keyOf(organisationId, key)]);
    return { chunks: number + 1, complete: 0 };
  });
}

async function startAnew(queries: Queries, organisationId: number, key: Key, size: number): Promise<number> {
  await queries.change(`DELETE FROM attachment_chunks WHERE ${which}`, keyOf(organisationId, key));
  await queries.change(`UPDATE attachments SET size = ?, chunks = 0 WHERE ${which} AND complete = 0`, [size, ...keyOf(organisationId, key)]);
  return 0;
}

/** All chunks are there: they are what the hash says, or none of them is kept. `from` above: the server that this one follows has them. */
export async function finishAttachment(
  context: Pick<ServiceContext, 'database' | 'commits'>, organisationId: number, { id, size, from = 'below', ...key }: Key & { id: string; size: number; from?: 'above' | 'below' },
): Promise<boolean> {
  const { database } = context;
  const hash = createHash('sha256');
  for (let number = 0; number < chunkCount(size); number += 1) hash.update((await readChunk(database, organisationId, key, number)) ?? '');
  const isRight = hash.digest('hex') === key.hash;
  await database.transaction(async (queries) => {
    if (!isRight) return void (await startAnew(queries, organisationId, key, size));
    await queries.change(`UPDATE attachments SET complete = 1 WHERE ${which}`, keyOf(organisationId, key));
    if (from === 'below') await noteForUpstream(queries, organisationId, { ...key, id });
    return undefined;
  });
  // A hub goes on with it to the server that it follows.
  if (isRight && from === 'below') context.commits.tell(organisationId);
  return isRight;
}

async function noteForUpstream(queries: Queries, organisationId: number, { holderId, hash, id }: Key & { id: string }): Promise<void> {
  const insert = queries.kind === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
  await queries.change(
    `${insert} INTO upstream_attachments (organisation_id, document_id, hash, holder_id) SELECT organisation_id, ?, ?, ? FROM upstreams WHERE organisation_id = ? AND device_id IS NOT NULL`,
    [id, hash, holderId, organisationId],
  );
}

export async function readChunk(queries: Queries, organisationId: number, key: Key, number: number): Promise<Buffer | undefined> {
  const [row] = await queries.rows<{ bytes: Buffer }>(`SELECT bytes FROM attachment_chunks WHERE ${which} AND number = ?`, [...keyOf(organisationId, key), number]);
  return row?.bytes;
}

/** A chunk of bytes that are whole, for whom a document in scope names them. */
export async function readNamedChunk({ database }: Pick<ServiceContext, 'database'>, session: Session, { id, hash, number }: AttachmentRef & { number: number }): Promise<Buffer | undefined> {
  const found = await findNamed(database, session, { id, hash }, 'read');
  return found?.complete === 1 ? readChunk(database, session.organisationId, found, number) : undefined;
}

export async function getAttachment(context: ServiceContext, session: Session, asked: SyncRequest<'attachment-get'>): Promise<Json<AttachmentGetAnswer>> {
  return json({ bytes: (await readNamedChunk(context, session, asked))?.toString('base64') ?? null });
}
