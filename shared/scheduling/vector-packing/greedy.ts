import type { Solution } from '../answer.ts';
import type { Stock } from '../packing/stock.ts';

/** Sizes of single items, as shares of the capacities: item i in dimension d at i * dimensions + d; with the types they are of. */
export interface Shares {
  dimensions: number;
  type: Int32Array;
  share: Float64Array;
}

export function sharesOf(stock: Stock): Shares {
  const { dimensions, sizes, capacities, demands } = stock;
  const type = Int32Array.from([...demands].flatMap((demand, index) => new Array<number>(demand).fill(index)));
  const share = new Float64Array(type.length * dimensions);
  type.forEach((of, item) => {
    for (let d = 0; d < dimensions; d += 1) {
      const capacity = capacities[d] as number;
      share[item * dimensions + d] = capacity === 0 ? 0 : (sizes[of * dimensions + d] as number) / capacity;
    }
  });
  return { dimensions, type, share };
}

/** How much each dimension counts in what makes an item large: all the same, or by how much of it is asked in all. */
export type Weights = 'equal' | 'demand' | 'demand-power';

export function weightsOf({ dimensions, type, share }: Shares, how: Weights): Float64Array {
  const total = new Float64Array(dimensions);
  for (let at = 0; at < share.length; at += 1) total[at % dimensions] = (total[at % dimensions] as number) + (share[at] as number);
  const mean = total.map((sum) => sum / Math.max(1, type.length));
  if (how === 'equal') return mean.fill(1);
  return how === 'demand' ? mean : mean.map((share) => Math.exp(2 * share));
}

/** Items by falling size, the size being a weighted sum, a sum of squares, or the greatest share. */
export function orderBy({ dimensions, type, share }: Shares, weights: Float64Array, measure: 'sum' | 'squares' | 'greatest'): Int32Array {
  const size = new Float64Array(type.length);
  for (let item = 0; item < type.length; item += 1) {
    for (let d = 0; d < dimensions; d += 1) {
      const part = (share[item * dimensions + d] as number) * (weights[d] as number);
      if (measure === 'greatest') size[item] = Math.max(size[item] as number, part);
      else size[item] = (size[item] as number) + (measure === 'sum' ? part : part * (share[item * dimensions + d] as number));
    }
  }
  return Int32Array.from(type.keys()).sort((a, b) => (size[b] as number) - (size[a] as number) || a - b);
}

/** Whether an item of a type fits into free space that begins at `from`. */
export function fits(stock: Stock, type: number, free: Float64Array, from: number): boolean {
  const { dimensions, sizes } = stock;
  for (let d = 0; d < dimensions; d += 1) if ((sizes[type * dimensions + d] as number) > (free[from + d] as number)) return false;
  return true;
}

function put(stock: Stock, type: number, free: Float64Array, from: number): void {
  const { dimensions, sizes } = stock;
  for (let d = 0; d < dimensions; d += 1) free[from + d] = (free[from + d] as number) - (sizes[type * dimensions + d] as number);
}

/** Bin of every item of `Shares`, or null where `until` said to give up. */
export type Bins = Int32Array | null;

/** Each item, in order, into the bin opened last or a new one: the quickest there is. */
export function nextFit(stock: Stock, { type }: Shares): Int32Array {
  const free = Float64Array.from(stock.capacities);
  const bins = new Int32Array(type.length);
  let bin = 0;
  type.forEach((of, item) => {
    if (!fits(stock, of, free, 0)) {
      free.set(stock.capacities);
      bin += 1;
    }
    put(stock, of, free, 0);
    bins[item] = bin;
  });
  return bins;
}

/** Each item, in order, into the first bin that has room. */
export function firstFit(stock: Stock, { type }: Shares, order: Int32Array, until: () => boolean): Bins {
  const { dimensions, capacities } = stock;
  const free = new Float64Array(type.length * dimensions);
  const bins = new Int32Array(type.length);
  let open = 0;
  for (let index = 0; index < order.length; index += 1) {
    if ((index & 63) === 0 && until()) return null;
    const item = order[index] as number;
    const of = type[item] as number;
    let bin = 0;
    while (bin < open && !fits(stock, of, free, bin * dimensions)) bin += 1;
    if (bin === open) {
      free.set(capacities, open * dimensions);
      open += 1;
    }
    put(stock, of, free, bin * dimensions);
    bins[item] = bin;
  }
  return bins;
}

/**
 * Fills one bin after the other with the item that suits the free space best: the greatest weighted dot product with it,
 * or the least weighted distance from it (R. Panigrahy, K. Talwar, L. Uyeda, U. Wieder, Heuristics for vector bin packing, 2011).
 */
export function binByBin(stock: Stock, { dimensions, type, share }: Shares, weights: Float64Array, rule: 'dot-product' | 'distance', until: () => boolean): Bins {
  const bins = new Int32Array(type.length);
  const left = Int32Array.from(type.keys());
  const free = new Float64Array(dimensions);
  const scale = stock.capacities.map((capacity) => (capacity === 0 ? 0 : 1 / capacity));
  let count = left.length;
  for (let bin = 0; count > 0; bin += 1) {
    free.set(stock.capacities);
    for (;;) {
      if (until()) return null;
      let best = -1;
      let bestScore = Number.NEGATIVE_INFINITY;
      for (let index = 0; index < count; index += 1) {
        const item = left[index] as number;
        if (!fits(stock, type[item] as number, free, 0)) continue;
        let score = 0;
        for (let d = 0; d < dimensions; d += 1) {
          const room = (free[d] as number) * (scale[d] as number);
          const size = share[item * dimensions + d] as number;
          score += (weights[d] as number) * (rule === 'dot-product' ? room * size : -((room - size) ** 2));
        }
        if (score > bestScore) {
          bestScore = score;
          best = index;
        }
      }
      if (best < 0) break;
      const item = left[best] as number;
      put(stock, type[item] as number, free, 0);
      bins[item] = bin;
      count -= 1;
      left[best] = left[count] as number;
    }
  }
  return bins;
}

/** The solution of the instance that bins of single items stand for. */
export function solutionFrom(stock: Stock, { type }: Shares, bins: Int32Array): Solution {
  const solution = new Array<number>(stock.items).fill(0);
  const taken = new Int32Array(stock.demands.length);
  type.forEach((of, item) => {
    solution[(stock.members[of] as number[])[taken[of] as number] as number] = bins[item] as number;
    taken[of] = (taken[of] as number) + 1;
  });
  return solution;
}
