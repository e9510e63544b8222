import type { Connection } from '../connection.ts';
import { collectionTable, generated } from './0001-collections.ts';

/** What is sealed is a table of its own, kept by the database itself: however a chart gets here, what it seals is known with it. */
const seals = `INSERT INTO sealed_documents (document_id, collection, chart_id, rev)
  SELECT value ->> '$.id', value ->> '$.collection', NEW.id, value ->> '$.rev' FROM json_each(NEW.content, '$.entry') WHERE NEW.deleted = 0
  ON CONFLICT DO NOTHING;`;

export function recordRoom(connection: Connection): void {
  connection.exec(`
    ${collectionTable('archived_charts', [generated('patient_id', 'patientId'), generated('kind', 'kind'), generated('period_end', 'period.end')])}
    CREATE INDEX archived_charts_by_patient ON archived_charts (patient_id, deleted);
    CREATE INDEX archived_charts_by_end ON archived_charts (deleted, period_end, id);

    CREATE TABLE sealed_documents (
      document_id TEXT NOT NULL,
      collection TEXT NOT NULL,
      chart_id TEXT NOT NULL,
      rev TEXT NOT NULL,
      PRIMARY KEY (document_id, collection, chart_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sealed_documents_by_chart ON sealed_documents (chart_id);
    CREATE TRIGGER archived_charts_inserted AFTER INSERT ON archived_charts BEGIN ${seals} END;
    CREATE TRIGGER archived_charts_updated AFTER UPDATE OF content, deleted ON archived_charts BEGIN
      DELETE FROM sealed_documents WHERE chart_id = NEW.id;
      ${seals}
    END;
    CREATE TRIGGER archived_charts_dropped AFTER DELETE ON archived_charts BEGIN DELETE FROM sealed_documents WHERE chart_id = OLD.id; END;

    ${collectionTable('chart_loans', [generated('patient_id', 'patientId'), generated('archived_chart_id', 'archivedChartId'), generated('due_date', 'dueDate'), generated('returned_at', 'returnedAt')])}
    CREATE INDEX chart_loans_by_chart ON chart_loans (archived_chart_id, returned_at);
    CREATE INDEX chart_loans_out ON chart_loans (due_date) WHERE returned_at IS NULL;
    CREATE INDEX chart_loans_by_patient ON chart_loans (patient_id);

    ALTER TABLE medical_records ADD COLUMN encounter_id TEXT GENERATED ALWAYS AS (content ->> '$.encounterId') VIRTUAL;
    CREATE INDEX medical_records_by_encounter ON medical_records (encounter_id) WHERE encounter_id IS NOT NULL;

    -- The day that a chart is closed by, or nothing: of a visit that was finished (an instant, of which SQL cannot generate the day
    -- where the clinic is), and of a record that no visit at the desk stands for. Paging through ten years of charts reads these and no document.
    ALTER TABLE encounters ADD COLUMN chart_end TEXT NOT NULL DEFAULT '';
    ALTER TABLE encounters ADD COLUMN ${generated('chart_kind', 'kind')};
    CREATE INDEX encounters_closed ON encounters (chart_end, id, chart_kind, patient_id) WHERE chart_end <> '' AND deleted = 0;
    ALTER TABLE medical_records ADD COLUMN chart_end TEXT GENERATED ALWAYS AS (iif(content ->> '$.encounterId' IS NOT NULL, '',
      coalesce(content ->> '$.dischargeDate', iif(content ->> '$.kind' = 'inpatient', '', content ->> '$.admissionDate'), ''))) VIRTUAL;
    ALTER TABLE medical_records ADD COLUMN ${generated('chart_kind', 'kind')};
    CREATE INDEX medical_records_closed ON medical_records (chart_end, id, chart_kind, patient_id) WHERE chart_end <> '' AND deleted = 0;
  `);
}
