import type { Page } from '../../shared/contract/page.ts';
import type { RecordWithPatient } from '../../shared/contract/records.ts';
import type { MedicalRecord } from '../../shared/schema/medical-record.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { ofPatient } from './linked-patients.ts';
import { statement } from './statements.ts';

export interface Window {
  offset: number;
  limit: number;
}

/** A patient's records, with those of the entries that this one stands for, newest admission first; deleted ones are left out. */
export function listRecordsOfPatient(connection: Connection, patientId: string, { offset, limit }: Window): Page<MedicalRecord> {
  const { where, values } = ofPatient(connection, patientId);
  const rows = statement<DocumentRow>(
    connection,
    `SELECT ${documentColumns} FROM medical_records WHERE ${where} AND deleted = 0
     ORDER BY admission_date DESC, position DESC LIMIT @limit OFFSET @offset`,
  ).all({ ...values, offset, limit });
  const counted = statement<{ total: number }>(
    connection,
    `SELECT count(*) AS total FROM medical_records WHERE ${where} AND deleted = 0`,
  ).get(values);
  return { rows: rows.map((row) => toDocument<'medicalRecords'>(row)), total: counted?.total ?? 0 };
}

/** What a writer's unsigned records are: hers, not deleted, of patients who are not deleted. */
const unsigned = `FROM medical_records AS r JOIN patients AS p ON p.id = r.patient_id
  WHERE r.doctor_id = @doctorId AND r.status = 'draft' AND r.deleted = 0 AND p.deleted = 0`;

/** A writer's records that wait for a signature, newest admission first. */
export function listUnsignedRecords(connection: Connection, doctorId: string, { offset, limit }: Window): Page<RecordWithPatient> {
  const columns = documentColumns.split(', ').map((column) => `r.${column}`).join(', ');
  const rows = statement<DocumentRow & { patientName: string }>(
    connection,
    `SELECT ${columns}, p.content ->> '$.name' AS patientName ${unsigned}
     ORDER BY r.admission_date DESC, r.position DESC LIMIT @limit OFFSET @offset`,
  ).all({ doctorId, offset, limit });
  const counted = statement<{ total: number }>(connection, `SELECT count(*) AS total ${unsigned}`).get({ doctorId });
  return {
    rows: rows.map(({ patientName, ...row }) => ({ ...toDocument<'medicalRecords'>(row), patientName })),
    total: counted?.total ?? 0,
  };
}
