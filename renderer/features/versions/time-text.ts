import { dayOfDateTime, localMinute } from '../../../shared/local-day.ts';

const pad = (value: number) => String(value).padStart(2, '0');

/** An instant on this computer's clock, `2026-11-20 14:03`. */
export const timeText = (instant: string): string => localMinute(new Date(instant));

/** Only the time of day, to the second. */
export function clockText(instant: string): string {
  const date = new Date(instant);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(':');
}

/** The day, by this computer's clock, of an instant; a day, or what is known of one, stays as it was written. */
export const dayText = (text = ''): string => dayOfDateTime(text);
