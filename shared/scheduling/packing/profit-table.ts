import type { Stock } from './stock.ts';

/**
 * The greatest profit of the types from a place on, within a space of one dimension. Sizes are counted in units, rounded
 * down: what fits, fits in units too, so that no pattern collects more than is said; of a unit of 1 it is said exactly.
 */
export interface ProfitTable {
  /** Types by falling size. */
  order: Int32Array;
  unit: number;
  width: number;
  profits: Float64Array;
}

export const mostProfit = ({ profits, width, unit }: ProfitTable, place: number, space: number): number =>
  profits[place * width + Math.floor(space / unit)] as number;

/** The least unit of which the table has no more than so many entries. */
export const unitFor = ({ capacities, demands }: Stock, mostEntries: number): number =>
  Math.max(1, Math.ceil(((capacities[0] as number) * (demands.length + 1)) / mostEntries));

/** By dynamic programming from the lightest type on, with at most `atMost` of each. */
export function profitTable({ capacities, sizes }: Stock, prices: Float64Array, atMost: Int32Array, unit: number): ProfitTable {
  const order = Int32Array.from(atMost.keys()).sort((a, b) => (sizes[b] as number) - (sizes[a] as number));
  const width = Math.floor((capacities[0] as number) / unit) + 1;
  const profits = new Float64Array((order.length + 1) * width);
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const type = order[place] as number;
    const units = Math.floor((sizes[type] as number) / unit);
    const price = prices[type] as number;
    const row = place * width;
    profits.copyWithin(row, row + width, row + 2 * width);
    if (price === 0) continue;
    for (let copies = 1; copies <= (atMost[type] as number) && copies * units < width; copies += 1) {
      const profit = copies * price;
      for (let space = copies * units; space < width; space += 1) {
        const value = (profits[row + width + space - copies * units] as number) + profit;
        if (value > (profits[row + space] as number)) profits[row + space] = value;
      }
    }
  }
  return { order, unit, width, profits };
}
