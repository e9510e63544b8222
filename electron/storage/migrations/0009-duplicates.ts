import type { Connection } from '../connection.ts';

/** Pairs of patients who look alike, found here and on every workstation anew: nothing of it is sent. */
export function duplicates(connection: Connection): void {
  connection.exec(`
    CREATE TABLE duplicate_pairs (
      one TEXT NOT NULL,
      other TEXT NOT NULL,
      score INTEGER NOT NULL,
      reasons TEXT NOT NULL,
      PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX duplicate_pairs_by_other ON duplicate_pairs (other);
    CREATE INDEX duplicate_pairs_by_score ON duplicate_pairs (score, one);
  `);
}
