import type { Connection } from '../connection.ts';
import { collectionTable, generated } from './0001-collections.ts';

/** Whether any version of a document here names the bytes, or they wait to be sent; `hash` is a column. */
const isKept = (hash: string) => `(EXISTS (SELECT 1 FROM document_references WHERE attachment_hash = ${hash})
  OR EXISTS (SELECT 1 FROM revisions WHERE collection = 'documentReferences' AND content ->> '$.attachment.hash' = ${hash})
  OR EXISTS (SELECT 1 FROM attachment_uploads WHERE hash = ${hash}))`;

const drop = (hash: string) => `DELETE FROM attachments WHERE hash = ${hash} AND NOT ${isKept(hash)};`;

/**
 * Documents and pictures, and their bytes in chunks. The rules are triggers, so that they hold however a document comes and goes: bytes
 * that a document names and that are not here are on the list of what to fetch, and bytes go with the last document
 * that names them, those in the trash and in histories counted, but never before they were sent.
 */
export function attachments(connection: Connection): void {
  connection.exec(`
    ${collectionTable('document_references', [generated('patient_id', 'patientId'), generated('date', 'date'), generated('attachment_hash', 'attachment.hash')])}
    CREATE INDEX document_references_by_patient ON document_references (patient_id, deleted, date, position);
    CREATE INDEX document_references_by_hash ON document_references (attachment_hash);
    CREATE INDEX document_references_deleted ON document_references (change_seq) WHERE deleted = 1;
    CREATE INDEX revisions_by_attachment ON revisions (content ->> '$.attachment.hash') WHERE collection = 'documentReferences';

    -- Complete: all chunks are here and their hash was found right.
    CREATE TABLE attachments (
      hash TEXT PRIMARY KEY,
      size INTEGER NOT NULL,
      chunks INTEGER NOT NULL DEFAULT 0,
      complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE attachment_chunks (
      hash TEXT NOT NULL,
      number INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (hash, number)
    ) STRICT;

    -- Chunks: how many the server has; null where it is to be asked.
    CREATE TABLE attachment_uploads (
      document_id TEXT PRIMARY KEY,
      hash TEXT NOT NULL,
      size INTEGER NOT NULL,
      chunks INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attachment_uploads_by_hash ON attachment_uploads (hash);

    -- Wanted: somebody waits before the screen. Available: the server has them whole; null where it is to be asked.
    CREATE TABLE attachment_downloads (
      document_id TEXT PRIMARY KEY,
      hash TEXT NOT NULL,
      size INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      wanted INTEGER NOT NULL DEFAULT 0,
      available INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attachment_downloads_by_hash ON attachment_downloads (hash);
    CREATE INDEX attachment_downloads_in_order ON attachment_downloads (available, wanted, created_at);

    CREATE TRIGGER document_references_inserted AFTER INSERT ON document_references WHEN new.attachment_hash IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM attachments WHERE hash = new.attachment_hash AND complete = 1) BEGIN
      INSERT INTO attachment_downloads (document_id, hash, size, created_at) VALUES (new.id, new.attachment_hash, new.content ->> '$.attachment.size', new.created_at)
        ON CONFLICT DO NOTHING;
    END;
    CREATE TRIGGER document_references_updated AFTER UPDATE OF content ON document_references WHEN old.attachment_hash IS NOT new.attachment_hash BEGIN
      DELETE FROM attachment_downloads WHERE document_id = new.id;
      -- Purged means purged: what was not sent is not sent any more.
      DELETE FROM attachment_uploads WHERE document_id = new.id AND new.attachment_hash IS NULL;
      INSERT INTO attachment_downloads (document_id, hash, size, created_at)
        SELECT new.id, new.attachment_hash, new.content ->> '$.attachment.size', new.created_at
        WHERE new.attachment_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attachments WHERE hash = new.attachment_hash AND complete = 1);
      ${drop('old.attachment_hash')}
    END;
    CREATE TRIGGER document_references_deleted AFTER DELETE ON document_references WHEN old.attachment_hash IS NOT NULL BEGIN
      DELETE FROM attachment_downloads WHERE document_id = old.id;
      ${drop('old.attachment_hash')}
    END;
    CREATE TRIGGER attachment_revisions_deleted AFTER DELETE ON revisions WHEN old.collection = 'documentReferences' BEGIN
      ${drop("(old.content ->> '$.attachment.hash')")}
    END;
    CREATE TRIGGER attachment_uploads_deleted AFTER DELETE ON attachment_uploads BEGIN
      ${drop('old.hash')}
    END;
    CREATE TRIGGER attachments_deleted AFTER DELETE ON attachments BEGIN
      DELETE FROM attachment_chunks WHERE hash = old.hash;
    END;
    CREATE TRIGGER attachments_completed AFTER UPDATE OF complete ON attachments WHEN new.complete = 1 BEGIN
      DELETE FROM attachment_downloads WHERE hash = new.hash;
    END;
  `);
}
