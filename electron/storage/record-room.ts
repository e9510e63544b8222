import type { ChartContents } from '../../shared/record-room/completeness.ts';
import type { LastDays } from '../../shared/record-room/retention.ts';
import type { ChartLoan } from '../../shared/schema/chart-loan.ts';
import type { RecordKind } from '../../shared/schema/medical-record.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { ofPatient } from './linked-patients.ts';
import type { Window } from './medical-records.ts';
import { entriesMatching } from './search.ts';
import { statement } from './statements.ts';

/** A closed chart as the tables tell it; `start` and `end` are instants of an encounter and days of a record. */
export interface ChartRow {
  id: string;
  chart: 'encounters' | 'medicalRecords';
  patientId: string;
  patientName: string;
  medicalRecordNumber: string;
  kind: RecordKind;
  start: string;
  end: string;
  archived: 0 | 1;
  location: string | null;
  borrowerName: string | null;
  dueDate: string | null;
}

const here = `patient_id NOT IN (SELECT id FROM patients WHERE deleted = 1)`;
/** A record's day is over tomorrow; who was discharged is not expected back. */
const closedIn = (table: 'encounters' | 'medical_records') => `
  SELECT id, chart_end AS day, chart_kind AS kind, patient_id FROM ${table}
  WHERE chart_end <> '' AND deleted = 0 AND ${here} ${table === 'encounters' ? '' : `AND (chart_end < @today OR chart_kind = 'inpatient')`}
    AND NOT EXISTS (SELECT 1 FROM archived_charts AS a WHERE a.id = ${table}.id AND a.deleted = 0)`;
/** CROSS: few are out, and begun from the charts all of them would be read. */
const lent = `
  SELECT a.id AS id, l.due_date AS day, a.kind AS kind, a.patient_id AS patient_id FROM chart_loans AS l CROSS JOIN archived_charts AS a ON a.id = l.archived_chart_id AND a.deleted = 0
  WHERE l.returned_at IS NULL AND l.deleted = 0 AND a.${here}`;

/** Where the charts of each list are found, and in which order: the latest end first, or the earliest day that they are due. */
const sources = {
  closed: { arms: [closedIn('encounters'), closedIn('medical_records')], order: 'day DESC, id DESC' },
  archived: { arms: [`SELECT id, period_end AS day, kind, patient_id FROM archived_charts WHERE deleted = 0 AND ${here}`], order: 'day DESC, id DESC' },
  lent: { arms: [lent], order: 'day, id' },
  overdue: { arms: [`${lent} AND l.due_date < @today`], order: 'day, id' },
} as const;

export interface ChartFilter {
  state: keyof typeof sources;
  kind?: RecordKind | undefined;
  text?: string | undefined;
}

export function listCharts(connection: Connection, { state, kind, text }: ChartFilter, today: string, { offset, limit }: Window): { rows: ChartRow[]; total: number } {
  const { arms, order } = sources[state];
  const where = [
    ...(kind === undefined ? [] : ['kind = @kind']),
    ...(text === undefined ? [] : ['patient_id IN (SELECT value FROM json_each(@ids))']),
  ];
  const filtered = arms.map((arm) => (where.length === 0 ? arm : `SELECT * FROM (${arm}) WHERE ${where.join(' AND ')}`));
  const values = { today, ...(kind !== undefined && { kind }), ...(text !== undefined && { ids: JSON.stringify(entriesMatching(connection, text)) }) };
  const page = statement<{ id: string }>(connection, `${filtered.join(' UNION ALL ')} ORDER BY ${order} LIMIT @limit OFFSET @offset`).all({ ...values, offset, limit });
  const total = filtered.reduce((sum, arm) => sum + (statement<{ total: number }>(connection, `SELECT count(*) AS total FROM (${arm})`).get(values)?.total ?? 0), 0);
  return { rows: page.flatMap(({ id }) => findChart(connection, id, today) ?? []), total };
}

/** Closed charts with what the record room knows of each. */
const chart = `
  SELECT c.id, c.chart, c.patient_id AS patientId, p.content ->> '$.name' AS patientName, p.medical_record_number AS medicalRecordNumber,
    c.kind, c.start, c.end, a.id IS NOT NULL AS archived, a.content ->> '$.location' AS location, l.content ->> '$.borrowerName' AS borrowerName, l.due_date AS dueDate
  FROM (
    SELECT id, 'encounters' AS chart, patient_id, chart_kind AS kind, content ->> '$.arrivedAt' AS start, content ->> '$.endedAt' AS end
    FROM encounters WHERE id = @id AND chart_end <> '' AND deleted = 0
    UNION ALL
    SELECT id, 'medicalRecords', patient_id, chart_kind, admission_date, chart_end
    FROM medical_records WHERE id = @id AND chart_end <> '' AND deleted = 0 AND (chart_end < @today OR chart_kind = 'inpatient')
  ) AS c JOIN patients AS p ON p.id = c.patient_id AND p.deleted = 0
  LEFT JOIN archived_charts AS a ON a.id = c.id AND a.deleted = 0
  LEFT JOIN chart_loans AS l ON l.archived_chart_id = a.id AND l.returned_at IS NULL AND l.deleted = 0
  ORDER BY l.due_date LIMIT 1`;

export const findChart = (connection: Connection, id: string, today: string): ChartRow | undefined => statement<ChartRow>(connection, chart).get({ id, today });

