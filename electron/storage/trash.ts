import type { Page } from '../../shared/contract/page.ts';
import type { TrashRow } from '../../shared/contract/records.ts';
import { resourceCollections } from '../../shared/schema/resource.ts';
import { collections } from './collections.ts';
import type { Connection } from './connection.ts';
import { purgedContent } from './documents.ts';
import type { Window } from './medical-records.ts';
import { statement } from './statements.ts';

const trashed = `deleted = 1 AND content <> '${purgedContent}'`;
const care = `
  SELECT 'patients' AS collection, id, rev, content ->> '$.name' AS title, id AS patient_id, updated_at, updated_by, change_seq FROM patients WHERE ${trashed}
  UNION ALL
  SELECT 'medicalRecords', id, rev, content ->> '$.chiefComplaint', patient_id, updated_at, updated_by, change_seq FROM medical_records WHERE ${trashed}
  UNION ALL
  SELECT 'documentReferences', id, rev, content ->> '$.title', patient_id, updated_at, updated_by, change_seq FROM document_references WHERE ${trashed} AND patient_id IS NOT NULL
  UNION ALL
  SELECT 'communications', id, rev, substr(content ->> '$.payload', 1, 200), coalesce(patient_id, (SELECT p.id FROM referrals AS r JOIN patients AS p ON p.id = r.subject_id WHERE r.id = referral_id)),
    updated_at, updated_by, change_seq FROM communications WHERE ${trashed}`;
/** Nobody deleted a task that its provider no longer shows: it is over. */
const endedByItself = ` AND content ->> '$.vanishedAt' IS NULL`;
const resources = resourceCollections.map((name) => `
  UNION ALL
  SELECT '${name}', id, rev, content ->> '$.name', NULL, updated_at, updated_by, change_seq FROM ${collections[name].table} WHERE ${trashed}${name === 'tasks' ? endedByItself : ''}`).join('');

/** What was deleted, latest first in the order of commits; with `resources` what was deleted of the cloud too. */
export function listTrash(connection: Connection, { offset, limit, resources: withResources }: Window & { resources: boolean }): Page<TrashRow> {
  const everything = `(${care}${withResources ? resources : ''})`;
  const rows = statement<TrashRow>(
    connection,
    `SELECT t.collection, t.id, t.rev, t.title, p.id AS patientId, p.content ->> '$.name' AS patientName,
       t.updated_at AS deletedAt, coalesce(u.content ->> '$.displayName', '') AS deletedByName
     FROM ${everything} AS t LEFT JOIN patients AS p ON p.id = t.patient_id LEFT JOIN users AS u ON u.id = t.updated_by
     WHERE t.patient_id IS NULL OR p.id IS NOT NULL
     ORDER BY t.change_seq DESC, t.id LIMIT @limit OFFSET @offset`,
  ).all({ offset, limit });
  const counted = statement<{ total: number }>(connection, `SELECT count(*) AS total FROM ${everything}`).get({});
  return { rows, total: counted?.total ?? 0 };
}
