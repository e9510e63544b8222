import { distinct, type Pricer } from '../packing/pricing.ts';
import type { Pattern, Stock } from '../packing/stock.ts';
import { fractional, orderedBySurrogate, type Ordered } from './surrogate.ts';

/** Starts of the quick rule, and how often it passes over a type that would fit. */
const starts = 150;
const passedOver = 0.12;

interface Found {
  profit: number;
  pattern: Pattern;
}

/** Fills bins around one type after the other by falling price per size, passing over some by chance; those worth more than asked. */
function quickPatterns({ dimensions, sizes, capacities }: Stock, { length, type, price, count }: Ordered, above: number, random: () => number): Found[] {
  const found: Found[] = [];
  const free = new Float64Array(dimensions);
  for (let start = 0; start < Math.min(starts, 2 * length); start += 1) {
    free.set(capacities);
    const pattern: Pattern = { types: [], counts: [] };
    const first = Math.floor(random() * length);
    let profit = 0;
    for (let step = -1; step < length; step += 1) {
      const place = step < 0 ? first : step;
      if (step === first || (step >= 0 && random() < passedOver)) continue;
      const at = (type[place] as number) * dimensions;
      let copies = 0;
      while (copies < (count[place] as number)) {
        let room = true;
        for (let d = 0; d < dimensions && room; d += 1) room = (sizes[at + d] as number) <= (free[d] as number);
        if (!room) break;
        for (let d = 0; d < dimensions; d += 1) free[d] = (free[d] as number) - (sizes[at + d] as number);
        copies += 1;
      }
      if (copies === 0) continue;
      pattern.types.push(type[place] as number);
      pattern.counts.push(copies);
      profit += copies * (price[place] as number);
    }
    if (profit > above) found.push({ profit, pattern });
  }
  return found;
}

/** Prices are integers: nothing better is missed if a bound less than half above the best is not followed. */
const half = 0.5;

/**
 * The knapsack of several dimensions by depth-first branch and bound, bounded by a surrogate knapsack whose weights are
 * fitted to the prices at hand. It is left out where a quick rule finds patterns, and ends after `quickSteps` if there is
 * one by then, and else after `mostSteps`: the greatest profit is not known then, and the bound of the surrogate stands
 * for it, rounded up far beyond any error of its sum. With `onlyAbove` what is not worth more than asked is not followed: where
 * nothing is, the greatest profit is said to be what was asked.
 */
export function vectorPricer(stock: Stock, random: () => number, wanted: number, quickSteps: number, mostSteps: number, onlyAbove = false): Pricer {
  const { dimensions, sizes } = stock;
  return (profits, atMost, above) => {
    const { ordered, weights, bound } = orderedBySurrogate(stock, profits, atMost);
    const { length, type, price, size, count } = ordered;
    const free = Float64Array.from(stock.capacities);
    const used = new Int32Array(length);
    const atMostProfit = Math.ceil(bound * (1 + 1e-6)) + 1;
    const ranked = (list: Found[]) => distinct(list.sort((a, b) => b.profit - a.profit).map(({ pattern }) => pattern)).slice(0, wanted);
    const quick = quickPatterns(stock, ordered, above, random);
    if (quick.length > 0) return { most: atMostProfit, patterns: ranked(quick) };
    const found: Found[] = [];
    let best = onlyAbove ? Math.floor(above) : 0;
    let steps = 0;

    const keep = (profit: number) => {
      best = profit;
      if (profit <= above) return;
      const pattern: Pattern = { types: [], counts: [] };
      used.forEach((copies, place) => {
        if (copies > 0) {
          pattern.types.push(type[place] as number);
          pattern.counts.push(copies);
        }
      });
      found.push({ profit, pattern });
    };

    const search = (from: number, space: number, profit: number): boolean => {
      if (profit > best) keep(profit);
      for (let place = from; place < length; place += 1) {
        if (profit + fractional(ordered, place, space) < best + half) return true;
        if ((used[place] as number) >= (count[place] as number)) continue;
        const at = (type[place] as number) * dimensions;
        let room = true;
        for (let d = 0; d < dimensions && room; d += 1) room = (sizes[at + d] as number) <= (free[d] as number);
        if (!room) continue;
        steps += 1;
        if (steps > mostSteps || (steps > quickSteps && found.length > 0)) return false;
        for (let d = 0; d < dimensions; d += 1) free[d] = (free[d] as number) - (sizes[at + d] as number);
        used[place] = (used[place] as number) + 1;
        const whole = search(place, space - (size[place] as number), profit + (price[place] as number));
        used[place] = (used[place] as number) - 1;
        for (let d = 0; d < dimensions; d += 1) free[d] = (free[d] as number) + (sizes[at + d] as number);
        if (!whole) return false;
      }
      return true;
    };
    // Weights sum to 1 but for rounding; a little more room keeps the bound above every pattern.
    const room = weights.reduce((sum, weight) => sum + weight, 0) + 1e-9;
    const whole = search(0, room, 0);
    return { most: whole ? best : Math.max(best, atMostProfit), patterns: ranked(found) };
  };
}
