import { forecast, reachedAt, type Forecast } from '../../../shared/resources/forecast.ts';

type Point = Forecast['points'][number];

export interface Trend {
  /** The line at the first measurement, and half the measured time ahead of the last. */
  from: Point;
  ahead: Point;
  /** When the line reaches what there is, in milliseconds since 1970; null where it does not, or not within ten times the measured time. */
  fullAt: number | null;
}

/** Fewer measurements than this are no trend. */
const fewest = 5;

/** Where measurements lead by a straight line; null where they say nothing of it. `capacity` 0: there is no limit. */
export function trendOf(points: readonly (readonly [at: number, value: number])[], capacity: number): Trend | null {
  const samples = points.map(([at, value]) => ({ at, value }));
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || samples.length < fewest) return null;
  const length = last.at - first.at;
  const [from, ahead] = forecast(samples, [first.at, last.at + length / 2])?.points ?? [];
  if (from === undefined || ahead === undefined) return null;
  const full = capacity > 0 ? reachedAt(samples, capacity) : null;
  return { from, ahead, fullAt: full !== null && full - last.at <= 10 * length ? full : null };
}

const day = 86_400_000;

/** Per cent by which values grow in so many days, by their line; null where they say nothing of it, or begin at nothing. */
export function growthOf(points: readonly (readonly [at: number, value: number])[], days: number): number | null {
  const samples = points.map(([at, value]) => ({ at, value }));
  const last = samples.at(-1);
  if (last === undefined || samples.length < fewest) return null;
  const [now, then] = forecast(samples, [last.at, last.at + days * day])?.points ?? [];
  return now === undefined || then === undefined || now.value <= 0 ? null : (100 * (then.value - now.value)) / now.value;
}
