import type { AppointmentRow } from '../../shared/contract/appointments.ts';
import type { Appointment } from '../../shared/schema/appointment.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

interface Named {
  patientName: string;
  medicalRecordNumber: string;
  practitionerName: string | null;
}

const columns = `${documentColumns.split(', ').map((column) => `a.${column}`).join(', ')}, p.content ->> '$.name' AS patientName,
  p.medical_record_number AS medicalRecordNumber, (SELECT u.content ->> '$.displayName' FROM users AS u WHERE u.id = a.content ->> '$.practitionerId') AS practitionerName`;
/** Of patients who are in the trash nothing is shown. */
const named = `FROM appointments AS a JOIN patients AS p ON p.id = a.patient_id WHERE a.deleted = 0 AND p.deleted = 0`;

function toRow({ patientName, medicalRecordNumber, practitionerName, ...row }: DocumentRow & Named): AppointmentRow {
  return { ...toDocument<'appointments'>(row), patientName, medicalRecordNumber, ...(practitionerName !== null && { practitionerName }) };
}

/** Those that begin from `from` on and before `to`, earliest first. */
export const listAppointments = (connection: Connection, { from, to }: { from: string; to: string }): AppointmentRow[] =>
  statement<DocumentRow & Named>(connection, `SELECT ${columns} ${named} AND a.start >= @from AND a.start < @to ORDER BY a.start, a.position`).all({ from, to }).map(toRow);

/** Those that gave way to another one and wait for another time. */
export const listDisplacedAppointments = (connection: Connection): AppointmentRow[] =>
  statement<DocumentRow & Named>(connection, `SELECT ${columns} ${named} AND a.displaced_by IS NOT NULL AND a.content ->> '$.status' = 'proposed' ORDER BY a.start, a.position`).all({}).map(toRow);

export function findAppointment(connection: Connection, id: string): AppointmentRow | undefined {
  const row = statement<DocumentRow & Named>(connection, `SELECT ${columns} ${named} AND a.id = @id`).get({ id });
  return row && toRow(row);
}

/** Those of a repeat that are still the same patient's: one that was given to somebody else has left it. Earliest first. */
export const appointmentsOfSeries = (connection: Connection, { patientId, seriesId }: { patientId: string; seriesId: string }): Appointment[] =>
  statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM appointments WHERE patient_id = @patientId AND content ->> '$.seriesId' = @seriesId AND deleted = 0 ORDER BY start, position`)
    .all({ patientId, seriesId })
    .map((row) => toDocument<'appointments'>(row));

/** No appointment is longer than a day. */
const longest = 86_400_000;

/** All that could overlap a stretch of time. */
export function appointmentsAround(connection: Connection, { start, end }: { start: string; end: string }): Appointment[] {
  const from = new Date(Date.parse(start) - longest).toISOString();
  return statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM appointments WHERE deleted = 0 AND start > @from AND start < @end`)
    .all({ from, end })
    .map((row) => toDocument<'appointments'>(row));
}

/** Rooms that appointments were booked for since an instant: the clinic's list may lack some. */
export const listBookedRooms = (connection: Connection, since: string): string[] =>
  statement(connection, `SELECT DISTINCT content ->> '$.room' FROM appointments WHERE start >= @since AND deleted = 0 AND content ->> '$.room' IS NOT NULL`).pluck().all({ since }) as string[];
