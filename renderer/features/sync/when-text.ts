import type { TFunction } from 'i18next';
import { relativeTime } from '../../components/relative-time.ts';
import { timeText } from '../versions/time-text.ts';

/** `3 minutes ago`; the whole date for an instant that lies ahead, as after a clock was set back. */
export function whenText(instant: string, now: number, language: string, t: TFunction): string {
  const ahead = Date.parse(instant) - now > 60_000;
  return relativeTime(instant, now, language) ?? (ahead ? timeText(instant) : t('common.justNow'));
}

/** `in 3 minutes`, as clocks count down; undefined where less than a second is left. */
export function untilText(instant: string, now: number, language: string): string | undefined {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  if (seconds < 1) return undefined;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  return seconds < 90 ? format.format(seconds, 'second') : format.format(Math.round(seconds / 60), 'minute');
}