/** What is written of a patient without naming the visit belongs to the one in whose time it was written down. */
type Part = 'documentReferences' | 'observations' | 'medicationRequests' | 'serviceRequests' | 'immunizations' | 'conditions';
const writtenAt = `coalesce(content ->> '$.recordedDate', created_at)`;

/** Under any entry of the person: who is merged in the middle of a visit is written of under the other entry from then on. */
function partOf<Name extends Part>(connection: Connection, collection: Name, { person, ...values }: { person: ReturnType<typeof ofPatient>; recordIds: string; from: string; upTo: string }): StoredDocument<Name>[] {
  return statement<DocumentRow>(
    connection,
    `SELECT ${documentColumns} FROM ${collections[collection].table} WHERE ${person.where} AND deleted = 0 AND (
       content ->> '$.medicalRecordId' IN (SELECT value FROM json_each(@recordIds))
       OR (content ->> '$.medicalRecordId' IS NULL AND ${writtenAt} >= @from AND ${writtenAt} <= @upTo))
     ORDER BY position`,
  ).all({ ...person.values, ...values }).map((row) => toDocument<Name>(row));
}

/** Everything in a chart; `from` and `upTo` are instants. */
export function readContents(connection: Connection, { id, chart, patientId, kind }: ChartRow, time: { from: string; upTo: string }): ChartContents {
  const all = <Row>(sql: string, values: object): Row[] => statement<Row>(connection, sql).all(values);
  const isVisit = chart === 'encounters';
  const person = ofPatient(connection, patientId);
  const encounters = isVisit ? all<DocumentRow>(`SELECT ${documentColumns} FROM encounters WHERE id = @id`, { id }) : [];
  const records = all<DocumentRow>(`SELECT ${documentColumns} FROM medical_records WHERE ${isVisit ? 'encounter_id' : 'id'} = @id AND deleted = 0 ORDER BY admission_date, position`, { id });
  const where = { person, recordIds: JSON.stringify(records.map((record) => record.id)), ...time };
  const contents = {
    kind,
    ...(encounters[0] && { encounter: toDocument<'encounters'>(encounters[0]) }),
    medicalRecords: records.map((row) => toDocument<'medicalRecords'>(row)),
    observations: partOf(connection, 'observations', where),
    medicationRequests: partOf(connection, 'medicationRequests', where),
    serviceRequests: partOf(connection, 'serviceRequests', where),
    immunizations: partOf(connection, 'immunizations', where),
    documentReferences: partOf(connection, 'documentReferences', where),
    conditions: partOf(connection, 'conditions', where),
    allergyIntolerances: all<DocumentRow>(`SELECT ${documentColumns} FROM allergy_intolerances WHERE ${person.where} AND deleted = 0`, person.values).map((row) => toDocument<'allergyIntolerances'>(row)),
  };
  const ids = [id, ...[contents.medicalRecords, contents.observations, contents.medicationRequests, contents.serviceRequests, contents.immunizations, contents.documentReferences].flat().map((document) => document.id)];
  const conflicts = all<{ id: string }>(`SELECT id FROM conflicts WHERE document_id IN (SELECT value FROM json_each(@ids)) AND status = 'open' AND deleted = 0`, { ids: JSON.stringify(ids) });
  return { ...contents, conflictIds: conflicts.map((conflict) => conflict.id) };
}

/** The content of one version, current or superseded; undefined where it is not on this workstation. */
export function readVersion(connection: Connection, collection: keyof typeof collections, id: string, rev: string): Record<string, unknown> | undefined {
  const { table } = collections[collection];
  const found = statement<{ content: string }>(
    connection,
    `SELECT content FROM ${table} WHERE id = @id AND rev = @rev UNION ALL SELECT content FROM revisions WHERE collection = @collection AND document_id = @id AND rev = @rev`,
  ).get({ id, rev, collection });
  return found && (JSON.parse(found.content) as Record<string, unknown> | null ?? undefined);
}

export const listLoans = (connection: Connection, archivedChartId: string): ChartLoan[] =>
  statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM chart_loans WHERE archived_chart_id = @archivedChartId AND deleted = 0 ORDER BY position DESC`)
    .all({ archivedChartId })
    .map((row) => toDocument<'chartLoans'>(row));

/** A patient's last days in the clinic, by signed records and finished visits under any entry of theirs. */
export function lastDays(connection: Connection, patientId: string): LastDays {
  const { where, values } = ofPatient(connection, patientId);
  const found = statement<{ visit: string | null; discharge: string | null }>(
    connection,
    `SELECT max(iif(kind = 'inpatient', NULL, day)) AS visit, max(iif(kind = 'inpatient', day, NULL)) AS discharge FROM (
       SELECT content ->> '$.kind' AS kind, coalesce(content ->> '$.dischargeDate', admission_date) AS day FROM medical_records WHERE ${where} AND deleted = 0 AND status <> 'draft'
       UNION ALL
       SELECT content ->> '$.kind', date(content ->> '$.endedAt', 'localtime') FROM encounters WHERE ${where} AND deleted = 0 AND status = 'finished')`,
  ).get(values);
  return { visit: found?.visit ?? undefined, discharge: found?.discharge ?? undefined };
}

export const listSites = (connection: Connection): StoredDocument<'sites'>[] =>
  statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM sites WHERE deleted = 0`).all({}).map((row) => toDocument<'sites'>(row));
