import type { Repeat } from '../schema/appointment.ts';

/**
 * When the appointments of a repeat begin: at the same time of the day where this computer is, over summer time too. A month
 * without that day has its last.
 */
export function repeatedStarts(start: string, { every, times }: Repeat): string[] {
  const first = new Date(start);
  return Array.from({ length: times }, (_, index) => {
    if (every !== 'month') return moved(first, 0, index * (every === 'week' ? 7 : 1));
    const there = moved(first, index, 0);
    // The 31st of a month of thirty days is the first of the next one: back to the day before it.
    return there.getDate() === first.getDate() ? there : new Date(there.getFullYear(), there.getMonth(), 0, first.getHours(), first.getMinutes());
  }).map((date) => date.toISOString());
}

const moved = (date: Date, months: number, days: number): Date =>
  new Date(date.getFullYear(), date.getMonth() + months, date.getDate() + days, date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds());
