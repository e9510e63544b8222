import type { Page } from '../../shared/contract/page.ts';
import type { TrashRow } from '../../shared/contract/records.ts';
import type { Connection } from './connection.ts';
import { purgedContent } from './documents.ts';
import type { Window } from './medical-records.ts';
import { statement } from './statements.ts';

/** What was deleted, latest first in the order of commits. */
export function listTrash(connection: Connection, { offset, limit }: Window): Page<TrashRow> {
  const rows = statement<TrashRow>(
    connection,
    `SELECT t.collection, t.id, t.rev, t.title, p.id AS patientId, p.content ->> '$.name' AS patientName,
       t.updated_at AS deletedAt, coalesce(u.content ->> '$.displayName', '') AS deletedByName
     FROM (
       SELECT 'patients' AS collection, id, rev, content ->> '$.name' AS title, id AS patient_id, updated_at, updated_by, change_seq
       FROM patients WHERE deleted = 1 AND content <> '${purgedContent}'
       UNION ALL
       SELECT 'medicalRecords', id, rev, content ->> '$.chiefComplaint', patient_id, updated_at, updated_by, change_seq
       FROM medical_records WHERE deleted = 1 AND content <> '${purgedContent}'
       UNION ALL
       SELECT 'documentReferences', id, rev, content ->> '$.title', patient_id, updated_at, updated_by, change_seq
       FROM document_references WHERE deleted = 1 AND content <> '${purgedContent}'
     ) AS t JOIN patients AS p ON p.id = t.patient_id LEFT JOIN users AS u ON u.id = t.updated_by
     ORDER BY t.change_seq DESC, t.id LIMIT @limit OFFSET @offset`,
  ).all({ offset, limit });
  const counted = statement<{ total: number }>(
    connection,
    `SELECT (SELECT count(*) FROM patients WHERE deleted = 1 AND content <> '${purgedContent}')
       + (SELECT count(*) FROM medical_records WHERE deleted = 1 AND content <> '${purgedContent}')
       + (SELECT count(*) FROM document_references WHERE deleted = 1 AND content <> '${purgedContent}') AS total`,
  ).get({});
  return { rows, total: counted?.total ?? 0 };
}
