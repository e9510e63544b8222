import { isDeepStrictEqual } from 'node:util';
import { searchCodes, type CodeEntry } from '../../shared/chart/code-search.ts';
import { commonDiagnoses } from '../../shared/chart/icd-10.ts';
import type { CodeHit, CodeTableInfo } from '../../shared/contract/chart.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import { readTable } from '../../shared/exchange/table.ts';
import { codesOfPart, type CodeTable, type CodeTableContent } from '../../shared/schema/code-table.ts';
import { codeSystems } from '../../shared/schema/fhir-types.ts';
import { allCodeTableParts, codeEntries, codeTableParts, listCodeTables } from '../storage/code-tables.ts';
import type { Context } from './context.ts';

const mostHits = 50;

/** What is built in, in the reader's language, found by both. */
const builtIn = (system: string, language: 'en' | 'zh'): CodeEntry[] =>
  system === codeSystems.icd10 ? commonDiagnoses.map(([code, en, zh]) => (language === 'en' ? [code, en, zh] : [code, zh, en])) : [];

/** Codes by what is typed; where the clinic loaded a table, that one alone. */
export function searchCodeTables({ store }: Context, { system, query, language }: CallParsed<'codes.search'>): CodeHit[] {
  const loaded: readonly CodeEntry[] = codeEntries(store.connection, system);
  const hits = searchCodes(loaded.length > 0 ? loaded : builtIn(system, language), query, mostHits);
  return hits.map(([code, display]) => ({ system, code, display }));
}

export function codeTables({ store }: Context): CodeTableInfo[] {
  return listCodeTables(store.connection);
}

/** Replaces a system's table. One that is in force as it is, is not written again. */
export function loadCodeTable(context: Context, { system, name, text }: CallParsed<'codes.load'>): CodeTableInfo {
  const entries = readEntries(text);
  if (entries.length === 0) fail({ code: 'file-empty' });
  const parts = Array.from({ length: Math.ceil(entries.length / codesOfPart) }, (_, part) => ({ entries: entries.slice(part * codesOfPart, (part + 1) * codesOfPart) }));
  replaceCodeTable(context, { system, name }, parts, entries.length);
  return listCodeTables(context.store.connection).find((table) => table.system === system) ?? fail({ code: 'file-empty' });
}

type Table = Pick<CodeTableContent, 'system' | 'name'>;
type Rows = Pick<CodeTableContent, 'entries' | 'ranges'>;

/** Puts a new edition in the place of all that are here; the new parts go before the removals, so that a workstation that takes both in is never without a table. */
export function replaceCodeTable({ store, actor }: Context, { system, name }: Table, rows: readonly Rows[], count: number): void {
  const inForce = codeTableParts(store.connection, system);
  const isSame = isDeepStrictEqual(inForce.map((part) => [part.name, part.entries, part.ranges]), rows.map(({ entries, ranges }) => [name, entries, ranges]));
  if (isSame) return;
  const edition = store.newId();
  store.commit({ actor, action: 'code-table.loaded', count }, (transaction) => {
    for (const [part, content] of rows.entries()) transaction.create('codeTables', { system, name, edition, parts: rows.length, part, ...content });
    for (const old of allCodeTableParts(store.connection, system)) if (old.edition !== edition) transaction.remove('codeTables', old.id, { over: old.rev });
  });
}

/** Columns by their names where they bear one of these, else the first two; a file without a header loses no row. */
const headings = [/^(code|icd.*|.*编码|.*代码)$/i, /^(name|display|title|description|.*名称|.*诊断.*)$/i];

function readEntries(text: string): CodeTable['entries'] {
  const table = readTable(() => [text.replace(/^\uFEFF/, '')]);
  const [code, name] = headings.map((pattern) => table.columns.findIndex((column) => pattern.test(column.trim()))) as [number, number];
  const named = code !== -1 && name !== -1;
  if (table.columns.length < 2) fail({ code: 'file-wrong-columns', missing: ['code', 'name'] });
  const cells = [...(named ? [] : [table.columns]), ...[...table.rows].flatMap((row) => (row.kind === 'cells' ? [row.cells] : []))];
  const entries = cells.map((row): [string, string] => [(row[named ? code : 0] ?? '').trim().slice(0, 100), (row[named ? name : 1] ?? '').trim().slice(0, 500)]);
  return entries.filter(([one, other]) => one !== '' && other !== '');
}
