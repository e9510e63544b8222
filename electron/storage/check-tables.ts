import { openConnection, type Connection } from './connection.ts';
import { asStorageError, toStorageError } from './sqlite-errors.ts';
import type { Work } from './work.ts';

/** `tables` names where damage was found; only in search tables it can be mended by building them anew. */
export type IntegrityState = { state: 'ok' } | { state: 'damaged'; tables: string[] };

/** Checks a database with a connection of its own; blocks its thread. Fails with `storage-unavailable`. */
export function checkTables(
  { databasePath, databaseKey }: { databasePath: string; databaseKey: Uint8Array },
  progress: Work['progress'],
): IntegrityState {
  try {
    const connection = openConnection(databasePath, databaseKey, { readonly: true });
    try {
      const tables = damagedTables(connection, 'with search', progress);
      return tables.length === 0 ? { state: 'ok' } : { state: 'damaged', tables };
    } finally {
      connection.close();
    }
  } catch (error) {
    if (toStorageError(error)?.code === 'database-damaged') return { state: 'damaged', tables: ['sqlite_schema'] };
    throw asStorageError(error);
  }
}

/**
 * Names of the tables in which SQLite finds a fault. Table by table, for the sake of progress, and so that one damaged
 * table does not hide the state of the others; the schema table stands for the list of free pages too.
 * A backup is good `without search`: whether a search index fits its documents is not the copy's fault.
 */
export function damagedTables(connection: Connection, search: 'with search' | 'without search', progress: Work['progress']): string[] {
  const all = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").all() as { name: string; sql: string }[];
  const checked = all.filter(({ sql }) => search === 'with search' || !/^CREATE VIRTUAL/i.test(sql)).map(({ name }) => name);
  return ['sqlite_schema', ...checked].filter((table, index) => {
    const sound = isSound(connection, table);
    progress(index + 1, checked.length + 1);
    return !sound;
  });
}

function isSound(connection: Connection, table: string): boolean {
  try {
    const found = connection.pragma(`integrity_check("${table.replaceAll('"', '""')}")`, { simple: true });
    return found === 'ok';
  } catch (error) {
    if (toStorageError(error)?.code === 'database-damaged') return false;
    throw error;
  }
}
