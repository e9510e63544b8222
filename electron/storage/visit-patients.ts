import type { Page } from '../../shared/contract/page.ts';
import type { VisitPatientRow } from '../../shared/contract/analytics.ts';
import { alike, valuesOf, visitsOfPeople, type VisitFilter } from './analytics.ts';
import type { Connection } from './connection.ts';
import { patientRowColumns, toPatientRow, type PatientColumns } from './patients.ts';
import { statement } from './statements.ts';

/** A part of the visits that a figure counts. */
export interface VisitPart {
  gender?: string | undefined;
  band?: number | undefined;
  diagnosis?: string | undefined;
}

const partColumns = { gender: 'gender', band: 'age_band', diagnosis: 'diagnosis' } as const;

/** People with visits of a kind, who came last first. Each is shown by the entry that stands for them. */
export function listVisitPatients(connection: Connection, filter: VisitFilter, part: VisitPart, { offset, limit }: { offset: number; limit: number }): Page<VisitPatientRow> {
  const parts = Object.entries(part).filter((entry): entry is [keyof VisitPart, string | number] => entry[1] !== undefined);
  const wanted = `FROM ${parts.length === 0 ? visitsOfPeople(filter) : `visits WHERE day >= @from AND day <= @to${alike(filter)}`}${parts.map(([name]) => ` AND ${partColumns[name]} = @${name}`).join('')}`;
  const values = { from: filter.from, to: filter.to, ...valuesOf(filter), ...Object.fromEntries(parts) };
  const sql = `SELECT ${patientRowColumns}, v.visits, v.lastVisit, v.total FROM
      (SELECT person, count(*) AS visits, max(day) AS lastVisit, count(*) OVER () AS total ${wanted} GROUP BY person ORDER BY 3 DESC, 1 LIMIT @limit OFFSET @offset) AS v
    JOIN patients AS p ON p.position = v.person ORDER BY v.lastVisit DESC, v.person`;
  const rows = statement<PatientColumns & { visits: number; lastVisit: string; total: number }>(connection, sql).all({ ...values, limit, offset });
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ visits, lastVisit, total: _total, ...row }) => ({ ...toPatientRow(row), visits, lastVisit })) };
}
