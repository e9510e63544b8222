import { writeFileSync } from 'node:fs';
import { attachBeside, openConnection, type Connection } from './connection.ts';
import { readDeferred } from './deferred-work.ts';
import { enterVisits } from './visits.ts';

/** The visits of a store in an encrypted database of their own, which was made beside it and is thrown away. */
export interface VisitsBeside {
  path: string;
  /** The documents that they are of. */
  of: DocumentsState;
}

/** Another one after every change set that was written or came, and after every page of a first copy. */
export interface DocumentsState {
  changeSets: number;
  /** Greatest positions. */
  records: number;
  patients: number;
}

/** As many as are sorted in memory at once: some 80 MB. */
const recordsAtOnce = 500_000;

/** Enters all visits of a store whose visits were put off, beside it, with a connection of its own; blocks its thread. */
export function enterVisitsBeside({ databasePath, databaseKey, path }: { databasePath: string; databaseKey: Uint8Array; path: string }): VisitsBeside {
  // A connection that makes no file of the store's makes no other, either.
  writeFileSync(path, '', { mode: 0o600 });
  const connection = openConnection(databasePath, databaseKey, { mustExist: true });
  try {
    attachBeside(connection, path, databaseKey);
    connection.pragma('beside.synchronous = OFF');
    return { path, of: connection.transaction(() => enterAll(connection))() };
  } finally {
    connection.close();
  }
}

/** In one transaction, which sees one state of the documents however many are made of it. */
function enterAll(connection: Connection): DocumentsState {
  const create = (sql: string) => connection.exec(sql.replace(/^CREATE (TABLE|INDEX) /, 'CREATE $1 beside.'));
  const of = stateOf(connection);
  create(connection.prepare("SELECT sql FROM main.sqlite_schema WHERE name = 'visits'").pluck().get() as string);
  for (let after = 0; after < of.records; after += recordsAtOnce) enterVisits(connection, { after, upTo: after + recordsAtOnce }, 'beside');
  for (const index of readDeferred(connection)?.indicesOfVisits ?? []) create(index);
  return of;
}

export const stateOf = (connection: Connection): DocumentsState =>
  connection.prepare(
    `SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change_sets'), 0) AS changeSets,
       (SELECT coalesce(max(position), 0) FROM medical_records) AS records, (SELECT coalesce(max(position), 0) FROM patients) AS patients`,
  ).get() as DocumentsState;
