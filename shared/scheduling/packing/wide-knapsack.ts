import { knapsackPricer, knapsackSize } from './knapsack.ts';
import { distinct, type Pricer } from './pricing.ts';
import { mostProfit, profitTable, unitFor } from './profit-table.ts';
import type { Pattern, Stock } from './stock.ts';

/** Entries of the table that a price is bounded by: some milliseconds. */
const mostEntries = 1_500_000;
/** Steps of looking for the best pattern of one heaviest type before its bound is taken for its profit. */
const mostSteps = 3000;

/**
 * The bounded knapsack of a capacity too large for a table of its own: for each heaviest type the best pattern by depth-first
 * branch and bound, bounded by a table in coarse units. Up to `wanted` patterns at one go; where the search is cut short, the
 * bound stands for the greatest profit.
 */
export function wideKnapsackPricer(stock: Stock, wanted: number): Pricer {
  const { sizes, demands } = stock;
  const capacity = stock.capacities[0] as number;
  const unit = unitFor(stock, mostEntries);
  return (profits, atMost, above) => {
    const table = profitTable(stock, profits, atMost, unit);
    const { order } = table;
    const counts = new Int32Array(demands.length);
    const least = Math.floor(above);
    let [best, steps]: [number, number] = [0, 0];
    let pattern: Pattern | undefined;

    const search = (place: number, space: number, profit: number): void => {
      if (profit > best) {
        best = profit;
        const types = [...order].filter((type) => (counts[type] as number) > 0);
        pattern = { types, counts: types.map((type) => counts[type] as number) };
      }
      let at = place;
      while (at < order.length && (sizes[order[at] as number] as number) > space) at += 1;
      if (at === order.length) return;
      const type = order[at] as number;
      const size = sizes[type] as number;
      const price = profits[type] as number;
      const take = () => {
        if ((counts[type] as number) >= (atMost[type] as number) || profit + price + mostProfit(table, at, space - size) <= best) return;
        counts[type] = (counts[type] as number) + 1;
        search(at, space - size, profit + price);
        counts[type] = (counts[type] as number) - 1;
      };
      const leave = () => {
        if (profit + mostProfit(table, at + 1, space) > best) search(at + 1, space, profit);
      };
      steps += 1;
      if (steps > mostSteps) return;
      const ways = price + mostProfit(table, at, space - size) >= mostProfit(table, at + 1, space) ? [take, leave] : [leave, take];
      for (const way of ways) way();
    };

    let most = 0;
    const found: { profit: number; pattern: Pattern }[] = [];
    for (const [place, type] of order.entries()) {
      if ((atMost[type] as number) === 0 || (profits[type] as number) === 0) continue;
      const space = capacity - (sizes[type] as number);
      const bound = (profits[type] as number) + mostProfit(table, place, space);
      [best, steps, pattern] = [least, 0, undefined];
      if (bound > least) {
        counts[type] = 1;
        search(place, space, profits[type] as number);
        counts[type] = 0;
      }
      most = Math.max(most, steps > mostSteps ? bound : Math.min(bound, best));
      if (pattern !== undefined) found.push({ profit: best, pattern });
    }
    found.sort((a, b) => b.profit - a.profit);
    return { most, patterns: distinct(found.map((one) => one.pattern)).slice(0, wanted) };
  };
}

/** Steps of the dynamic program over the whole capacity, beyond which bounds in coarse units are sooner done. */
const mostKnapsackSteps = 12_000_000;

/** Prices patterns of one dimension, in whichever way takes less time. */
export const patternPricer = (stock: Stock, wanted: number): Pricer =>
  knapsackSize(stock) > mostKnapsackSteps ? wideKnapsackPricer(stock, 10 * wanted) : knapsackPricer(stock, wanted);
