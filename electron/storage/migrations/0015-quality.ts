import type { Connection } from '../connection.ts';

/** What was found by the rules of data quality, here and on every workstation anew; and which change sets one cleaning wrote, so that it can be undone. */
export function quality(connection: Connection): void {
  connection.exec(`
    CREATE TABLE quality_findings (
      collection TEXT NOT NULL,
      document_id TEXT NOT NULL,
      rule TEXT NOT NULL,
      field TEXT NOT NULL,
      PRIMARY KEY (collection, document_id, rule, field)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX quality_findings_by_rule ON quality_findings (rule);

    CREATE TABLE cleanings (
      id TEXT PRIMARY KEY,
      what TEXT NOT NULL,
      cleaned_at TEXT NOT NULL,
      cleaned_by TEXT NOT NULL,
      undone_at TEXT
    ) STRICT;
    CREATE TABLE cleaning_change_sets (
      change_seq INTEGER PRIMARY KEY REFERENCES change_sets (seq),
      cleaning_id TEXT NOT NULL REFERENCES cleanings (id)
    ) STRICT;
    CREATE INDEX cleaning_change_sets_by_cleaning ON cleaning_change_sets (cleaning_id, change_seq);
  `);
}
