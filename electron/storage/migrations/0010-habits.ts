import type { Connection } from '../connection.ts';
import { collectionTable, generated } from './0001-collections.ts';

/** Ready texts, and what each person keeps at hand. */
export function habits(connection: Connection): void {
  connection.exec(`
    ${collectionTable('text_templates')}
    ${collectionTable('favourites', [generated('user_id', 'userId'), generated('patient_id', 'patientId')])}
    CREATE INDEX favourites_by_user ON favourites (user_id, deleted);
    CREATE INDEX favourites_by_patient ON favourites (patient_id) WHERE patient_id IS NOT NULL;
    -- The charts that a person opened last are read from here with each look at the list of patients.
    CREATE INDEX audit_entries_viewed ON audit_entries (actor_id, position, patient_id) WHERE action = 'patient.viewed';
  `);
}
