import { useEffect, useState } from 'react';

const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/**
 * `3 minutes ago` in `language`; undefined within the last minute, and for an instant that lies ahead: the
 * clock was set back, and a sum with it would say nonsense.
 */
export function relativeTime(instant: string, now: number, language: string): string | undefined {
  const seconds = (now - Date.parse(instant)) / 1000;
  const fitting = units.find(([, size]) => seconds >= size);
  if (!fitting) return undefined;
  const [unit, size] = fitting;
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(-Math.floor(seconds / size), unit);
}

/** The time, anew every `seconds`. */
export function useNow(seconds: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}
