import type { Version } from '../../shared/contract/patients.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { collections, type Contents } from './collections.ts';
import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

interface VersionRow {
  rev: string;
  savedAt: string;
  savedBy: string;
  savedByName: string | null;
  deleted: 0 | 1;
  content: string;
}

/** Every version of a document, newest first in the order of commits, whatever the clock said. */
export function listVersions<Name extends CollectionName>(connection: Connection, collection: Name, id: string): Version<Contents[Name]>[] {
  const { table } = collections[collection];
  const rows = statement<VersionRow>(
    connection,
    `SELECT v.rev, v.saved_at AS savedAt, v.saved_by AS savedBy, u.content ->> '$.displayName' AS savedByName, v.deleted, v.content
     FROM (
       SELECT rev, change_seq, updated_at AS saved_at, updated_by AS saved_by, deleted, content FROM ${table} WHERE id = @id
       UNION ALL
       SELECT rev, change_seq, saved_at, saved_by, deleted, content FROM revisions
       WHERE collection = @collection AND document_id = @id
     ) AS v LEFT JOIN users AS u ON u.id = v.saved_by
     ORDER BY v.change_seq DESC`,
  ).all({ id, collection });
  return rows.map(({ savedByName, deleted, content, ...row }) => ({
    ...row,
    savedByName: savedByName ?? '',
    deleted: deleted === 1,
    content: JSON.parse(content) as Contents[Name],
  }));
}
