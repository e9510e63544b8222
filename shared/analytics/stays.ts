import { daysOf, plusDays, stepAt, stepOf, type Period } from './periods.ts';

export interface StayCount {
  admitted: string;
  discharged: string | null;
  count: number;
}

export interface Inpatients {
  admitted: number;
  discharged: number;
  bedDays: number;
  averageStay: number | null;
  present: number;
  byTime: { at: string; average: number }[];
}

const nights = (from: string, to: string) => Math.max(0, daysOf({ from, to }) - 1);
const round = (value: number) => Math.round(value * 100) / 100;

/**
 * Beds in use, told by who came and went: the store knows no beds. A patient has a bed from the day of admission to the day before
 * discharge, and on one day where both are the same; `present` are those who have one on the last day. Stays are in nights.
 */
export function inpatientsOf(stays: readonly StayCount[], period: Period): Inpatients {
  const { from, to } = period;
  const changes = new Map<string, number>();
  const change = (day: string, by: number) => changes.set(day, (changes.get(day) ?? 0) + by);
  let [admitted, discharged, stayed] = [0, 0, 0];
  for (const { admitted: came, discharged: went, count } of stays) {
    if (came >= from && came <= to) admitted += count;
    if (went !== null && went >= from && went <= to) {
      discharged += count;
      stayed += nights(came, went) * count;
    }
    change(came < from ? from : came, count);
    if (went !== null) change(went === came ? plusDays(went, 1) : went, -count);
  }
  const { byTime, bedDays, present } = course(changes, period);
  return { admitted, discharged, bedDays, averageStay: discharged === 0 ? null : round(stayed / discharged), present, byTime };
}

/** Beds in use from day to day, as averages of days or months. */
function course(changes: ReadonlyMap<string, number>, period: Period): Pick<Inpatients, 'byTime' | 'bedDays' | 'present'> {
  const step = stepOf(period);
  const sums = new Map<string, { days: number; beds: number }>();
  let [present, bedDays] = [0, 0];
  for (let index = 0, day = period.from; index < daysOf(period); index += 1, day = plusDays(day, 1)) {
    present += changes.get(day) ?? 0;
    bedDays += present;
    const sum = sums.get(stepAt(day, step)) ?? { days: 0, beds: 0 };
    sums.set(stepAt(day, step), { days: sum.days + 1, beds: sum.beds + present });
  }
  return { byTime: [...sums].map(([at, { days, beds }]) => ({ at, average: round(beds / days) })), bedDays, present };
}
