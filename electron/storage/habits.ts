import type { PatientRow } from '../../shared/contract/patients.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { Favourite } from '../../shared/schema/favourite.ts';
import type { TextTemplate } from '../../shared/schema/text-template.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { standingId } from './linked-patients.ts';
import { patientRowColumns, toPatientRow, type PatientColumns } from './patients.ts';
import { statement } from './statements.ts';

/** How far back the audit is read: a person who opens one chart again and again must not cost a look at all of it. */
const viewsRead = 400;

/** Patients whose charts a user last opened here, newest first; those in the trash or replaced by another entry left out. CROSS: begun from the patients, all of them would be read. */
export function recentPatients(connection: Connection, userId: string, limit: number): PatientRow[] {
  return statement<PatientColumns>(
    connection,
    `SELECT ${patientRowColumns} FROM (
       SELECT patient_id AS seen, max(position) AS at FROM (
         SELECT patient_id, position FROM audit_entries INDEXED BY audit_entries_viewed WHERE actor_id = @userId AND action = 'patient.viewed' ORDER BY position DESC LIMIT ${String(viewsRead)}
       ) GROUP BY patient_id
     ) CROSS JOIN patients AS p ON p.id = seen WHERE p.deleted = 0 AND p.content <> 'null' AND p.replaced_by = '' ORDER BY at DESC LIMIT @limit`,
  ).all({ userId, limit }).map(toPatientRow);
}

/** Patients whom a user keeps, each once and by the entry that stands now; those in the trash left out. */
export function favouritePatients(connection: Connection, userId: string): PatientRow[] {
  const kept = statement(connection, 'SELECT patient_id FROM favourites WHERE user_id = @userId AND deleted = 0 AND patient_id IS NOT NULL').pluck().all({ userId }) as string[];
  const ids = JSON.stringify(kept.map((id) => standingId(connection, id)));
  return statement<PatientColumns>(
    connection,
    `SELECT ${patientRowColumns} FROM patients AS p WHERE p.id IN (SELECT value FROM json_each(@ids)) AND p.deleted = 0 AND p.content <> 'null' ORDER BY p.name_sort, p.id`,
  ).all({ ids }).map(toPatientRow);
}

export function favouriteOrders(connection: Connection, userId: string): Favourite[] {
  return statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM favourites WHERE user_id = @userId AND deleted = 0 AND patient_id IS NULL ORDER BY position`)
    .all({ userId })
    .map((row) => toDocument<'favourites'>(row));
}

export function textTemplates(connection: Connection): TextTemplate[] {
  return statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM text_templates WHERE deleted = 0 AND content <> 'null' ORDER BY content ->> '$.title', id`)
    .all({})
    .map((row) => toDocument<'textTemplates'>(row));
}

export interface LastSaveRow {
  seq: number;
  changeSetId: string;
  action: AuditAction;
  savedAt: string;
}

/** A change set of a user that wrote documents here since an instant: a named one, or the last. */
export function lastSaveOf(connection: Connection, { userId, since, changeSetId }: { userId: string; since: string; changeSetId?: string | undefined }): LastSaveRow | undefined {
  return statement<LastSaveRow>(
    connection,
    `SELECT seq, id AS changeSetId, action, wall_time AS savedAt FROM change_sets
     WHERE received = 0 AND wall_time >= @since AND actor_id = @userId AND document_count > 0 AND (@changeSetId IS NULL OR id = @changeSetId) ORDER BY seq DESC LIMIT 1`,
  ).get({ userId, since, changeSetId: changeSetId ?? null });
}

/** A superseded version of a document, as it stood. */
export function revisionOf(connection: Connection, collection: string, id: string, rev: string): { deleted: boolean; content: Record<string, unknown> } | undefined {
  const row = statement<{ deleted: 0 | 1; content: string }>(
    connection,
    'SELECT deleted, content FROM revisions WHERE collection = @collection AND document_id = @id AND rev = @rev',
  ).get({ collection, id, rev });
  return row && { deleted: row.deleted === 1, content: JSON.parse(row.content) as Record<string, unknown> };
}
