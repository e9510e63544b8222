import type { CollectionName } from '../../shared/schema/collections.ts';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { patientTerms } from '../../shared/search/patient-terms.ts';
import type { Connection } from './connection.ts';
import type { DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/**
 * Brings the search tables to the state of a row that was just written; runs inside the commit's transaction, so that
 * a saved patient is found and a deleted one is not, whatever happens in between.
 */
export function updateSearchIndex(
  connection: Connection,
  collection: CollectionName,
  before: DocumentRow | undefined,
  after: DocumentRow,
): void {
  if (collection !== 'patients') return;
  if (before !== undefined && before.deleted === 0) removePatient(connection, before);
  if (after.deleted === 0) addPatient(connection, after);
}

/** Fills the search tables anew from the patients: the way out when the index is damaged. */
export function rebuildSearchIndex(connection: Connection): void {
  connection.transaction(() => {
    connection.exec(`DELETE FROM patient_terms;
      INSERT INTO patient_characters (patient_characters) VALUES ('delete-all');
      INSERT INTO patient_trigrams (patient_trigrams) VALUES ('delete-all');`);
    const rows = connection.prepare<[number], DocumentRow>('SELECT * FROM patients WHERE deleted = 0 AND position > ? ORDER BY position LIMIT 1000');
    for (let page = rows.all(0); page.length > 0; page = rows.all(page.at(-1)?.position ?? 0)) {
      for (const row of page) addPatient(connection, row);
    }
  }).immediate();
}

const termsOf = (row: DocumentRow) => patientTerms(JSON.parse(row.content) as PatientContent);

function addPatient(connection: Connection, row: DocumentRow): void {
  const { prefixes, characters, trigrams } = termsOf(row);
  const { position } = row;
  const addTerm = statement(connection, 'INSERT INTO patient_terms (term, position) VALUES (?, ?)');
  for (const term of prefixes) addTerm.run(term, position);
  statement(connection, 'INSERT INTO patient_characters (rowid, characters) VALUES (@position, @characters)').run({ position, characters });
  statement(connection, 'INSERT INTO patient_trigrams (rowid, trigrams) VALUES (@position, @trigrams)').run({ position, trigrams });
}

function removePatient(connection: Connection, row: DocumentRow): void {
  const { position } = row;
  const removeTerm = statement(connection, 'DELETE FROM patient_terms WHERE term = @term AND position = @position');
  for (const term of termsOf(row).prefixes) removeTerm.run({ term, position });
  statement(connection, 'DELETE FROM patient_characters WHERE rowid = @position').run({ position });
  statement(connection, 'DELETE FROM patient_trigrams WHERE rowid = @position').run({ position });
}
