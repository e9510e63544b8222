import type { CodeTableInfo } from '../../shared/contract/chart.ts';
import type { CodeTable } from '../../shared/schema/code-table.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** Every part of every edition of a system's table. */
export function allCodeTableParts(connection: Connection, system: string): CodeTable[] {
  return statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM code_tables WHERE system = @system AND deleted = 0`)
    .all({ system })
    .map((row) => toDocument<'codeTables'>(row));
}

/**
 * The parts of a system's table in force, in order: of the editions that are here whole the one that was loaded last.
 * One that is still arriving does not count yet, and two that were loaded out of each other's sight never mix.
 */
export function codeTableParts(connection: Connection, system: string): CodeTable[] {
  const editions = Map.groupBy(allCodeTableParts(connection, system), ({ edition }) => edition);
  const whole = [...editions.values()].filter((parts) => parts.length === parts[0]?.parts);
  const [inForce = []] = whole.sort(([a], [b]) => lastLoaded(b).localeCompare(lastLoaded(a)));
  return inForce.sort((a, b) => a.part - b.part);
}

/** Editions of one moment are told apart by their ids, so that every workstation takes the same. */
const lastLoaded = (part: CodeTable | undefined): string => `${part?.updatedAt ?? ''} ${part?.edition ?? ''}`;

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

/** The tables in force, by system. */
export function listCodeTables(connection: Connection): CodeTableInfo[] {
  return statement<{ system: string }>(connection, 'SELECT DISTINCT system FROM code_tables WHERE deleted = 0 ORDER BY system')
    .all({})
    .flatMap(({ system }) => {
      const parts = codeTableParts(connection, system);
      const entries = parts.reduce((sum, part) => sum + part.entries.length + (part.ranges?.length ?? 0), 0);
      return parts.slice(0, 1).map(({ name, updatedAt }) => ({ system, name, entries, updatedAt }));
    });
}
