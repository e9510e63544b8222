import { ceilDivide, simpleBound as oneDimension } from '../bin-packing/bounds.ts';
import type { Stock } from '../packing/stock.ts';

/** The best bound of a single dimension: volume, L2, dual feasible functions. */
export function dimensionBound(stock: Stock): number {
  const { dimensions, capacities, sizes, demands } = stock;
  let best = demands.length === 0 ? 1 : 0;
  for (let d = 0; d < dimensions; d += 1) {
    const capacity = capacities[d] as number;
    if (capacity === 0) continue;
    const weights: number[] = [];
    demands.forEach((demand, type) => {
      for (let copy = 0; copy < demand; copy += 1) weights.push(sizes[type * dimensions + d] as number);
    });
    best = Math.max(best, oneDimension(weights, capacity), ceilDivide(weights.reduce((sum, weight) => sum + weight, 0), capacity));
  }
  return best;
}

/** Whether two items of these types cannot share a bin. */
export function exclude({ dimensions, capacities, sizes }: Stock, a: number, b: number): boolean {
  for (let d = 0; d < dimensions; d += 1) {
    if ((sizes[a * dimensions + d] as number) + (sizes[b * dimensions + d] as number) > (capacities[d] as number)) return true;
  }
  return false;
}

/**
 * As many bins as there are items of which no two fit one bin: a clique of the graph of incompatible items, grown
 * greedily from every item, the most incompatible first.
 */
export function cliqueBound(stock: Stock, until: () => boolean): number {
  const types = stock.demands.length;
  if (types > 2000) return 0;
  const apart = Array.from({ length: types }, (_, a) => Uint8Array.from({ length: types }, (_, b) => (exclude(stock, a, b) ? 1 : 0)));
  const degree = apart.map((row) => row.reduce((sum, bit) => sum + bit, 0));
  const order = [...degree.keys()].sort((a, b) => (degree[b] as number) - (degree[a] as number) || a - b);
  let best = 0;
  for (const first of order) {
    if (until()) break;
    const clique = [first];
    for (const type of order) {
      if (type !== first && clique.every((other) => apart[type]?.[other] === 1)) clique.push(type);
    }
    best = Math.max(best, clique.reduce((sum, type) => sum + (apart[type]?.[type] === 1 ? (stock.demands[type] as number) : 1), 0));
  }
  return best;
}
