import type { Stock } from '../packing/stock.ts';
import { fits, orderBy, type Bins, type Shares } from './greedy.ts';

/** Steps into which the weighted size of a full bin is cut. */
const cells = 400;

/** Fills of one bin, one for each weighted size that can be reached: what is in it and what room it leaves. */
interface Fills {
  /** Index in the order of the item added last, −1 where the size is not reached. */
  last: Int32Array;
  /** The size before that item. */
  before: Int32Array;
  free: Float64Array;
}

/** Adds an item to every fill that has room for it; sizes reached before keep what they have, so that large items go first. */
function extend({ last, before, free }: Fills, stock: Stock, type: number, index: number, size: number, top: number): number {
  const { dimensions, sizes } = stock;
  let highest = top;
  for (let from = Math.min(top, cells - size); from >= 0; from -= 1) {
    const to = from + size;
    if ((from > 0 && (last[from] as number) < 0) || (last[to] as number) >= 0 || !fits(stock, type, free, from * dimensions)) continue;
    for (let d = 0; d < dimensions; d += 1) free[to * dimensions + d] = (free[from * dimensions + d] as number) - (sizes[type * dimensions + d] as number);
    last[to] = index;
    before[to] = from;
    highest = Math.max(highest, to);
  }
  return highest;
}

/**
 * Fills one bin after the other: the largest item left, then what brings the bin nearest to full in a weighted sum of the dimensions, by a
 * dynamic program over that sum which keeps the room of every dimension (minimum bin slack, K. Fleszar, K. S. Hindi, Computers & Operations
 * Research 29, 2002, with a surrogate size as of F. Glover, 1965). Null where `until` said to give up.
 */
export function completeBins(stock: Stock, shares: Shares, weights: Float64Array, until: () => boolean): Bins {
  const { dimensions, capacities } = stock;
  const { type, share } = shares;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sizeOf = (item: number) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d += 1) sum += (weights[d] as number) * (share[item * dimensions + d] as number);
    return Math.max(1, Math.floor((cells * sum) / Math.max(total, 1e-12)));
  };
  let left = [...orderBy(shares, weights, 'sum')];
  const bins = new Int32Array(type.length);
  const fills: Fills = { last: new Int32Array(cells + 1), before: new Int32Array(cells + 1), free: new Float64Array((cells + 1) * dimensions) };
  for (let bin = 0; left.length > 0; bin += 1) {
    if (until()) return null;
    const seed = left[0] as number;
    fills.last.fill(-1);
    for (let d = 0; d < dimensions; d += 1) fills.free[d] = (capacities[d] as number) - (stock.sizes[(type[seed] as number) * dimensions + d] as number);
    let top = 0;
    for (let index = 1; index < left.length && top < cells; index += 1) {
      const item = left[index] as number;
      if (fits(stock, type[item] as number, fills.free, 0)) top = extend(fills, stock, type[item] as number, index, sizeOf(item), top);
    }
    const taken = new Set([seed]);
    for (let size = top; size > 0; size = fills.before[size] as number) taken.add(left[fills.last[size] as number] as number);
    for (const item of taken) bins[item] = bin;
    left = left.filter((item) => !taken.has(item));
  }
  return bins;
}
