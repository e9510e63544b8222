import type { Connection } from '../connection.ts';
import { generated } from './0001-collections.ts';

/** Copies of documents that go along with a shared chart: found by it, and gone with it. */
export function sharedDocuments(connection: Connection): void {
  connection.exec(`
    ALTER TABLE document_references ADD COLUMN ${generated('shared_chart_id', 'sharedChartId')};
    CREATE INDEX document_references_by_shared_chart ON document_references (shared_chart_id, date, position) WHERE shared_chart_id IS NOT NULL;
  `);
}
