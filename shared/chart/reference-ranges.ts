import type { Gender } from '../schema/patient.ts';
import type { Quantity } from '../schema/fhir-types.ts';
import type { ReferenceRange } from '../schema/observation.ts';

/** What a value is held against, for some ages and one sex or all. Values below `critical` low or above its high call for action now. */
export interface RangeRow {
  /** Years, from and below; absent: any. */
  ages?: readonly [from: number, below: number];
  gender?: Extract<Gender, 'male' | 'female'>;
  low?: number;
  high?: number;
  critical?: readonly [low: number | undefined, high: number | undefined];
}

export interface Person {
  gender: Gender;
  /** Years, the completed months as a part of one; undefined where no birth is known. */
  age: number | undefined;
}

/** The first row that is this person's. Of somebody whose age is not known, an adult's. */
export function rangeFor(rows: readonly RangeRow[], { gender, age = 40 }: Person): RangeRow | undefined {
  return rows.find((row) => (row.gender === undefined || row.gender === gender) && (row.ages === undefined || (age >= row.ages[0] && age < row.ages[1])));
}

export type Interpretation = 'N' | 'L' | 'H' | 'LL' | 'HH';

/** HL7 interpretation of a value; undefined where there is nothing to hold it against, and within critical limits where these are all. */
export function interpret(value: number, range: RangeRow | undefined): Interpretation | undefined {
  if (range === undefined) return undefined;
  const [criticalLow, criticalHigh] = range.critical ?? [];
  if (criticalLow !== undefined && value < criticalLow) return 'LL';
  if (criticalHigh !== undefined && value > criticalHigh) return 'HH';
  if (range.low === undefined && range.high === undefined) return undefined;
  if (range.low !== undefined && value < range.low) return 'L';
  return range.high !== undefined && value > range.high ? 'H' : 'N';
}

/** What an observation says of its range, and by whose word: nothing where only critical limits are known and nobody is named, which FHIR has no empty element for. */
export function referenceRangeOf(range: RangeRow | undefined, unit: Pick<Quantity, 'unit' | 'code'>, source?: string): { referenceRange?: ReferenceRange[] } {
  return range === undefined || (range.low === undefined && range.high === undefined && source === undefined) ? {} : { referenceRange: [toReferenceRange(range, unit, source)] };
}

/** A range as FHIR has it; `source` is its text. */
export function toReferenceRange({ low, high }: RangeRow, unit: Pick<Quantity, 'unit' | 'code'>, source?: string): ReferenceRange {
  return { ...(low !== undefined && { low: { value: low, ...unit } }), ...(high !== undefined && { high: { value: high, ...unit } }), ...(source !== undefined && { text: source }) };
}
