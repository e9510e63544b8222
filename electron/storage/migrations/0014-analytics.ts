import { ageBands, ageUnknown } from '../../../shared/analytics/age-bands.ts';
import type { Connection } from '../connection.ts';
import { collectionTable, generated } from './0001-collections.ts';

/** In years, on the day of admission. Of some only the year of birth is known. */
const age = `(CAST(substr(day, 1, 4) AS INTEGER) - CAST(substr(birth, 1, 4) AS INTEGER) - (length(birth) = 10 AND substr(day, 6) < substr(birth, 6)))`;
const ageBand = `CASE WHEN age IS NULL THEN ${ageUnknown} ${ageBands.slice(1).map((next, index) => `WHEN age < ${next} THEN ${ageBands[index]}`).join(' ')} ELSE ${ageBands.at(-1)} END`;

const text = (r: string, field: string) => `coalesce(${r}.content ->> '$.${field}', '')`;
/** The first line is what people call the diagnosis; what follows explains it. */
const firstLine = `substr(trim(substr(diagnosis, 1, instr(diagnosis || char(10), char(10)) - 1)), 1, 200)`;
/** Entries that stood for others and were then replaced themselves; a trigger cannot follow them without an end. */
const mergesFollowed = 4;
const wasReplaced = (p: string, by: string) => `${p}.replaced_by = ${by} AND ${p}.replaced_by <> ''`;

/** Entries of one person are one person, by the one that stands for all of them here. */
export const person = (p: string, steps = mergesFollowed): string =>
  steps === 0 ? `${p}.position` : `iif(${p}.replaced_by = '', ${p}.position, coalesce((SELECT ${person(`up${steps}`, steps - 1)} FROM patients AS up${steps} WHERE up${steps}.id = ${p}.replaced_by), ${p}.position))`;
/** Ids of the entries that one stands for, those that they stood for, and so on. */
const standsFor = (id: string): string =>
  Array.from({ length: mergesFollowed }, (_, step) => {
    const joins = Array.from({ length: step }, (_unused, index) => ` JOIN patients AS p${index + 1} ON ${wasReplaced(`p${index + 1}`, `p${index}.id`)}`).join('');
    return `SELECT p${step}.id FROM patients AS p0${joins} WHERE ${wasReplaced('p0', id)}`;
  }).join(' UNION ALL ');

/**
 * Enters what one record, or all records of one patient, count for; `r` and `p` name the rows of a record and its patient. The LIMITs keep
 * what they are read from a subquery of its own: flattened into one, each mention of a column generated from JSON reads the document
 * again, dozens of times for an age band. The plus keeps to the patients that are meant: an index of all who are in place looks narrower and is not.
 */
export const enter = ({ r, p, from, only, into = 'visits' }: { r: string; p: string; from: string; only: string; into?: string }): string => `
  INSERT INTO ${into} (day, record, person, site_id, department, kind, gender, age_band, discharge_date, diagnosis)
    SELECT day, record, person, site_id, department, kind, gender, ${ageBand}, discharge_date, ${firstLine} FROM (
      SELECT *, ${age} AS age FROM (
        SELECT ${r}.admission_date AS day, ${r}.position AS record, ${person(p)} AS person, ${text(r, 'siteId')} AS site_id, ${text(r, 'department')} AS department,
          ${text(r, 'kind')} AS kind, coalesce(${p}.gender, 'unknown') AS gender, ${p}.birth AS birth, ${text(r, 'dischargeDate')} AS discharge_date, ${text(r, 'diagnosis')} AS diagnosis
        FROM ${from} WHERE ${only} AND ${r}.deleted = 0 AND +${p}.deleted = 0 LIMIT -1
      ) WHERE day IS NOT NULL LIMIT -1
    ) WHERE true`;
const enterRecord = `${enter({ r: 'new', p: 'p', from: 'patients AS p', only: 'p.id = new.patient_id' })};`;
const enterPatient = `${enter({ r: 'r', p: 'new', from: 'medical_records AS r', only: 'r.patient_id = new.id' })};`;
const repoint = `UPDATE visits SET person = ${person('new')} WHERE old.replaced_by IS NOT new.replaced_by
  AND (day, record) IN (SELECT admission_date, position FROM medical_records WHERE patient_id IN (${standsFor('new.id')}));`;
const dropRecord = 'DELETE FROM visits WHERE day = old.admission_date AND record = old.position;';
const dropPatient = 'DELETE FROM visits WHERE (day, record) IN (SELECT admission_date, position FROM medical_records WHERE patient_id = old.id);';

