import type { Page } from '../../shared/contract/page.ts';
import type { AuditAction, AuditEntry } from '../../shared/schema/audit-entry.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import type { Stretch } from './exports.ts';
import { ofPatient } from './linked-patients.ts';
import type { Window } from './medical-records.ts';
import { statement } from './statements.ts';

/** `patientId`: of the person, under whichever entry. `from` inclusive and `before` exclusive, both instants. */
export interface AuditFilter {
  actorId?: string | undefined;
  patientId?: string | undefined;
  action?: AuditAction | undefined;
  from?: string | undefined;
  before?: string | undefined;
}

const conditions: Record<Exclude<keyof AuditFilter, 'patientId'>, string> = {
  actorId: 'actor_id = @actorId',
  action: 'action = @action',
  from: 'created_at >= @from',
  before: 'created_at < @before',
};

/** Audit entries, newest first in the order of commits, with the name that the patient has now. */
export function listAuditEntries(
  connection: Connection,
  { patientId, ...filter }: AuditFilter,
  { offset, limit }: Window,
): Page<AuditEntry & { patientName?: string }> {
  const given = (Object.keys(conditions) as (keyof typeof filter)[]).filter((name) => filter[name] !== undefined);
  const person = patientId === undefined ? undefined : ofPatient(connection, patientId);
  const all = [...given.map((name) => conditions[name]), ...(person === undefined ? [] : [person.where])];
  const where = all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`;
  const values = { ...Object.fromEntries(given.map((name) => [name, filter[name]])), ...person?.values };
  const columns = documentColumns.split(', ').map((column) => `a.${column}`).join(', ');
  const rows = statement<DocumentRow & { patientName: string | null }>(
    connection,
    `SELECT ${columns}, p.content ->> '$.name' AS patientName FROM
       (SELECT position FROM audit_entries ${where} ORDER BY position DESC LIMIT @limit OFFSET @offset) AS page
       JOIN audit_entries AS a ON a.position = page.position LEFT JOIN patients AS p ON p.id = a.patient_id
     ORDER BY a.position DESC`,
  ).all({ ...values, offset, limit });
  const counted = statement<{ total: number }>(connection, `SELECT count(*) AS total FROM audit_entries ${where}`).get(values);
  return {
    rows: rows.map(named),
    total: counted?.total ?? 0,
  };
}

/** Audit entries in the order of commits, with the name that the patient has now. */
export function auditEntriesInStretch(connection: Connection, stretch: Stretch): (AuditEntry & { patientName?: string })[] {
  const columns = documentColumns.split(', ').map((column) => `a.${column}`).join(', ');
  return statement<DocumentRow & { patientName: string | null }>(
    connection,
    `SELECT ${columns}, p.content ->> '$.name' AS patientName FROM audit_entries AS a LEFT JOIN patients AS p ON p.id = a.patient_id
     WHERE a.position > @after AND a.position <= @upTo ORDER BY a.position`,
  ).all(stretch).map(named);
}

const named = ({ patientName, ...row }: DocumentRow & { patientName: string | null }) => ({ ...toDocument<'auditEntries'>(row), ...(patientName !== null && { patientName }) });

/** When this user last did this to this document; undefined when never. */
export function lastTime(
  connection: Connection,
  { actorId, action, patientId, documentId }: { actorId: string; action: AuditAction; patientId: string; documentId: string },
): string | undefined {
  return statement<{ at: string }>(
    connection,
    `SELECT created_at AS at FROM audit_entries WHERE patient_id = @patientId AND actor_id = @actorId
       AND action = @action AND content ->> '$.documentId' = @documentId ORDER BY position DESC LIMIT 1`,
  ).get({ actorId, action, patientId, documentId })?.at;
}
