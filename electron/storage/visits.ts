import type { Connection } from './connection.ts';
import { enter, person, visitsInserted } from './migrations/0014-analytics.ts';
import { statement } from './statements.ts';

/** Fewer are not worth a change of the schema. */
const many = 100;

// CROSS JOIN goes from what is new: else each page of a first copy may read all that came before it.
const ofNewRecords = `${enter({ r: 'r', p: 'p', from: 'medical_records AS r CROSS JOIN patients AS p ON p.id = r.patient_id', only: 'r.position > @records' })} ON CONFLICT DO NOTHING`;
const ofNewPatients = `${enter({
  r: 'r', p: 'p', from: 'patients AS p CROSS JOIN medical_records AS r ON r.patient_id = p.id', only: 'p.position > @patients AND r.position <= @records',
})} ON CONFLICT DO NOTHING`;
const ofNewPersons = `UPDATE visits SET person = (SELECT ${person('p')} FROM patients AS o CROSS JOIN patients AS p ON p.id = o.replaced_by WHERE o.position = visits.person)
  WHERE person IN (SELECT o.position FROM patients AS p CROSS JOIN patients AS o ON o.replaced_by = p.id AND o.replaced_by <> '' WHERE p.position > @patients)`;

/**
 * Runs `insert`, which inserts about `count` patients and records, and enters what they count for afterwards, in one go: a trigger costs
 * more than the insert itself, since each row then keeps a journal of its own. To be called in a transaction: whoever reads beside it, and
 * whoever comes after a crash, finds the triggers in place.
 */
export function enteringVisits(connection: Connection, count: number, insert: () => void): void {
  if (count < many) return insert();
  const last = (table: string) => statement<{ position: number }>(connection, `SELECT coalesce(max(position), 0) AS position FROM ${table}`).get()?.position ?? 0;
  const before = { records: last('medical_records'), patients: last('patients') };
  for (const name of Object.keys(visitsInserted)) connection.exec(`DROP TRIGGER ${name}`);
  insert();
  statement(connection, ofNewRecords).run({ records: before.records });
  statement(connection, ofNewPatients).run(before);
  statement(connection, ofNewPersons).run({ patients: before.patients });
  for (const trigger of Object.values(visitsInserted)) connection.exec(trigger);
}

// Read once for all their records: a column generated from JSON would be read from the document for each.
const people = `CREATE TEMP TABLE people (id TEXT PRIMARY KEY, position INTEGER, deleted INTEGER, replaced_by TEXT, gender TEXT, birth TEXT) WITHOUT ROWID;
  INSERT INTO people SELECT id, position, deleted, replaced_by, gender, birth FROM patients ORDER BY id`;
const ofPeople = (into: string) =>
  enter({ r: 'r', p: 'p', from: 'medical_records AS r CROSS JOIN temp.people AS p ON p.id = r.patient_id', only: 'r.position > @after AND r.position <= @upTo', into });

/** The database that visits go to: that of the documents, or one beside it. */
export type VisitsIn = 'main' | 'beside';

/**
 * Enters what many records count for, those after one position and up to another, whose insertion entered nothing. Sorted, since each leaf of
 * the table is then written once.
 */
export function enterVisits(connection: Connection, range: { after: number; upTo: number }, into: VisitsIn = 'main'): void {
  connection.exec(people);
  connection.prepare(`${ofPeople(`${into}.visits`)} ORDER BY day, record ON CONFLICT DO NOTHING`).run(range);
  connection.exec('DROP TABLE temp.people');
}

/** Counts all visits by month anew. */
export function tallyVisits(connection: Connection): void {
  connection.exec(`DELETE FROM visit_tallies; DELETE FROM diagnosis_tallies;
    INSERT INTO visit_tallies (month, site_id, department, kind, gender, age_band, visits)
      SELECT substr(day, 1, 7), site_id, department, kind, gender, age_band, 1 FROM visits WHERE true ON CONFLICT DO UPDATE SET visits = visits + 1;
    INSERT INTO diagnosis_tallies (month, site_id, department, kind, diagnosis, visits)
      SELECT substr(day, 1, 7), site_id, department, kind, diagnosis, 1 FROM visits WHERE diagnosis <> '' ON CONFLICT DO UPDATE SET visits = visits + 1`);
}
