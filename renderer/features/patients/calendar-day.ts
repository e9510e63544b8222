import { localDay, localMinute } from '../../../shared/local-day.ts';

const pad = (value: number, width: number) => String(value).padStart(width, '0');

export { localDay };

export const today = () => localDay(new Date());

/**
 * Reads a day as people type it: `1990-01-02`, `1990/1/2`, `1990.1.2`, `19900102`, `1990年1月2日`, all year
 * first, so that no reading is a guess. Answers `YYYY-MM-DD`; undefined when it is no day of the calendar.
 */
export function readDay(typed: string): string | undefined {
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(typed.trim()) ?? /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(typed.trim());
  if (!match) return undefined;
  const day = `${match[1] ?? ''}-${pad(Number(match[2]), 2)}-${pad(Number(match[3]), 2)}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
}

/** What is sent for a typed day: the day that was meant, or the text itself for the schema to refuse. */
export const dayOrTyped = (typed: string) => readDay(typed) ?? typed.trim();

/**
 * Reads a day and a time of day: `2026-05-31 9:30`, `20260531 0930`, `2026年5月31日 9:30`. Answers `YYYY-MM-DD HH:MM`;
 * undefined when it is no minute of the calendar.
 */
export function readMoment(typed: string): string | undefined {
  const match = /^(.+?)[\sT]+(\d{1,2})[:：]?(\d{2})$/.exec(typed.trim());
  const day = readDay(match?.[1] ?? '');
  const [hour, minute] = [Number(match?.[2]), Number(match?.[3])];
  return day === undefined || hour > 23 || minute > 59 ? undefined : `${day} ${pad(hour, 2)}:${pad(minute, 2)}`;
}

/** An instant on this computer's clock, as {@link readMoment} reads it. */
export const momentText = (instant: string): string => localMinute(new Date(instant));

/** The instant of a typed moment on this computer's clock; undefined when it is none. */
export function instantOfMoment(typed: string): string | undefined {
  const moment = readMoment(typed);
  return moment === undefined ? undefined : new Date(moment.replace(' ', 'T')).toISOString();
}

/** The same day in another year; 29 February becomes 28 February in a common year. */
export function addYears(day: string, years: number): string {
  const year = pad(Number(day.slice(0, 4)) + years, 4);
  return readDay(`${year}${day.slice(4)}`) ?? `${year}-02-28`;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
