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
    CREATE INDEX archived_charts_by_end ON archived_charts (deleted, period_end);

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

    -- Records that no visit at the desk stands for are charts of their own.
    ALTER TABLE medical_records ADD COLUMN encounter_id TEXT GENERATED ALWAYS AS (content ->> '$.encounterId') VIRTUAL;
    CREATE INDEX medical_records_by_encounter ON medical_records (encounter_id) WHERE encounter_id IS NOT NULL;
  `);
}
