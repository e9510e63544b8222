import { addDays, addYears } from './calendar-day.ts';

/**
 * Days of birth of everyone whose completed age on `today` lies within `from` and `to` years, both included
 * and both optional.
 */
export function bornBetween(from: number | undefined, to: number | undefined, today: string): { bornFrom?: string; bornTo?: string } {
  return {
    ...(to !== undefined && { bornFrom: addDays(addYears(today, -(to + 1)), 1) }),
    ...(from !== undefined && { bornTo: addYears(today, -from) }),
  };
}
