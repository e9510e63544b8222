import type { CollectionName } from '../../shared/schema/collections.ts';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { indexedFields, patientTerms } from '../../shared/search/patient-terms.ts';
import type { Connection } from './connection.ts';
import type { WrittenRow } from './documents.ts';
import { statement } from './statements.ts';

/**
 * Brings the search tables to the state of a row that was just written; runs inside the commit's transaction, so that
 * a saved patient is found and a deleted one is not, whatever happens in between.
 */
export function updateSearchIndex(
  connection: Connection,
  collection: CollectionName,
  before: WrittenRow | undefined,
  after: WrittenRow,
): void {
  if (collection !== 'patients') return;
  const patient = JSON.parse(after.content) as PatientContent;
  // Most edits change nothing that a patient is found by, and writing the same terms anew is the dearest part of a save.
  if (before?.deleted === 0 && after.deleted === 0 && isFoundAlike(JSON.parse(before.content) as PatientContent, patient)) return;
  if (before?.deleted === 0) removeFromSearchIndex(connection, before);
  if (after.deleted === 0) indexPatient(connection, after.position, patient);
}

const isFoundAlike = (before: PatientContent, after: PatientContent): boolean => indexedFields.every((field) => before[field] === after[field]);

/** Fills the search tables anew from the patients: the way out when the index is damaged. */
export function rebuildSearchIndex(connection: Connection): void {
  connection.transaction(() => {
    connection.exec(`INSERT INTO patient_terms (patient_terms) VALUES ('delete-all');
      INSERT INTO patient_characters (patient_characters) VALUES ('delete-all');
      INSERT INTO patient_trigrams (patient_trigrams) VALUES ('delete-all');`);
    const rows = connection.prepare<[number], WrittenRow>('SELECT * FROM patients WHERE deleted = 0 AND position > ? ORDER BY position LIMIT 1000');
    for (let page = rows.all(0); page.length > 0; page = rows.all(page.at(-1)?.position ?? 0)) {
      for (const { position, content } of page) indexPatient(connection, position, JSON.parse(content) as PatientContent);
    }
  }).immediate();
}

/** Adds a patient who is not in the search tables. */
export function indexPatient(connection: Connection, position: number, patient: PatientContent): void {
  const { prefixes, characters, trigrams } = patientTerms(patient);
  statement(connection, 'INSERT INTO patient_terms (rowid, terms) VALUES (?, ?)').run(position, prefixes.join(' '));
  statement(connection, 'INSERT INTO patient_characters (rowid, characters) VALUES (?, ?)').run(position, characters);
  statement(connection, 'INSERT INTO patient_trigrams (rowid, trigrams) VALUES (?, ?)').run(position, trigrams);
}

export function removeFromSearchIndex(connection: Connection, { position }: Pick<WrittenRow, 'position'>): void {
  for (const table of ['patient_terms', 'patient_characters', 'patient_trigrams']) {
    statement(connection, `DELETE FROM ${table} WHERE rowid = ?`).run(position);
  }
}
