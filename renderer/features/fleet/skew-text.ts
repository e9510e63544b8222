import type { TFunction } from 'i18next';

/** Seconds that a report may be on its way; a clock that is off by less cannot be told from a right one. */
const unnoticed = 5;

const units: [unit: 'days' | 'hours' | 'minutes' | 'seconds', seconds: number, from: number][] = [
  ['days', 86_400, 36 * 3600],
  ['hours', 3600, 90 * 60],
  ['minutes', 60, 90],
  ['seconds', 1, 0],
];

/** How a clock goes: `right`, `70 min ahead`, `3 days behind`. */
export function skewText(seconds: number, t: TFunction): string {
  const off = Math.abs(Math.round(seconds));
  if (off < unnoticed) return t('fleet.skewNone');
  const [unit, size] = units.find(([, , from]) => off >= from) ?? (['seconds', 1] as const);
  const amount = t(`fleet.${unit}`, { count: Math.round(off / size) });
  return t(seconds > 0 ? 'fleet.skewAhead' : 'fleet.skewBehind', { amount });
}
