const steps: [unit: 'hour' | 'minute' | 'second', seconds: number][] = [['hour', 3600], ['minute', 60], ['second', 1]];

/** A time of seconds as people read it, in its two greatest units, or so many: `1 hr 4 min`. */
export function durationText(seconds: number, language: string, units = 2): string {
  const format = (value: number, unit: string, digits = 0) => value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits });
  if (seconds < 60) return format(seconds, 'second', seconds < 10 ? 1 : 0);
  let left = Math.round(seconds);
  const parts = steps.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [format(count, unit)];
  });
  return parts.slice(0, units).join(' ');
}
