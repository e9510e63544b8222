import { laboratoryTests, type LaboratoryTest } from '../chart/laboratory-tests.ts';
import { fail, type FieldIssue } from '../errors.ts';
import { laboratoryRangeSchema, mostRanges, type LaboratoryRange } from '../schema/code-table.ts';
import { fieldIssues } from '../field-issues.ts';
import { unguard } from './csv-writer.ts';
import { missingRangeColumns, placesOfRangeColumns, type RangeColumn } from './laboratory-range-columns.ts';
import { overlapIssues, type ReadRange } from './laboratory-range-overlaps.ts';
import { parseGender } from './patient-columns.ts';
import { readTable } from './table.ts';

export interface RangeTable {
  ranges: LaboratoryRange[];
  problems: { row: number; issues: FieldIssue[] }[];
  /** Tests of the file that are entered nowhere here: their rows are left out. */
  unknownTests: string[];
}

/** Enough to see that it is the wrong file. */
const mostProblems = 1000;

/**
 * A laboratory's table of reference ranges out of a CSV text. Fails with `file-empty`, `file-not-csv`, `file-wrong-columns` or
 * `file-too-many-rows`; a row that cannot be true of one person and one value is a problem, whatever stands in the others.
 */
export function readLaboratoryRanges(text: string): RangeTable {
  const table = readTable(() => [text.replace(/^\uFEFF/, '')]);
  const places = placesOfRangeColumns(table.columns);
  const missing = missingRangeColumns(places);
  if (missing.length > 0) fail({ code: 'file-wrong-columns', missing });
  const read: ReadRange[] = [];
  const problems: RangeTable['problems'] = [];
  const unknown = new Set<string>();
  for (const line of table.rows) {
    if (line.kind === 'blank') continue;
    if (problems.length === mostProblems) break;
    if (read.length === mostRanges) fail({ code: 'file-too-many-rows', limit: mostRanges });
    const { row } = line;
    if (line.kind === 'unreadable') {
      problems.push({ row, issues: line.issues });
      continue;
    }
    const cell = (column: RangeColumn): string => unguard(line.cells[places[column] ?? -1] ?? '').normalize('NFKC').trim();
    const test = testOf(cell('code'), cell('name'));
    if (test === undefined) {
      unknown.add(cell('name') || cell('code'));
      continue;
    }
    const { range, issues } = readRow(cell, test);
    if (issues.length > 0) problems.push({ row, issues });
    else read.push({ row, range });
  }
  problems.push(...overlapIssues(read));
  if (read.length + problems.length + unknown.size === 0) fail({ code: 'file-empty' });
  return { ranges: read.map(({ range }) => range), problems: problems.sort((one, other) => one.row - other.row), unknownTests: [...unknown] };
}

const lower = (text: string): string => text.normalize('NFKC').toLowerCase();

/** By its LOINC code, or by its name in either language. */
const testOf = (code: string, name: string): LaboratoryTest | undefined =>
  laboratoryTests.find(({ loinc }) => loinc === code) ?? laboratoryTests.find(({ en, zh }) => lower(name) !== '' && [lower(en), lower(zh)].includes(lower(name)));

/** `×10^9/L`, `10*9/L` and `10⁹/L` are one unit. */
const plainUnit = (unit: string): string => lower(unit).replaceAll(/[\s^*[\]{}]/g, '').replaceAll(/[μµ]/g, 'u').replace(/^[x×]/, '');

function readRow(cell: (column: RangeColumn) => string, test: LaboratoryTest): { range: LaboratoryRange; issues: FieldIssue[] } {
  const issues: FieldIssue[] = [];
  const number = <Column extends RangeColumn>(column: Column, read: (text: string) => number): { [Key in Column]?: number } => {
    if (cell(column) === '') return {};
    const value = read(cell(column));
    if (!Number.isFinite(value)) issues.push({ path: column, code: 'invalid-amount' });
    return { [column]: value } as Record<Column, number>;
  };
  if (![test.unit, test.ucum].some((unit) => plainUnit(unit) === plainUnit(cell('unit')))) issues.push({ path: 'unit', code: 'unit-differs', params: { unit: test.unit } });
  const gender = sexOf(cell('sex'));
  if (gender === 'unreadable') issues.push({ path: 'sex', code: 'unknown-gender' });
  const limits = { ...number('low', amount), ...number('high', amount), ...number('criticalLow', amount), ...number('criticalHigh', amount) };
  const { ageFrom, ageTo } = { ...number('ageFrom', age), ...number('ageTo', age) };
  const range = {
    loinc: test.loinc, ...limits, ...(gender !== undefined && gender !== 'unreadable' && { gender }), ...(ageFrom !== undefined && { ageFrom }), ...(ageTo !== undefined && { ageBelow: ageTo }),
    ...(cell('source') !== '' && { source: cell('source') }),
  };
  if (issues.length === 0) issues.push(...contradictions(range), ...schemaIssues(range));
  return { range, issues };
}

function schemaIssues(range: LaboratoryRange): FieldIssue[] {
  const parsed = laboratoryRangeSchema.safeParse(range);
  return parsed.success ? [] : fieldIssues(parsed.error);
}

const amount = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN);

/** Years, or months where they are called so. */
function age(text: string): number {
  const [, value, months] = /^(\d{1,3}(?:\.\d+)?)\s*(?:(?:y|years?|岁)|(m|months?|个?月))?$/i.exec(text) ?? [];
  return value === undefined ? NaN : Number(value) / (months === undefined ? 1 : 12);
}

function sexOf(text: string): 'male' | 'female' | 'unreadable' | undefined {
  if (['', 'all', 'any', 'both', '不限', '通用', '男女'].includes(lower(text))) return undefined;
  const gender = parseGender(text);
  return gender === 'male' || gender === 'female' ? gender : 'unreadable';
}

/** Limits in an order in which no value can lie. */
function contradictions({ low, high, criticalLow, criticalHigh, ageFrom = 0, ageBelow = Infinity }: LaboratoryRange): FieldIssue[] {
  const limits = [['criticalLow', criticalLow], ['low', low], ['high', high], ['criticalHigh', criticalHigh]] as const;
  const given = limits.flatMap(([path, value]) => (value === undefined ? [] : [{ path, value }]));
  const issues = given.slice(1).flatMap(({ path, value }, index) => (value < (given[index]?.value ?? -Infinity) ? [{ path, code: 'limits-crossed' }] : []));
  if (given.length === 0) issues.push({ path: 'low', code: 'required' });
  return ageBelow <= ageFrom ? [...issues, { path: 'ageTo', code: 'ages-crossed' }] : issues;
}
