import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

/** A patient and everybody whom this entry stands for. */
export const idsOfPatient = (connection: Connection, id: string): string[] =>
  statement(
    connection,
    // UNION ends a circle, which three desks could make of three entries. The inequality lets SQLite use the index of those who were replaced.
    `WITH RECURSIVE same (id) AS (SELECT @id UNION SELECT p.id FROM patients AS p JOIN same AS s ON p.replaced_by = s.id AND p.replaced_by <> '') SELECT id FROM same`,
  ).pluck().all({ id }) as string[];

/**
 * The condition for what was written of a patient, under any entry of theirs. For nearly everybody there is one, and the index by patient
 * and time then answers in order, without sorting.
 */
export function ofPatient(connection: Connection, id: string): { where: string; values: { patientId: string } } {
  const ids = idsOfPatient(connection, id);
  if (ids.length === 1) return { where: 'patient_id = @patientId', values: { patientId: id } };
  return { where: 'patient_id IN (SELECT value FROM json_each(@patientId))', values: { patientId: JSON.stringify(ids) } };
}
