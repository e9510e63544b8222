import type { LaboratoryRange } from '../schema/code-table.ts';
import type { LaboratoryTest } from './laboratory-tests.ts';
import { rangeFor, type Person, type RangeRow } from './reference-ranges.ts';

/** A clinic's own table, as it is called there. */
export interface ClinicRanges {
  name: string;
  ranges: readonly LaboratoryRange[];
}

/** A range, and by whose word; `source` undefined: the built-in one. */
export interface JudgedBy {
  range: RangeRow | undefined;
  source: string | undefined;
}

/**
 * What a person's value of a test is held against: the clinic's range first. A critical limit that it does not give is the built-in one, as
 * far as that lies outside of it: a table without critical values must not silence them.
 */
export function judgedBy(test: LaboratoryTest, person: Person, clinic: ClinicRanges | undefined): JudgedBy {
  const builtIn = rangeFor(test.ranges, person);
  const rows = clinic?.ranges.filter(({ loinc }) => loinc === test.loinc).map((row) => ({ ...toRow(row), source: row.source })) ?? [];
  const own = rangeFor(rows, person) as (typeof rows)[number] | undefined;
  if (clinic === undefined || own === undefined) return { range: builtIn, source: undefined };
  const { source, ...range } = own;
  return { range: withCritical(range, builtIn), source: [clinic.name, source].filter(Boolean).join(' · ') };
}

const toRow = ({ gender, ageFrom = 0, ageBelow = Infinity, low, high, criticalLow, criticalHigh }: LaboratoryRange): RangeRow => ({
  ages: [ageFrom, ageBelow], ...(gender && { gender }), ...(low !== undefined && { low }), ...(high !== undefined && { high }), critical: [criticalLow, criticalHigh],
});

function withCritical(range: RangeRow, builtIn: RangeRow | undefined): RangeRow {
  const [low = builtIn?.critical?.[0], high = builtIn?.critical?.[1]] = range.critical ?? [];
  const fits = { low: low !== undefined && low <= (range.low ?? range.high ?? Infinity), high: high !== undefined && high >= (range.high ?? range.low ?? -Infinity) };
  return { ...range, critical: [fits.low ? low : undefined, fits.high ? high : undefined] };
}
