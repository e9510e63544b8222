import type { EncounterRow } from '../../shared/contract/encounters.ts';
import type { Encounter } from '../../shared/schema/encounter.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { ofPatient } from './linked-patients.ts';
import { statement } from './statements.ts';

interface Named {
  patientName: string;
  medicalRecordNumber: string;
  practitionerName: string | null;
  appointmentStart: string | null;
}

const columns = `${documentColumns.split(', ').map((column) => `e.${column}`).join(', ')}, p.content ->> '$.name' AS patientName,
  p.medical_record_number AS medicalRecordNumber,
  (SELECT u.content ->> '$.displayName' FROM users AS u WHERE u.id = e.content ->> '$.practitionerId') AS practitionerName,
  (SELECT a.start FROM appointments AS a WHERE a.id = e.content ->> '$.appointmentId') AS appointmentStart`;
const named = `FROM encounters AS e JOIN patients AS p ON p.id = e.patient_id WHERE e.deleted = 0 AND p.deleted = 0`;
const open = `('arrived', 'triaged', 'in-progress')`;

function toRow({ patientName, medicalRecordNumber, practitionerName, appointmentStart, ...row }: DocumentRow & Named): EncounterRow {
  return {
    ...toDocument<'encounters'>(row), patientName, medicalRecordNumber,
    ...(practitionerName !== null && { practitionerName }),
    ...(appointmentStart !== null && { appointmentStart }),
  };
}

/** Visits that have not ended, by arrival. */
export const listOpenEncounters = (connection: Connection): EncounterRow[] =>
  statement<DocumentRow & Named>(connection, `SELECT ${columns} ${named} AND e.status IN ${open} ORDER BY e.arrived_at, e.position`).all({}).map(toRow);

export function findEncounter(connection: Connection, id: string): EncounterRow | undefined {
  const row = statement<DocumentRow & Named>(connection, `SELECT ${columns} ${named} AND e.id = @id`).get({ id });
  return row && toRow(row);
}

/** The visit that a patient is on under any entry of theirs, the latest where there are several. */
export function openEncounterOf(connection: Connection, patientId: string): Encounter | undefined {
  const { where, values } = ofPatient(connection, patientId);
  const row = statement<DocumentRow>(
    connection,
    `SELECT ${documentColumns} FROM encounters WHERE ${where} AND status IN ${open} AND deleted = 0 ORDER BY arrived_at DESC LIMIT 1`,
  ).get(values);
  return row && toDocument<'encounters'>(row);
}
