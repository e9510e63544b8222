/**
 * Lower bounds by dual feasible functions, all in integers. A function f is dual feasible if the values of no set of
 * items that fits a bin sum to more than `full`; then no fewer than ⌈Σ f(w) / full⌉ bins hold all of them.
 */

/** The least integer not below a / b, for integers a ≥ 0 and b > 0 that a double holds exactly: its remainder is exact. */
export function ceilDivide(a: number, b: number): number {
  const rest = a % b;
  return (a - rest) / b + (rest > 0 ? 1 : 0);
}

/** Weights with how often they occur, falling. */
export interface Weighted {
  weights: Float64Array;
  counts: Float64Array;
}

export function weighted(items: readonly number[]): Weighted {
  const sorted = Float64Array.from(items).sort().reverse();
  const weights: number[] = [];
  const counts: number[] = [];
  for (const weight of sorted) {
    if (weight === 0) break;
    if (weights[weights.length - 1] === weight) counts[counts.length - 1] = (counts[counts.length - 1] as number) + 1;
    else {
      weights.push(weight);
      counts.push(1);
    }
  }
  return { weights: Float64Array.from(weights), counts: Float64Array.from(counts) };
}

/** L2 of Martello and Toth (1990): items above capacity − α count as bins, those below α not at all; the best over all α. */
export function martelloTothBound({ weights, counts }: Weighted, capacity: number): number {
  const types = weights.length;
  const volumeFrom = new Float64Array(types + 1);
  const itemsBefore = new Float64Array(types + 1);
  for (let type = types - 1; type >= 0; type -= 1) volumeFrom[type] = (volumeFrom[type + 1] as number) + (weights[type] as number) * (counts[type] as number);
  for (let type = 0; type < types; type += 1) itemsBefore[type + 1] = (itemsBefore[type] as number) + (counts[type] as number);
  let halves = 0;
  while (halves < types && 2 * (weights[halves] as number) > capacity) halves += 1;
  let best = Math.max(itemsBefore[halves] as number, ceilDivide(volumeFrom[0] as number, capacity));
  let alone = halves;
  for (let last = halves; last < types; last += 1) {
    const alpha = weights[last] as number;
    while (alone > 0 && (weights[alone - 1] as number) <= capacity - alpha) alone -= 1;
    const middle = (itemsBefore[halves] as number) - (itemsBefore[alone] as number);
    const volume = (volumeFrom[alone] as number) - (volumeFrom[last + 1] as number);
    best = Math.max(best, (itemsBefore[alone] as number) + Math.max(middle, ceilDivide(volume, capacity)));
  }
  return best;
}

const rounded = (weight: number, capacity: number, k: number) => {
  const scaled = weight * (k + 1);
  return scaled % capacity === 0 ? weight * k : Math.floor(scaled / capacity) * capacity;
};

/**
 * The rounding functions u^(k) of S. P. Fekete and J. Schepers (2001), k ≤ `most`, after the thresholding of L2 for up to
 * a hundred thresholds.
 */
export function feketeSchepersBound({ weights, counts }: Weighted, capacity: number, most = 20): number {
  let best = 0;
  const thresholds = [0, ...[...weights].filter((weight) => 2 * weight <= capacity)];
  const stride = Math.max(1, Math.floor(thresholds.length / 100));
  for (let index = 0; index < thresholds.length; index += stride) {
    const alpha = thresholds[index] as number;
    for (let k = 1; k <= most; k += 1) {
      let total = 0;
      for (let type = 0; type < weights.length; type += 1) {
        const weight = weights[type] as number;
        const lifted = weight > capacity - alpha ? capacity : weight < alpha ? 0 : weight;
        total += rounded(lifted, capacity, k) * (counts[type] as number);
      }
      best = Math.max(best, ceilDivide(total, capacity * k));
    }
  }
  return best;
}

/** The best of the bounds of this file; every item must fit a bin. At least 1, as an item of no weight needs a bin too. */
export function simpleBound(items: readonly number[], capacity: number): number {
  const all = weighted(items);
  const quick = Math.max(1, martelloTothBound(all, capacity));
  return all.weights.length > 5000 ? quick : Math.max(quick, feketeSchepersBound(all, capacity));
}
