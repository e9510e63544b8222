import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { PatientRow } from '../../shared/contract/patients.ts';
import type { Connection } from './connection.ts';
import { standingId } from './linked-patients.ts';
import { statement } from './statements.ts';

export type PatientListQuery = CallParsed<'patients.list'>;

/** Each order is an index from its first to its last column. The date of the last change sorts by commits, not by clocks. */
const orders: Record<PatientListQuery['sort'], readonly string[]> = {
  name: ['name_sort', 'gender', 'birth', 'position'],
  medicalRecordNumber: ['medical_record_number', 'gender', 'birth', 'position'],
  birthday: ['birth', 'gender', 'position'],
  updatedAt: ['change_seq', 'gender', 'birth', 'position'],
};

/** The columns of a patient's row on screen, for queries that select `FROM patients AS p`. */
export const patientRowColumns = `p.id, p.rev, p.updated_at AS updatedAt, p.medical_record_number AS medicalRecordNumber,
  json_extract(p.content, '$.name', '$.gender', '$.birthday', '$.estimatedBirthYear', '$.address', '$.phone') AS fields`;

export interface PatientColumns {
  id: string;
  rev: string;
  updatedAt: string;
  medicalRecordNumber: string;
  fields: string;
}

/** What {@link patientRowColumns} select, as the contract's row. */
export function toPatientRow({ fields, ...row }: PatientColumns): PatientRow {
  type Fields = [string, PatientRow['gender'], string | null, number | null, string | null, string | null];
  const [name, gender, birthday, estimatedBirthYear, address, phone] = JSON.parse(fields) as Fields;
  return {
    ...row,
    name,
    gender,
    ...(birthday !== null && { birthday }),
    ...(estimatedBirthYear !== null && { estimatedBirthYear }),
    ...(address !== null && { address }),
    ...(phone !== null && { phone }),
  };
}

/**
 * A window on the list of patients, deleted ones left out. Skipping and filtering read an index only, from the
 * nearer end; documents are read for the rows that are answered.
 */
export function listPatients(connection: Connection, { sort, direction, filter, offset, limit }: PatientListQuery): Page<PatientRow> {
  const total = countPatients(connection, filter);
  const fromEnd = offset > total / 2;
  const count = Math.max(0, Math.min(limit, total - offset));
  const walk = (direction === 'ascending') === fromEnd ? 'DESC' : 'ASC';
  const rows = statement<PatientColumns>(
    connection,
    `SELECT ${patientRowColumns} FROM
       (SELECT position FROM patients WHERE ${filterSql(filter)} ORDER BY ${orderBy(sort, walk)} LIMIT @count OFFSET @skip) AS page
       JOIN patients AS p ON p.position = page.position
     ORDER BY ${orderBy(sort, direction === 'ascending' ? 'ASC' : 'DESC', 'p.')}`,
  ).all({ ...filterValues(filter), count, skip: fromEnd ? total - offset - count : offset });
  return { rows: rows.map(toPatientRow), total };
}

const orderBy = (sort: PatientListQuery['sort'], walk: 'ASC' | 'DESC', table = '') =>
  orders[sort].map((column) => `${table}${column} ${walk}`).join(', ');

const totals = new WeakMap<Connection, { changeSeq: number | null; byFilter: Map<string, number> }>();

/** Counted once for each filter until a patient is written: scrolling asks for the same total again and again. */
function countPatients(connection: Connection, filter: PatientListQuery['filter']): number {
  const newest = statement<{ changeSeq: number | null }>(connection, 'SELECT max(change_seq) AS changeSeq FROM patients').get({});
  const changeSeq = newest?.changeSeq ?? null;
  let known = totals.get(connection);
  if (known?.changeSeq !== changeSeq) totals.set(connection, (known = { changeSeq, byFilter: new Map<string, number>() }));
  const key = JSON.stringify(filterValues(filter));
  let total = known.byFilter.get(key);
  if (total === undefined) {
    const sql = `SELECT count(*) AS total FROM patients WHERE ${filterSql(filter)}`;
    total = statement<{ total: number }>(connection, sql).get(filterValues(filter))?.total ?? 0;
    known.byFilter.set(key, total);
  }
  return total;
}

/**
 * A birth of which only the year is known is listed when that year overlaps the range. The plus signs keep SQLite from
 * choosing an index by the filter: the one of the sort order has the same columns and saves the sorting.
 */
export const filterSql = ({ gender, bornFrom, bornTo }: PatientListQuery['filter']): string =>
  [
    'deleted = 0',
    // Whoever goes by another entry is found there.
    `replaced_by = ''`,
    gender !== undefined && '+gender = @gender',
    bornFrom !== undefined && '(+birth >= @bornFrom OR +birth = substr(@bornFrom, 1, 4))',
    bornTo !== undefined && '+birth <= @bornTo',
  ]
    .filter((condition) => condition !== false)
    .join(' AND ');

export const filterValues = ({ gender, bornFrom, bornTo }: PatientListQuery['filter']) => ({
  ...(gender !== undefined && { gender }),
  ...(bornFrom !== undefined && { bornFrom }),
  ...(bornTo !== undefined && { bornTo }),
});

/** The id of the patient who has a medical record number, under whichever entry they stand now. */
export function findPatientByNumber(connection: Connection, medicalRecordNumber: string): string | undefined {
  const id = statement(connection, 'SELECT id FROM patients WHERE medical_record_number = ? AND deleted = 0 ORDER BY created_at LIMIT 1').pluck().get(medicalRecordNumber) as string | undefined;
  return id === undefined ? undefined : standingId(connection, id);
}
