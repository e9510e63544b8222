import type { PatientInput } from '../../shared/schema/patient.ts';
import { compact } from '../../shared/search/normalise.ts';
import type { Connection } from './connection.ts';
import { nameSortKey } from './name-sort-key.ts';
import { statement } from './statements.ts';

/** A number that many patients share is a placeholder; more of them than this are not compared. */
const sharersCompared = 200;

/**
 * The plus keeps SQLite from walking everybody with a birthday: where nobody knew it, half the register was born on
 * the same first of January.
 */
const sameNameAndBirthday = 'SELECT 1 FROM patients WHERE deleted = 0 AND name_sort = @key AND +birth = @birthday';
const withTerm = `SELECT rowid FROM patient_terms WHERE patient_terms MATCH @match LIMIT ${sharersCompared}`;
const samePhoneAndName = `SELECT 1 FROM (${withTerm}) AS found JOIN patients AS p ON p.position = found.rowid WHERE p.name_sort = @key`;

/**
 * Whether somebody with this national id, or this phone and name, or this name and birthday is in the store already.
 * Unlike `possibleDuplicates` it answers yes or no only, fast enough to be asked for every row of a file.
 */
export function isPossiblyStored(connection: Connection, { name, phone, nationalId, birthday }: PatientInput): boolean {
  const found = (sql: string, values: object) => statement(connection, sql).get(values) !== undefined;
  const termOf = (number: string) => ({ match: `"${compact(number)}"` });
  if (nationalId !== undefined && found(withTerm, termOf(nationalId))) return true;
  if (phone === undefined && birthday === undefined) return false;
  const key = nameSortKey(name);
  return (
    (birthday !== undefined && found(sameNameAndBirthday, { key, birthday })) || (phone !== undefined && found(samePhoneAndName, { key, ...termOf(phone) }))
  );
}
