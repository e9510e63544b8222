import { z } from 'zod';
import { idSchema } from '../../shared/schema/document.ts';
import { changeSetSchema, wireDocumentSchema, type PushOutcome, type Refusal } from '../../shared/sync/protocol.ts';
import { withoutPurged } from '../../shared/sync/purged.ts';
import type { Queries } from '../database/index.ts';
import type { Schema } from '../database/schema.ts';
import { attachmentIn, collection as withAttachments, noteReferences, takeOver } from './attachment-references.ts';
import { insertAll } from './flush.ts';
import { chunksOf, marks } from './held.ts';
import { textOf, type Incoming } from './incoming.ts';
import { readPurged } from './quarantine-wipe.ts';
import type { Carrier } from './sessions.ts';

/** Keeps what is refused, whole: the workstation it came from may be locked or lost tomorrow. A repeat takes the place of the first. */
export async function keepInQuarantine(queries: Queries, session: Carrier, now: Date, incoming: Incoming[], outcomes: PushOutcome[]): Promise<void> {
  for (const [sequence, outcome] of outcomes.entries()) {
    if (outcome.outcome === 'accepted') continue;
    await remove(queries, session, [outcome.id]);
    await insert(queries, session, { id: outcome.id, refusal: outcome.refusal, receivedAt: now.getTime(), sequence, raw: incoming[sequence]?.raw });
  }
}

/** What was repaired and taken is no longer refused. */
export async function leaveQuarantine(queries: Queries, session: Carrier, outcomes: PushOutcome[]): Promise<void> {
  const taken = outcomes.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id);
  for (const chunk of chunksOf(taken)) {
    const documents = await queries.rows<{ id: string }>(
      `SELECT document_id AS id FROM quarantined_documents WHERE organisation_id = ? AND device_id = ? AND collection = '${withAttachments}' AND change_set_id IN (${marks(chunk.length)})`,
      [session.organisationId, session.deviceId, ...chunk],
    );
    await takeOver(queries, session.organisationId, session.deviceId, documents.map((document) => document.id));
    await remove(queries, session, chunk);
  }
}

async function remove(queries: Queries, { organisationId, deviceId }: Pick<Carrier, 'organisationId' | 'deviceId'>, ids: string[]): Promise<void> {
  for (const table of ['quarantine', 'quarantined_documents']) {
    await queries.change(`DELETE FROM ${table} WHERE organisation_id = ? AND device_id = ? AND change_set_id IN (${marks(ids.length)})`, [organisationId, deviceId, ...ids]);
  }
}

interface Refused {
  id: string;
  refusal: Refusal;
  receivedAt: number;
  sequence: number;
  raw: unknown;
}

async function insert(queries: Queries, session: Carrier, { id, refusal, receivedAt, sequence, raw }: Refused): Promise<void> {
  const { organisationId, deviceId } = session;
  const { documents, ...facts } = factsOf(raw);
  const isPurged = await readPurged(queries, session, documents);
  const content = textOf(withoutPurged(raw, isPurged));
  const values = [organisationId, deviceId, id, refusal, receivedAt, sequence, facts.originDeviceId, facts.action, facts.actorId, facts.wallTime, documents.length, content.length, content];
  await insertAll(queries, 'quarantine', columns, [values]);
  const rows = documents.map(({ collection, id: documentId, patientId }, ordinal) => [organisationId, deviceId, id, ordinal, collection, documentId, patientId]);
  await insertAll(queries, 'quarantined_documents', documentColumns, rows);
  const named = documents.filter((document) => document.collection === withAttachments && !isPurged(document));
  await noteReferences(queries, organisationId, named.flatMap(({ id: document_id, attachment }) =>
    attachment === undefined ? [] : [{ document_id, holder_id: deviceId, carried_by: deviceId, position: 0, ordinal: 0, ...attachment }]));
}

const columns: readonly (keyof Schema['quarantine'])[] = [
  'organisation_id', 'device_id', 'change_set_id', 'refusal', 'received_at', 'sequence', 'origin_device_id', 'action', 'actor_id', 'wall_time', 'document_count', 'size', 'content',
];
const documentColumns: readonly (keyof Schema['quarantined_documents'])[] = ['organisation_id', 'device_id', 'change_set_id', 'ordinal', 'collection', 'document_id', 'patient_id'];

const { action, actorId, deviceId, wallTime } = changeSetSchema.shape;
const refSchema = z.object({ collection: wireDocumentSchema.shape.collection, id: idSchema, content: z.looseObject({ patientId: idSchema.optional().catch(undefined) }).optional().catch(undefined) });

/** What can be read of something that was refused, which may be anything. */
function factsOf(raw: unknown) {
  const read = (raw ?? {}) as Record<string, unknown>;
  const orNull = <Value>(schema: z.ZodType<Value>, value: unknown): Value | null => schema.safeParse(value).data ?? null;
  const sent = Array.isArray(read['documents']) ? (read['documents'] as unknown[]) : [];
  return {
    originDeviceId: orNull(deviceId, read['deviceId']), action: orNull(action, read['action']), actorId: orNull(actorId, read['actorId']), wallTime: orNull(wallTime, read['wallTime']),
    documents: sent.flatMap((document) => {
      const ref = refSchema.safeParse(document).data;
      return ref === undefined ? [] : [{ collection: ref.collection, id: ref.id, patientId: ref.content?.patientId ?? (ref.collection === 'patients' ? ref.id : null), attachment: attachmentIn(ref.content) }];
    }),
  };
}
