import type { AdminAnswers, AdminRequest, QuarantinedRef, QuarantineEntry } from '../../shared/sync/admin-protocol.ts';
import type { Refusal } from '../../shared/sync/protocol.ts';
import type { QuarantineRow } from '../database/schema.ts';
import { readRefused, refusedAbove, refusedDocuments } from '../follow/refused.ts';
import type { ServiceContext } from './context.ts';
import { refuse } from './failure.ts';
import type { Session } from './sessions.ts';

const documentsShown = 20;

/** Shows what was refused, one page, without what it says. */
export async function listQuarantine({ database }: ServiceContext, { organisationId }: Session, { deviceId, offset, limit }: AdminRequest<'quarantine.list'>): Promise<AdminAnswers['quarantine.list']> {
  const [which, values] = deviceId === undefined ? ['', []] : [' WHERE held.device_id = ?', [deviceId]];
  const held = `FROM (${refusedHere} UNION ALL ${refusedAbove}) held${which}`;
  const [counted] = await database.rows<{ total: number }>(`SELECT COUNT(*) AS total ${held}`, [organisationId, organisationId, ...values]);
  const rows = await database.rows<HeldRow>(
    `SELECT held.* ${held} ORDER BY held.received_at, held.sequence, held.change_set_id LIMIT ${limit} OFFSET ${offset}`,
    [organisationId, organisationId, ...values],
  );
  const entries: QuarantineEntry[] = [];
  for (const row of rows) entries.push({ ...entryOf(row), documents: await readRefs(database, organisationId, row) });
  return { total: Number(counted?.total ?? 0), entries };
}

const refusedHere = `SELECT device_id, change_set_id, refusal, received_at, sequence, origin_device_id, action, actor_id, wall_time, size, 0 AS above, document_count
  FROM quarantine WHERE organisation_id = ?`;

type HeldRow = Omit<QuarantineRow, 'content'> & { above: number };

const entryOf = (row: HeldRow): Omit<QuarantineEntry, 'documents'> => ({
  above: row.above === 1, deviceId: row.device_id, changeSetId: row.change_set_id, originDeviceId: row.origin_device_id, action: row.action, actorId: row.actor_id, wallTime: row.wall_time,
  refusal: row.refusal, receivedAt: new Date(row.received_at).toISOString(), documentCount: row.document_count, size: row.size,
});

async function readRefs(database: ServiceContext['database'], organisationId: number, { device_id, change_set_id, above }: HeldRow): Promise<QuarantineEntry['documents']> {
  if (above === 1) return refusedDocuments(database, organisationId, { deviceId: device_id, changeSetId: change_set_id }, documentsShown);
  const rows = await database.rows<QuarantineEntry['documents'][number]>(
    `SELECT collection AS collection, document_id AS id, patient_id AS patientId FROM quarantined_documents
       WHERE organisation_id = ? AND device_id = ? AND change_set_id = ? AND ordinal < ? ORDER BY ordinal`,
    [organisationId, device_id, change_set_id, documentsShown],
  );
  return rows.map((row) => ({ ...row }));
}

/** What one device sent and was refused, as it sent it. */
export async function readQuarantined({ database }: ServiceContext, { organisationId }: Session, { deviceId, changeSetId }: AdminRequest<'quarantine.read'>): Promise<AdminAnswers['quarantine.read']> {
  const row = await database.kysely
    .selectFrom('quarantine')
    .select(['content', 'refusal', 'received_at'])
    .where('organisation_id', '=', organisationId).where('device_id', '=', deviceId).where('change_set_id', '=', changeSetId)
    .executeTakeFirst();
  if (row === undefined) return readAbove(database, organisationId, { deviceId, changeSetId });
  return { changeSet: JSON.parse(row.content) as unknown, refusal: row.refusal, receivedAt: new Date(row.received_at).toISOString() };
}

async function readAbove(database: ServiceContext['database'], organisationId: number, ref: QuarantinedRef): Promise<AdminAnswers['quarantine.read']> {
  const { changeSet, row } = (await readRefused(database, organisationId, ref)) ?? refuse('not-found');
  return { changeSet, refusal: row.refusal as Refusal, receivedAt: new Date(row.refused_at as number).toISOString() };
}
