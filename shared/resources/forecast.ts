/** A measured value at a moment, in milliseconds since 1970. */
export interface Sample {
  at: number;
  value: number;
}

export interface Forecast {
  /** Change of the value in a day. */
  slopePerDay: number;
  /** Share of the samples' variance that the line explains, 0 to 1. */
  fit: number;
  /** The line at each moment asked for, and between what a value there lies with 95% probability. */
  points: { at: number; value: number; low: number; high: number }[];
}

const day = 86_400_000;

/** 97.5% quantiles of Student's t for 1 … 30 degrees of freedom (R. A. Fisher, F. Yates, Statistical Tables, 1938). */
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Beyond the table by the first terms of the Cornish–Fisher expansion (Abramowitz and Stegun, 26.7.5). */
function quantileOf(degrees: number): number {
  const z = 1.959964;
  return quantiles[degrees - 1] ?? z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}

/**
 * A straight line through samples by least squares, and its 95% prediction interval, which supposes that the samples lie
 * around it independently and normally (N. R. Draper, H. Smith, Applied Regression Analysis, 1966). Null with fewer than
 * three samples at two moments: two always lie on a line, and say nothing of how sure it is.
 */
export function forecast(samples: readonly Sample[], moments: readonly number[]): Forecast | null {
  const count = samples.length;
  const first = samples[0];
  if (first === undefined || count < 3) return null;
  // Days from the first sample: squares of milliseconds since 1970 would leave no digits for the differences.
  const x = samples.map(({ at }) => (at - first.at) / day);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / count;
  const [middle, level] = [mean(x), mean(samples.map(({ value }) => value))];
  const spread = x.reduce((sum, each) => sum + (each - middle) ** 2, 0);
  if (spread === 0) return null;
  const slope = samples.reduce((sum, { value }, index) => sum + ((x[index] as number) - middle) * (value - level), 0) / spread;
  const lineAt = (days: number) => level + slope * (days - middle);
  const residual = samples.reduce((sum, { value }, index) => sum + (value - lineAt(x[index] as number)) ** 2, 0);
  const variance = samples.reduce((sum, { value }) => sum + (value - level) ** 2, 0);
  const quantile = quantileOf(count - 2);
  const points = moments.map((at) => {
    const days = (at - first.at) / day;
    const width = quantile * Math.sqrt((residual / (count - 2)) * (1 + 1 / count + (days - middle) ** 2 / spread));
    const value = lineAt(days);
    return { at, value, low: value - width, high: value + width };
  });
  return { slopePerDay: slope, fit: variance === 0 ? 1 : Math.max(0, 1 - residual / variance), points };
}

/** When the line reaches a limit, in milliseconds since 1970: null where it never does, or did before the last sample. */
export function reachedAt(samples: readonly Sample[], limit: number): number | null {
  const last = samples.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
  const line = forecast(samples, [last]);
  const now = line?.points[0]?.value;
  if (line === null || now === undefined || line.slopePerDay === 0) return null;
  const days = (limit - now) / line.slopePerDay;
  return days <= 0 ? null : last + days * day;
}
