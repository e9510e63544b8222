import type { CodeTableInfo } from '../../shared/contract/chart.ts';
import type { CodeTable } from '../../shared/schema/code-table.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** The parts of a system's table, in order. */
export function codeTableParts(connection: Connection, system: string): CodeTable[] {
  return statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM code_tables WHERE system = @system AND deleted = 0`)
    .all({ system })
    .map((row) => toDocument<'codeTables'>(row))
    .sort((a, b) => a.part - b.part);
}

type Entries = CodeTable['entries'];
const kept = new WeakMap<Connection, Map<string, { changeSeq: number | null; entries: Entries }>>();

/** A system's whole table, read anew when a part of any was written: looking up a code runs with every key that is pressed. */
export function codeEntries(connection: Connection, system: string): Entries {
  const { changeSeq } = statement<{ changeSeq: number | null }>(connection, 'SELECT max(change_seq) AS changeSeq FROM code_tables').get({}) ?? { changeSeq: null };
  let tables = kept.get(connection);
  if (tables === undefined) kept.set(connection, (tables = new Map<string, { changeSeq: number | null; entries: Entries }>()));
  const known = tables.get(system);
  if (known !== undefined && known.changeSeq === changeSeq) return known.entries;
  const entries = codeTableParts(connection, system).flatMap((part) => part.entries);
  tables.set(system, { changeSeq, entries });
  return entries;
}

export function listCodeTables(connection: Connection): CodeTableInfo[] {
  return statement<CodeTableInfo>(
    connection,
    `SELECT system, max(content ->> '$.name') AS name, sum(json_array_length(content, '$.entries') + coalesce(json_array_length(content, '$.ranges'), 0)) AS entries, max(updated_at) AS updatedAt
     FROM code_tables WHERE deleted = 0 GROUP BY system ORDER BY system`,
  ).all({});
}
