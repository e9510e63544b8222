import type { Connection } from '../connection.ts';
import { collectionTable, generated } from './0001-collections.ts';

export function frontDesk(connection: Connection): void {
  connection.exec(`
    ${collectionTable('appointments', [generated('patient_id', 'patientId'), generated('start', 'start'), generated('displaced_by', 'displacedBy')])}
    CREATE INDEX appointments_by_start ON appointments (start, deleted);
    CREATE INDEX appointments_by_patient ON appointments (patient_id);
    CREATE INDEX appointments_displaced ON appointments (start) WHERE displaced_by IS NOT NULL;

    ${collectionTable('encounters', [generated('patient_id', 'patientId'), generated('status', 'status'), generated('arrived_at', 'arrivedAt')])}
    CREATE INDEX encounters_by_status ON encounters (status, deleted, arrived_at);
    CREATE INDEX encounters_by_patient ON encounters (patient_id, status);
  `);
}
