import type { ReadableCollection, ReadableContents } from '../../shared/chart/readable-columns.ts';
import type { DocumentOfPatient } from '../../shared/exchange/list-export.ts';
import type { RecordOfPatient } from '../../shared/exchange/record-export.ts';
import type { MedicalRecordContent } from '../../shared/schema/medical-record.ts';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { collections } from './collections.ts';
import type { Connection } from './connection.ts';
import { filterSql, filterValues, type PatientListQuery } from './patients.ts';
import { ofPatient } from './linked-patients.ts';
import { statement } from './statements.ts';

/** Rows from `after` (exclusive) to `upTo`, by position: a stretch is bounded work however few of its rows match. */
export interface Stretch {
  after: number;
  upTo: number;
}

/** The position of the newest row, 0 in an empty table. */
export function lastPosition(connection: Connection, table: string): number {
  return statement(connection, `SELECT coalesce(max(position), 0) FROM ${table}`).pluck().get({}) as number;
}

/** Patients in the order of registration, those in the trash left out. */
export function patientsInStretch(connection: Connection, filter: PatientListQuery['filter'], stretch: Stretch): PatientContent[] {
  const sql = `SELECT content FROM patients WHERE position > @after AND position <= @upTo AND ${filterSql(filter)} ORDER BY position`;
  const rows = statement<{ content: string }>(connection, sql).all({ ...filterValues(filter), ...stretch });
  return rows.map(({ content }) => JSON.parse(content) as PatientContent);
}

/** Records in the order of writing, of one patient or of all; what is in the trash, or whose patient is, left out. */
export function recordsInStretch(connection: Connection, patientId: string | undefined, stretch: Stretch): RecordOfPatient[] {
  const { where, values } = patientId === undefined ? { where: 'true', values: {} } : ofPatient(connection, patientId);
  const rows = statement<{ content: string; patientName: string; medicalRecordNumber: string }>(
    connection,
    `SELECT r.content, p.content ->> '$.name' AS patientName, p.medical_record_number AS medicalRecordNumber
     FROM medical_records AS r JOIN patients AS p ON p.id = r.patient_id
     WHERE r.position > @after AND r.position <= @upTo AND r.deleted = 0 AND p.deleted = 0
       AND ${where} ORDER BY r.position`,
  ).all({ ...stretch, ...values });
  return rows.map(({ content, ...patient }) => ({ record: JSON.parse(content) as MedicalRecordContent, ...patient }));
}

/** Documents of a kind in the order of writing, of one patient or of all; what is in the trash, or whose patient is, left out. */
export function documentsInStretch<Name extends ReadableCollection>(connection: Connection, collection: Name, patientId: string | undefined, stretch: Stretch): DocumentOfPatient<ReadableContents[Name]>[] {
  const { where, values } = patientId === undefined ? { where: 'true', values: {} } : ofPatient(connection, patientId);
  const rows = statement<{ content: string; patientName: string; medicalRecordNumber: string }>(
    connection,
    `SELECT d.content, p.content ->> '$.name' AS patientName, p.medical_record_number AS medicalRecordNumber
     FROM ${collections[collection].table} AS d JOIN patients AS p ON p.id = d.patient_id
     WHERE d.position > @after AND d.position <= @upTo AND d.deleted = 0 AND p.deleted = 0
       AND ${where} ORDER BY d.position`,
  ).all({ ...stretch, ...values });
  return rows.map(({ content, ...patient }) => ({ document: JSON.parse(content) as ReadableContents[Name], ...patient }));
}
