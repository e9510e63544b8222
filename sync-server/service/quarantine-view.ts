import type { AdminAnswers, AdminRequest, QuarantineEntry } from '../../shared/sync/admin-protocol.ts';
import type { QuarantineRow } from '../database/schema.ts';
import type { ServiceContext } from './context.ts';
import { refuse } from './failure.ts';
import type { Session } from './sessions.ts';

const documentsShown = 20;

/** Shows what was refused, one page, without what it says. */
export async function listQuarantine({ database }: ServiceContext, { organisationId }: Session, { deviceId, offset, limit }: AdminRequest<'quarantine.list'>): Promise<AdminAnswers['quarantine.list']> {
  const [which, values] = deviceId === undefined ? ['', []] : [' AND q.device_id = ?', [deviceId]];
  const [counted] = await database.rows<{ total: number }>(`SELECT COUNT(*) AS total FROM quarantine q WHERE q.organisation_id = ?${which}`, [organisationId, ...values]);
  const rows = await database.rows<Omit<QuarantineRow, 'content'>>(
    `SELECT q.device_id, q.change_set_id, q.refusal, q.received_at, q.origin_device_id, q.action, q.actor_id, q.wall_time, q.document_count, q.size FROM quarantine q
       WHERE q.organisation_id = ?${which} ORDER BY q.received_at, q.sequence, q.change_set_id LIMIT ${limit} OFFSET ${offset}`,
    [organisationId, ...values],
  );
  const entries: QuarantineEntry[] = [];
  for (const row of rows) entries.push({ ...entryOf(row), documents: await readRefs(database, organisationId, row) });
  return { total: Number(counted?.total ?? 0), entries };
}

const entryOf = (row: Omit<QuarantineRow, 'content'>): Omit<QuarantineEntry, 'documents'> => ({
  deviceId: row.device_id, changeSetId: row.change_set_id, originDeviceId: row.origin_device_id, action: row.action, actorId: row.actor_id, wallTime: row.wall_time,
  refusal: row.refusal, receivedAt: new Date(row.received_at).toISOString(), documentCount: row.document_count, size: row.size,
});

async function readRefs(database: ServiceContext['database'], organisationId: number, { device_id, change_set_id }: Pick<QuarantineRow, 'device_id' | 'change_set_id'>): Promise<QuarantineEntry['documents']> {
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
  if (row === undefined) return refuse('not-found');
  return { changeSet: JSON.parse(row.content) as unknown, refusal: row.refusal, receivedAt: new Date(row.received_at).toISOString() };
}
