import type { FieldIssue } from '../errors.ts';
import type { LaboratoryRange } from '../schema/code-table.ts';

/** A row that was read; it counts from 1 below the header. */
export interface ReadRange {
  row: number;
  range: LaboratoryRange;
}

const below = ({ ageBelow = Infinity }: LaboratoryRange): number => ageBelow;
const from = ({ ageFrom = 0 }: LaboratoryRange): number => ageFrom;

const share = (one: LaboratoryRange, other: LaboratoryRange): boolean => one.loinc === other.loinc && (one.gender === undefined || other.gender === undefined || one.gender === other.gender);

/** Rows that speak of the same person as a row above them, and years of age that two rows leave out where the last one was meant to count. */
export function overlapIssues(rows: readonly ReadRange[]): { row: number; issues: FieldIssue[] }[] {
  return rows.flatMap(({ row, range }, index): { row: number; issues: FieldIssue[] }[] => {
    const related = rows.filter(({ range: other }, place) => place !== index && share(range, other));
    const overlapped = related.find((other) => other.row < row && from(range) < below(other.range) && from(other.range) < below(range));
    if (overlapped !== undefined) return [{ row, issues: [{ path: 'ageFrom', code: 'range-overlaps', params: { row: overlapped.row } }] }];
    return missedYear(range, related.map((other) => other.range)) ? [{ row, issues: [{ path: 'ageTo', code: 'age-left-out', params: { to: below(range), then: below(range) + 1 } }] }] : [];
  });
}

/** `0 to 5` beside `6 to 12`: nobody of five years had a range, for the age "to" is the first that a row is not of. */
function missedYear(range: LaboratoryRange, related: readonly LaboratoryRange[]): boolean {
  const to = below(range);
  if (!Number.isInteger(to)) return false;
  return related.some((other) => from(other) === to + 1) && !related.some((other) => from(other) <= to && below(other) > to);
}
