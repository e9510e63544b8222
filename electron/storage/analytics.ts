import { stepOf, wholeMonths, type Period, type Step } from '../../shared/analytics/periods.ts';
import type { RecordKind } from '../../shared/schema/medical-record.ts';
import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

/** What is looked at: days both inclusive, and the instants at which the first begins and the last ends. */
export interface VisitFilter extends Period {
  fromInstant: string;
  toInstant: string;
  siteId?: string | undefined;
  department?: string | undefined;
  kind?: RecordKind | undefined;
}

/** A cell of the tally: how many visits of one step of time, department, kind, gender and age. */
export interface VisitCount {
  at: string;
  department: string;
  kind: string;
  gender: string;
  band: number;
  visits: number;
}

type Values = Record<string, string>;

const columns = { siteId: 'site_id', department: 'department', kind: 'kind' } as const;
const given = ({ siteId, department, kind }: Partial<VisitFilter>): [keyof typeof columns, string][] =>
  Object.entries({ siteId, department, kind }).filter((entry): entry is [keyof typeof columns, string] => entry[1] !== undefined);

/** `AND department = @department …` for what the filter names. */
export const alike = (filter: Partial<VisitFilter>, prefix = ''): string => given(filter).map(([name]) => ` AND ${prefix}${columns[name]} = @${name}`).join('');
export const valuesOf = (filter: Partial<VisitFilter>): Values => Object.fromEntries(given(filter));

/** The same sum over whole months out of a tally, and over the days beside them out of the visits themselves. */
function source(filter: VisitFilter, step: Step, { tallied, single }: { tallied: string; single: string }): { sql: string; values: Values } {
  const { months, rest } = step === 'day' ? { rest: [filter] } : wholeMonths(filter);
  const parts = [
    ...(months ? [`${tallied} WHERE month >= @firstMonth AND month <= @lastMonth${alike(filter)}`] : []),
    ...rest.map((_, index) => `${single} WHERE day >= @from${index} AND day <= @to${index}${alike(filter)}`),
  ];
  const days = rest.flatMap(({ from, to }, index) => [[`from${index}`, from], [`to${index}`, to]]);
  return { sql: parts.join(' UNION ALL '), values: { ...valuesOf(filter), ...(months && { firstMonth: months.from, lastMonth: months.to }), ...(Object.fromEntries(days) as Values) } };
}

export function visitCounts(connection: Connection, filter: VisitFilter): VisitCount[] {
  const step = stepOf(filter);
  const { sql, values } = source(filter, step, {
    tallied: 'SELECT month AS at, department, kind, gender, age_band AS band, visits FROM visit_tallies',
    single: `SELECT substr(day, 1, ${step === 'day' ? 10 : 7}) AS at, department, kind, gender, age_band AS band, 1 AS visits FROM visits`,
  });
  return statement<VisitCount>(connection, `SELECT at, department, kind, gender, band, sum(visits) AS visits FROM (${sql}) GROUP BY 1, 2, 3, 4, 5 HAVING sum(visits) > 0`).all(values);
}

/** The commonest diagnoses of records, as they were written, and how many there are. */
export function diagnosisCounts(connection: Connection, filter: VisitFilter, limit: number): { rows: { text: string; visits: number }[]; of: number } {
  const { sql, values } = source(filter, stepOf(filter), {
    tallied: 'SELECT diagnosis, visits FROM diagnosis_tallies',
    single: `SELECT diagnosis, 1 AS visits FROM visits`,
  });
  const counted = `SELECT diagnosis AS text, sum(visits) AS visits FROM (${sql}) WHERE diagnosis <> '' GROUP BY 1 HAVING sum(visits) > 0`;
  const rows = statement<{ text: string; visits: number; of: number }>(connection, `SELECT text, visits, count(*) OVER () AS "of" FROM (${counted}) ORDER BY visits DESC, text LIMIT ${limit}`).all(values);
  return { rows: rows.map(({ text, visits }) => ({ text, visits })), of: rows[0]?.of ?? 0 };
}

/** A long period is read person by person in the order of that index, so that nothing is sorted; a short one by its days. */
export const visitsOfPeople = (filter: VisitFilter): string =>
  `visits ${stepOf(filter) === 'day' ? 'NOT INDEXED' : 'INDEXED BY visits_by_person'} WHERE day >= @from AND day <= @to${alike(filter)}`;

/** People who were seen: two entries of one person count once. */
export const countPeople = (connection: Connection, filter: VisitFilter): number =>
  statement(connection, `SELECT count(*) FROM (SELECT person FROM ${visitsOfPeople(filter)} GROUP BY person)`).pluck().get({ from: filter.from, to: filter.to, ...valuesOf(filter) }) as number;

/** The days of the first and the last visit; none while there is none. */
export const daysOfVisits = (connection: Connection): { first: string | null; last: string | null } =>
  statement<{ first: string | null; last: string | null }>(connection, 'SELECT (SELECT min(day) FROM visits) AS first, (SELECT max(day) FROM visits) AS last').get({}) as { first: string | null; last: string | null };

/** Departments that records name, whichever list they are on. */
export const departmentsOfVisits = (connection: Connection): string[] =>
  statement(connection, `SELECT DISTINCT department FROM visit_tallies WHERE visits > 0 AND department <> '' ORDER BY department`).pluck().all({}) as string[];

export const namesOfSites = (connection: Connection): { id: string; name: string }[] =>
  statement<{ id: string; name: string }>(connection, `SELECT id, content ->> '$.name' AS name FROM sites WHERE deleted = 0 AND content <> 'null' ORDER BY 2, 1`).all({});

/** All that the figures of a period are made from, in one order: visits, arrivals, problems and stays. */
export function* figureInputs(connection: Connection, filter: VisitFilter, conditions: { sql: string; values: Record<string, string> }): Generator<string> {
  const { from, to, fromInstant, toInstant, siteId = null, kind = null } = filter;
  const rows = (sql: string, values: object) => statement<object>(connection, sql).iterate(values) as Iterable<object>;
  const visits = `SELECT r.id, v.day, p.id AS person, v.site_id, v.department, v.kind, v.gender, v.age_band, v.discharge_date, v.diagnosis FROM visits AS v
    JOIN medical_records AS r ON r.position = v.record LEFT JOIN patients AS p ON p.position = v.person`;
  const arrivals = `SELECT id, arrived_at, content ->> '$.calledAt' AS called, status FROM encounters WHERE deleted = 0 AND arrived_at >= @fromInstant AND arrived_at < @toInstant
    AND (@siteId IS NULL OR content ->> '$.siteId' = @siteId) AND (@kind IS NULL OR content ->> '$.kind' = @kind) AND patient_id NOT IN (SELECT id FROM patients WHERE deleted = 1) ORDER BY id`;
  const lists = [
    rows(`${visits} WHERE v.day >= @from AND v.day <= @to${alike(filter, 'v.')} ORDER BY r.id`, { from, to, ...valuesOf(filter) }),
    rows(`${visits} WHERE v.kind = 'inpatient' AND v.day < @from AND (v.discharge_date >= @from OR v.discharge_date = '')${alike(filter, 'v.')} ORDER BY r.id`, { from, ...valuesOf(filter) }),
    rows(arrivals, { fromInstant, toInstant, siteId, kind }),
    rows(`${conditions.sql} ORDER BY 1`, conditions.values),
  ];
  for (const [index, list] of lists.entries()) for (const row of list) yield `${index} ${JSON.stringify(row)}\n`;
}