const tally = (row: 'old' | 'new', by: 1 | -1) => `
  INSERT INTO visit_tallies (month, site_id, department, kind, gender, age_band, visits)
    VALUES (substr(${row}.day, 1, 7), ${row}.site_id, ${row}.department, ${row}.kind, ${row}.gender, ${row}.age_band, ${by}) ON CONFLICT DO UPDATE SET visits = visits + excluded.visits;
  INSERT INTO diagnosis_tallies (month, site_id, department, kind, diagnosis, visits)
    SELECT substr(${row}.day, 1, 7), ${row}.site_id, ${row}.department, ${row}.kind, ${row}.diagnosis, ${by} WHERE ${row}.diagnosis <> '' ON CONFLICT DO UPDATE SET visits = visits + excluded.visits;`;

/** What enters that which is inserted one by one. */
export const visitsInserted: Readonly<Record<string, string>> = {
  visits_record_inserted: `CREATE TRIGGER visits_record_inserted AFTER INSERT ON medical_records BEGIN ${enterRecord} END;`,
  visits_patient_inserted: `CREATE TRIGGER visits_patient_inserted AFTER INSERT ON patients BEGIN
    ${enterPatient}
    UPDATE visits SET person = ${person('new')} WHERE person IN (SELECT position FROM patients WHERE replaced_by = new.id AND replaced_by <> '');
  END;`,
};

/**
 * What dashboards count: a visit is a record in place of a patient in place. It is kept narrow and by day beside the documents, since a column
 * generated from JSON is read from the document whatever index it is in; and counted by month, so that years are looked at
 * without reading one visit. The rules are triggers, so that they hold however a document comes and goes.
 */
export function analytics(connection: Connection): void {
  connection.exec(`
    CREATE TABLE visits (
      day TEXT NOT NULL,
      record INTEGER NOT NULL,
      person INTEGER NOT NULL,
      site_id TEXT NOT NULL,
      department TEXT NOT NULL,
      kind TEXT NOT NULL,
      gender TEXT NOT NULL,
      age_band INTEGER NOT NULL,
      discharge_date TEXT NOT NULL,
      diagnosis TEXT NOT NULL,
      PRIMARY KEY (day, record)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX visits_by_person ON visits (person, day, department, kind, site_id);
    CREATE INDEX visits_inpatient ON visits (day, discharge_date, department, site_id) WHERE kind = 'inpatient';
    CREATE INDEX visits_inpatient_until ON visits (discharge_date, day, department, site_id) WHERE kind = 'inpatient';

    CREATE TABLE visit_tallies (
      month TEXT NOT NULL,
      site_id TEXT NOT NULL,
      department TEXT NOT NULL,
      kind TEXT NOT NULL,
      gender TEXT NOT NULL,
      age_band INTEGER NOT NULL,
      visits INTEGER NOT NULL,
      PRIMARY KEY (month, site_id, department, kind, gender, age_band)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE diagnosis_tallies (
      month TEXT NOT NULL,
      site_id TEXT NOT NULL,
      department TEXT NOT NULL,
      kind TEXT NOT NULL,
      diagnosis TEXT NOT NULL,
      visits INTEGER NOT NULL,
      PRIMARY KEY (month, site_id, department, kind, diagnosis)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER visits_entered AFTER INSERT ON visits BEGIN ${tally('new', 1)} END;
    CREATE TRIGGER visits_dropped AFTER DELETE ON visits BEGIN ${tally('old', -1)} END;

    ${Object.values(visitsInserted).join('\n')}
    CREATE TRIGGER visits_record_updated AFTER UPDATE OF content, deleted ON medical_records BEGIN ${dropRecord} ${enterRecord} END;
    CREATE TRIGGER visits_record_deleted AFTER DELETE ON medical_records BEGIN ${dropRecord} END;
    CREATE TRIGGER visits_patient_updated AFTER UPDATE OF content, deleted ON patients
      WHEN old.deleted IS NOT new.deleted OR old.gender IS NOT new.gender OR old.birth IS NOT new.birth OR old.replaced_by IS NOT new.replaced_by BEGIN
      ${dropPatient} ${enterPatient} ${repoint}
    END;
    CREATE TRIGGER visits_patient_deleted AFTER DELETE ON patients BEGIN ${dropPatient} END;

    ${collectionTable('clinical_reports', [generated('until', 'to')])}
    CREATE INDEX clinical_reports_by_time ON clinical_reports (deleted, until);

    CREATE INDEX encounters_by_arrival ON encounters (arrived_at) WHERE deleted = 0;
    CREATE INDEX conditions_by_time ON conditions (time) WHERE deleted = 0;
    ${enter({ r: 'r', p: 'p', from: 'medical_records AS r JOIN patients AS p ON p.id = r.patient_id', only: 'true' })};
  `);
}
