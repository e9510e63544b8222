export { localDay as calendarDay } from '../../shared/local-day.ts';

/** The instant at which a calendar day, moved by so many days, begins where this computer is. */
export function startOfDay(day: string, plusDays = 0): Date {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(year, month - 1, date + plusDays);
}
