import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

// UNION ends a circle, which three desks could make of three entries. The inequality lets SQLite use the index of those who were replaced.
const andReplaced = `same (id) AS (SELECT id FROM up UNION SELECT p.id FROM patients AS p JOIN same AS s ON p.replaced_by = s.id AND p.replaced_by <> '') SELECT id FROM same`;
const standingFor = (first: string) => `up (id) AS (${first} UNION SELECT p.replaced_by FROM patients AS p JOIN up ON p.id = up.id WHERE p.replaced_by <> '')`;

/** A patient and everybody whom this entry stands for. */
export const idsReplacedBy = (connection: Connection, id: string): string[] =>
  statement(connection, `WITH RECURSIVE up (id) AS (SELECT @id), ${andReplaced}`).pluck().all({ id }) as string[];

/**
 * Every entry of a person, whichever of them is named, that one first: who opens an entry that was replaced must be told of the allergies under
 * the one that stands for it.
 */
export const idsOfPatient = (connection: Connection, id: string): string[] =>
  statement(connection, `WITH RECURSIVE ${standingFor('SELECT @id')}, ${andReplaced}`).pluck().all({ id }) as string[];

/** The entry that stands for a patient, as far as it is here and not in the trash: that itself, or the end of those that replaced one another. */
export const standingId = (connection: Connection, id: string): string =>
  statement(
    connection,
    // So many steps and no more: three desks could make a circle of three entries.
    `WITH RECURSIVE up (id, step) AS (SELECT @id, 0 UNION ALL SELECT p.replaced_by, step + 1 FROM patients AS p JOIN up ON p.id = up.id WHERE p.replaced_by <> '' AND step < 20)
     SELECT up.id FROM up LEFT JOIN patients AS p ON p.id = up.id WHERE step = 0 OR p.deleted = 0 ORDER BY step DESC LIMIT 1`,
  ).pluck().get({ id }) as string;

/** Every entry of everybody at these positions. */
export const idsOfPatientsAt = (connection: Connection, positions: readonly number[]): string[] =>
  statement(connection, `WITH RECURSIVE ${standingFor('SELECT id FROM patients WHERE position IN (SELECT value FROM json_each(@positions))')}, ${andReplaced}`)
    .pluck().all({ positions: JSON.stringify(positions) }) as string[];

/** Whether two entries are of one person. */
export const isSamePerson = (connection: Connection, one: string, other: string): boolean => one === other || idsOfPatient(connection, one).includes(other);

/**
 * The condition for what was written of a patient, under any entry of theirs. For nearly everybody there is one, and the index by patient
 * and time then answers in order, without sorting.
 */
export function ofPatient(connection: Connection, id: string): { where: string; values: { patientId: string } } {
  const ids = idsOfPatient(connection, id);
  if (ids.length === 1) return { where: 'patient_id = @patientId', values: { patientId: id } };
  return { where: 'patient_id IN (SELECT value FROM json_each(@patientId))', values: { patientId: JSON.stringify(ids) } };
}
