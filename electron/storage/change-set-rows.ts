import type { ChangedDocument, ChangeSetRow, QuarantinedChangeSet } from '../../shared/contract/sync.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { Refusal } from '../../shared/sync/protocol.ts';
import type { Connection } from './connection.ts';
import type { Window } from './medical-records.ts';
import { documentsOf } from './replica/change-sets.ts';
import { statement } from './statements.ts';

interface HeadRow {
  seq: number;
  id: string;
  action: string;
  savedAt: string;
  savedByName: string | null;
  serverPosition: number | null;
  refusal: Refusal | null;
  refusedAt: string | null;
  waits: 0 | 1;
}

const heads = `SELECT c.seq, c.id, c.action, c.wall_time AS savedAt, u.content ->> '$.displayName' AS savedByName, c.server_position AS serverPosition,
    q.refusal, q.refused_at AS refusedAt, o.change_seq IS NOT NULL AS waits
  FROM change_sets AS c LEFT JOIN outbox AS o ON o.change_seq = c.seq LEFT JOIN quarantine AS q ON q.change_seq = c.seq LEFT JOIN users AS u ON u.id = c.actor_id`;

/** Documents shown of a change set; the others are counted. */
const shown = 3;

/** Oldest first. */
export function listWaiting(connection: Connection, window: Window): Page<ChangeSetRow> {
  return page(connection, 'SELECT count(*) FROM outbox', `${heads} WHERE o.change_seq IS NOT NULL ORDER BY c.seq`, window);
}

/** Those of this workstation's own that wrote a document, newest first. */
export function listOnServer(connection: Connection, window: Window): Page<ChangeSetRow> {
  const which = 'received = 0 AND server_position IS NOT NULL AND document_count > 0';
  return page(connection, `SELECT count(*) FROM change_sets WHERE ${which}`, `${heads} WHERE c.${which.replaceAll(' AND ', ' AND c.')} ORDER BY c.server_position DESC`, window);
}

/** Oldest first. */
export function listQuarantined(connection: Connection, window: Window): Page<QuarantinedChangeSet> {
  return page(connection, 'SELECT count(*) FROM quarantine', `${heads} WHERE q.change_seq IS NOT NULL ORDER BY c.seq`, window) as Page<QuarantinedChangeSet>;
}

/** A change set in quarantine; undefined when it is not there. */
export function findQuarantined(connection: Connection, id: string): { seq: number } | undefined {
  return statement<{ seq: number }>(connection, 'SELECT seq FROM change_sets JOIN quarantine ON change_seq = seq WHERE id = @id').get({ id });
}

function page(connection: Connection, count: string, rows: string, { offset, limit }: Window): Page<ChangeSetRow> {
  const total = statement(connection, count).pluck().get() as number;
  const found = statement<HeadRow>(connection, `${rows} LIMIT @limit OFFSET @offset`).all({ offset, limit });
  return { total, rows: found.map((row) => toRow(connection, row)) };
}

function toRow(connection: Connection, head: HeadRow): ChangeSetRow | QuarantinedChangeSet {
  const documents = documentsOf(connection, head.seq).filter(({ collection }) => collection !== 'auditEntries');
  const row: ChangeSetRow = {
    id: head.id,
    action: head.action,
    savedAt: head.savedAt,
    savedByName: head.savedByName ?? '',
    documents: documents.slice(0, shown).map((document) => toChanged(connection, document)),
    documentCount: documents.length,
    state: head.refusal !== null ? 'quarantined' : head.waits === 1 ? 'waiting' : 'on-server',
    bytes: documents.reduce((sum, { content }) => sum + Buffer.byteLength(JSON.stringify(content)), 0),
    ...(head.serverPosition !== null && { serverPosition: head.serverPosition }),
  };
  return head.refusal === null ? row : { ...row, refusal: head.refusal, refusedAt: head.refusedAt ?? '' };
}

function toChanged(connection: Connection, { collection, id, deleted, content }: ReturnType<typeof documentsOf>[number]): ChangedDocument {
  const text = (name: string) => (typeof content?.[name] === 'string' ? content[name] : undefined);
  const patientId = collection === 'patients' ? id : text('patientId');
  const title = collection === 'users' ? text('displayName') : collection === 'sites' ? text('name') : patientName(connection, patientId);
  return { collection, id, deleted, ...(patientId !== undefined && { patientId }), ...(title !== undefined && { title }) };
}

function patientName(connection: Connection, patientId: string | undefined): string | undefined {
  if (patientId === undefined) return undefined;
  return statement<{ name: string | null }>(connection, "SELECT content ->> '$.name' AS name FROM patients WHERE id = @patientId").get({ patientId })?.name ?? undefined;
}
