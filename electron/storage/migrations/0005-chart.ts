import type { Connection } from '../connection.ts';
import { collectionTable, generated } from './0001-collections.ts';

/** What a chart is made of, each read by patient in the order of its time. */
export function chart(connection: Connection): void {
  const ofPatient = (name: string, time: string, more: string[] = []) => `
    ${collectionTable(name, [generated('patient_id', 'patientId'), generated('status', 'status'), generated('time', time), ...more])}
    CREATE INDEX ${name}_by_patient ON ${name} (patient_id, deleted, time, position);`;
  connection.exec(`
    ${ofPatient('allergy_intolerances', 'recordedDate')}
    ${ofPatient('conditions', 'recordedDate')}
    ${ofPatient('observations', 'effectiveDateTime', [
      generated('category', 'category'),
      generated('code', 'code.coding[0].code'),
      generated('service_request_id', 'serviceRequestId'),
    ])}
    CREATE INDEX observations_by_code ON observations (patient_id, category, code, deleted, time);
    -- When a part of a chart was last written is asked at every opening: the greatest key of this, and no row.
    CREATE INDEX observations_by_writing ON observations (patient_id, category, deleted, updated_at);
    CREATE INDEX observations_by_order ON observations (service_request_id) WHERE service_request_id IS NOT NULL;
    ${ofPatient('medication_requests', 'recordedDate', [generated('group_identifier', 'groupIdentifier')])}
    CREATE INDEX medication_requests_active ON medication_requests (patient_id, status, deleted, time);
    ${ofPatient('service_requests', 'recordedDate')}
    CREATE INDEX service_requests_active ON service_requests (patient_id, status, deleted, time);
    ${ofPatient('immunizations', 'occurrenceDateTime')}
    ${collectionTable('code_tables', [generated('system', 'system')])}
  `);
}
