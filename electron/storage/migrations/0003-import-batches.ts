import type { Connection } from '../connection.ts';

/**
 * Which change sets came out of one imported file. A patient belongs to the batch whose change set created it: no list of
 * patients is kept, so that none can disagree with what was committed.
 */
export function importBatches(connection: Connection): void {
  connection.exec(`
    CREATE TABLE import_batches (
      id TEXT PRIMARY KEY,
      file_name TEXT NOT NULL,
      imported_at TEXT NOT NULL,
      imported_by TEXT NOT NULL,
      undone_at TEXT
    ) STRICT;
    CREATE TABLE import_batch_change_sets (
      change_seq INTEGER PRIMARY KEY REFERENCES change_sets (seq),
      batch_id TEXT NOT NULL REFERENCES import_batches (id)
    ) STRICT;
    CREATE INDEX import_batch_change_sets_by_batch ON import_batch_change_sets (batch_id, change_seq);
  `);
}
