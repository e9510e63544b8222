import type { Connection } from '../connection.ts';

/** What a store remembers of its replication, beside the columns that each document has for it. */
export function replica(connection: Connection): void {
  connection.exec(`
    CREATE TABLE quarantine (
      change_seq INTEGER PRIMARY KEY REFERENCES change_sets (seq),
      refusal TEXT NOT NULL,
      refused_at TEXT NOT NULL
    ) STRICT;

    -- A skipped position: what arrived there was passed over for unsent work. None: the server is to be asked.
    CREATE TABLE documents_to_fetch (
      collection TEXT NOT NULL,
      document_id TEXT NOT NULL,
      skipped_position INTEGER,
      PRIMARY KEY (collection, document_id)
    ) STRICT, WITHOUT ROWID;

    -- Patients that left the scope while work on them had not been sent.
    CREATE TABLE withdrawals (patient_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    CREATE TABLE digests (
      collection TEXT NOT NULL,
      bucket INTEGER NOT NULL,
      count INTEGER NOT NULL,
      sum INTEGER NOT NULL,
      PRIMARY KEY (collection, bucket)
    ) STRICT, WITHOUT ROWID;

    -- What the server tells of the other workstations: who they are, and how far all of each site's have read.
    CREATE TABLE workstations (
      device_id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      site_id TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE site_positions (
      site_id TEXT PRIMARY KEY,
      epoch TEXT NOT NULL,
      position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE replica_state (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      counter INTEGER NOT NULL DEFAULT 0,
      epoch TEXT,
      position INTEGER NOT NULL DEFAULT 0,
      scope_version INTEGER,
      snapshot_number INTEGER NOT NULL DEFAULT 0,
      snapshot_under_way INTEGER NOT NULL DEFAULT 0 CHECK (snapshot_under_way IN (0, 1)),
      snapshot_at INTEGER,
      snapshot_cursor TEXT,
      snapshot_received INTEGER NOT NULL DEFAULT 0,
      snapshot_total INTEGER NOT NULL DEFAULT 0,
      verified_position INTEGER,
      locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1))
    ) STRICT;
    INSERT INTO replica_state (only) VALUES (1);
  `);
}
