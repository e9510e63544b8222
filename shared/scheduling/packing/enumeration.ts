import { mostProfit, profitTable, unitFor } from './profit-table.ts';
import type { Pattern, Stock } from './stock.ts';

export interface Enumeration {
  stock: Stock;
  /** Integers. */
  prices: Float64Array;
  /** The least profit of a pattern that is wanted. */
  least: number;
  /** Give up beyond so many patterns, or so many steps. */
  mostPatterns: number;
  until(): boolean;
}

/** Entries of the table that the search is bounded by, where it is exact and where it is in coarse units. */
const [mostExact, mostCoarse] = [25_000_000, 3_000_000];

/**
 * All patterns of one dimension that collect at least `least`, save those to which an item could be added; null if they
 * are too many. A packing in so few bins that each must collect at least that much uses none but these, up to items
 * that are covered twice.
 */
export function patternsWorth({ stock, prices, least, mostPatterns, until }: Enumeration): Pattern[] | null {
  const { capacities, sizes, demands } = stock;
  const capacity = capacities[0] as number;
  const table = profitTable(stock, prices, demands, unitFor(stock, mostExact) === 1 ? 1 : unitFor(stock, mostCoarse));
  const { order } = table;
  const counts = new Int32Array(order.length);
  const found: Pattern[] = [];
  let steps = 0;

  // The lightest type of which a copy is left out tells whether an item could be added.
  const maximal = (space: number) => {
    for (let place = order.length - 1; place >= 0; place -= 1) {
      const type = order[place] as number;
      if ((sizes[type] as number) > space) return true;
      if ((counts[place] as number) < (demands[type] as number)) return false;
    }
    return true;
  };

  const keep = () => {
    const pattern: Pattern = { types: [], counts: [] };
    counts.forEach((count, place) => {
      if (count === 0) return;
      pattern.types.push(order[place] as number);
      pattern.counts.push(count);
    });
    found.push(pattern);
  };

  const search = (from: number, space: number, profit: number): boolean => {
    steps += 1;
    if (found.length > mostPatterns || ((steps & 1023) === 0 && until())) return false;
    let place = from;
    // Types that do not fit are passed over at once: the order is by falling weight.
    while (place < order.length && (sizes[order[place] as number] as number) > space) place += 1;
    if (profit + mostProfit(table, place, space) < least) return true;
    if (place === order.length) {
      if (maximal(space)) keep();
      return true;
    }
    const type = order[place] as number;
    const weight = sizes[type] as number;
    const most = Math.min(demands[type] as number, Math.floor(space / weight));
    for (let copies = most; copies >= 0; copies -= 1) {
      counts[place] = copies;
      if (!search(place + 1, space - copies * weight, profit + copies * (prices[type] as number))) return false;
    }
    return true;
  };
  return search(0, capacity, 0) ? found : null;
}
