import type { Site } from '../../shared/schema/site.ts';
import type { Connection } from './connection.ts';
import { documentColumns, purgedContent, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** Every site of the organisation that this workstation has heard of, by name. */
export const listSites = (connection: Connection): Site[] =>
  statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM sites WHERE deleted = 0 AND content <> '${purgedContent}' ORDER BY content ->> '$.name', id`)
    .all({})
    .map((row) => toDocument<'sites'>(row));
