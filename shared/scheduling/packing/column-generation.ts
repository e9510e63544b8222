import { ceilDivide } from '../bin-packing/bounds.ts';
import type { Master, Relaxed } from './master.ts';
import type { Pricer } from './pricing.ts';

/** Prices become integers by this factor, so that pricing and the bound are exact. */
export const priceScale = 2 ** 30;

/** Prices as integers; any such prices give a valid bound, so that how they were rounded does not matter. */
export const integerPrices = (prices: Float64Array): Float64Array => prices.map((price) => Math.floor(price * priceScale));

/**
 * How many bins the demand needs at least, by prices of which no pattern collects more than `most` (A. A. Farley, 1990):
 * no rounding is involved, so that the bound holds whatever the linear solver's errors. Sums below 2^53.
 */
export function priceBound(prices: Float64Array, demands: Int32Array, most: number): number {
  let total = 0;
  for (let type = 0; type < demands.length; type += 1) total += (prices[type] as number) * (demands[type] as number);
  return most === 0 || !Number.isSafeInteger(total) ? 0 : ceilDivide(total, most);
}

export interface Generated {
  relaxed: Relaxed;
  /** Bins that are needed at least. */
  bound: number;
  /** Prices in integers that prove the bound, and the greatest profit of a pattern with them. */
  prices: Float64Array;
  most: number;
  /** Whether no pattern is missing from the linear program, as far as its tolerance goes. */
  complete: boolean;
}

export interface Generation {
  master: Master;
  pricer: Pricer;
  demands: Int32Array;
  /** What the master stands at where that is not the demand itself; the bound is of the demand all the same. */
  asked?: Float64Array;
  /** Whether to smooth prices: not where pricing without a result is slow. */
  smooth: boolean;
  secondsLeft(): number;
  /** Whether enough is known to stop before the linear program is solved to the end. */
  enough(relaxed: Relaxed, bound: number): boolean;
}

const mixed = (a: Float64Array, b: Float64Array, share: number) => a.map((price, type) => share * price + (1 - share) * (b[type] as number));

/**
 * Column generation for the demand the master stands at. Prices are smoothed towards those of the best bound so far (P.
 * Wentges, 1997), which saves half of the rounds. Null where time ran out before anything was known.
 */
export function generate({ master, pricer, demands, asked = Float64Array.from(demands), smooth, secondsLeft, enough }: Generation): Generated | null {
  const none = new Float64Array(0);
  let state: Generated | null = null;
  let center = none;
  let best = -1;
  for (;;) {
    const relaxed: Relaxed | null = master.solve(secondsLeft());
    if (relaxed === null) return state;
    const known: Generated = state === null ? { relaxed, bound: 0, prices: none, most: 0, complete: false } : { ...state, relaxed };
    state = known;
    if (enough(relaxed, known.bound)) return known;
    let added = 0;
    for (const share of center.length === 0 || !smooth ? [0] : [0.7, 0]) {
      const prices = integerPrices(share === 0 ? relaxed.prices : mixed(center, relaxed.prices, share));
      const priced = pricer(prices, demands, share === 0 ? priceScale * (1 + 1e-7) : priceScale * 0.999);
      if (priced === null) return known;
      const value = prices.reduce((sum, price, type) => sum + price * (asked[type] as number), 0) / Math.max(1, priced.most);
      added = master.add(priced.patterns);
      if (value > best) {
        best = value;
        center = prices.map((price) => price / priced.most);
        state = { ...known, prices, most: priced.most, bound: Math.max(known.bound, priceBound(prices, demands, priced.most)) };
        if (enough(relaxed, state.bound)) return state;
      }
      if (added > 0) break;
    }
    if (added === 0) return { ...state, complete: true };
  }
}
