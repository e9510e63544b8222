import { distinct, type Pricer } from '../packing/pricing.ts';
import type { Pattern, Stock } from '../packing/stock.ts';
import { fractional, orderedBySurrogate } from './surrogate.ts';

/** Prices are integers: nothing better is missed if a bound less than half above the best is not followed. */
const half = 0.5;

/**
 * The knapsack of several dimensions by depth-first branch and bound, bounded by a surrogate knapsack whose weights are
 * fitted to the prices at hand. It ends after `quickSteps` if there is a pattern by then, and else after `mostSteps`: then
 * the greatest profit is not known, and the bound of the surrogate stands for it, rounded up far beyond any error of its sum.
 */
export function vectorPricer(stock: Stock, wanted: number, quickSteps: number, mostSteps: number): Pricer {
  const { dimensions, sizes } = stock;
  return (profits, atMost, above) => {
    const { ordered, weights, bound } = orderedBySurrogate(stock, profits, atMost);
    const { length, type, price, size, count } = ordered;
    const free = Float64Array.from(stock.capacities);
    const used = new Int32Array(length);
    const found: { profit: number; pattern: Pattern }[] = [];
    let best = 0;
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
    const most = whole ? best : Math.max(best, Math.ceil(bound * (1 + 1e-6)) + 1);
    const patterns = found.sort((a, b) => b.profit - a.profit).slice(0, wanted).map(({ pattern }) => pattern);
    return { most, patterns: distinct(patterns) };
  };
}
