import { codeSystems } from '../../shared/schema/fhir-types.ts';
import { alike, valuesOf, type VisitFilter } from './analytics.ts';
import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

/** The few who are in the trash, rather than a look at the patient of every row. */
const notInTrash = `patient_id NOT IN (SELECT id FROM patients WHERE deleted = 1)`;

/** How many waited for how many whole minutes from check-in to call, the shortest first; null: not called, or not yet. Of no department: a visit is given one when its record is written. */
export function waitingCounts(connection: Connection, { fromInstant, toInstant, siteId, kind }: VisitFilter): { minutes: number | null; count: number }[] {
  const sql = `SELECT CAST((julianday(content ->> '$.calledAt') - julianday(arrived_at)) * 1440 + 0.0001 AS INTEGER) AS minutes, count(*) AS count FROM encounters
    WHERE deleted = 0 AND arrived_at >= @fromInstant AND arrived_at < @toInstant AND status <> 'cancelled' AND ${notInTrash}
      AND (@siteId IS NULL OR content ->> '$.siteId' = @siteId) AND (@kind IS NULL OR content ->> '$.kind' = @kind) GROUP BY 1 ORDER BY 1`;
  return statement<{ minutes: number | null; count: number }>(connection, sql).all({ fromInstant, toInstant, siteId: siteId ?? null, kind: kind ?? null });
}

/** Stays in hospital that touch the period: how many came and went on which day; null: not discharged. Those that began before it are found by their end. */
export function stayCounts(connection: Connection, { from, to, siteId, department }: VisitFilter): { admitted: string; discharged: string | null; count: number }[] {
  const stays = (index: string, when: string) => `SELECT day, discharge_date FROM visits INDEXED BY ${index} WHERE kind = 'inpatient' AND ${when}${alike({ siteId, department })}`;
  const sql = `SELECT day AS admitted, nullif(discharge_date, '') AS discharged, count(*) AS count FROM (
      ${stays('visits_inpatient', 'day >= @from AND day <= @to')}
      UNION ALL ${stays('visits_inpatient_until', 'discharge_date >= @from AND day < @from')}
      UNION ALL ${stays('visits_inpatient_until', `discharge_date = '' AND day < @from`)}
    ) GROUP BY day, discharge_date`;
  return statement<{ admitted: string; discharged: string | null; count: number }>(connection, sql).all({ from, to, ...valuesOf({ siteId, department }) });
}

/** Of which record a condition was written in, where the filter asks for what only records say. */
const ofRecord = (filter: VisitFilter) => {
  const wanted = alike(filter, 'v.');
  return wanted === '' ? '' : ` AND EXISTS (SELECT 1 FROM medical_records AS r JOIN visits AS v ON v.day = r.admission_date AND v.record = r.position WHERE r.id = c.content ->> '$.medicalRecordId'${wanted})`;
};

/** Problems written down within the period, those found wrong left out; `code` is of ICD-10, null where nobody coded it. */
export const conditionRows = (filter: VisitFilter) => `SELECT c.id, c.time, c.content ->> '$.code.text' AS text,
    (SELECT value ->> '$.code' FROM json_each(c.content, '$.code.coding') WHERE value ->> '$.system' = '${codeSystems.icd10}' LIMIT 1) AS code
  FROM conditions AS c WHERE c.deleted = 0 AND c.time >= @fromInstant AND c.time < @toInstant AND c.${notInTrash}
    AND c.content ->> '$.verificationStatus' NOT IN ('refuted', 'entered-in-error')${ofRecord(filter)}`;

export const conditionValues = (filter: VisitFilter) => ({ fromInstant: filter.fromInstant, toInstant: filter.toInstant, ...valuesOf(filter) });

/** The commonest problems, those with one code together under the first of their names. */
export function conditionCounts(connection: Connection, filter: VisitFilter, limit: number): { rows: { code: string | null; text: string; count: number }[]; of: number } {
  const sql = `SELECT code, min(text) AS text, count(*) AS count, count(*) OVER () AS "of" FROM (${conditionRows(filter)}) GROUP BY code, iif(code IS NULL, text, '') ORDER BY 3 DESC, 2 LIMIT ${limit}`;
  const rows = statement<{ code: string | null; text: string; count: number; of: number }>(connection, sql).all(conditionValues(filter));
  return { rows: rows.map(({ of: _of, ...row }) => row), of: rows[0]?.of ?? 0 };
}
