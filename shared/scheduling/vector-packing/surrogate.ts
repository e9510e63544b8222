import type { Stock } from '../packing/stock.ts';

/** Types of some price, by falling price per surrogate size; sums over the order, for bounds by halving. */
export interface Ordered {
  length: number;
  type: Int32Array;
  price: Float64Array;
  /** Weighted sum of the sizes as shares of the capacities, at most 1 for what fits a bin. */
  size: Float64Array;
  count: Int32Array;
  /** Of price and size, each times its count, of all before. */
  priceBefore: Float64Array;
  sizeBefore: Float64Array;
}

const rounds = 12;

/** How much can be collected in `space` from `from` on if the last item may be cut: no pattern collects more. */
export function fractional({ length, priceBefore, sizeBefore, price, size }: Ordered, from: number, space: number): number {
  let low = from;
  let high = length;
  const end = (sizeBefore[from] as number) + space;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sizeBefore[middle + 1] as number) <= end) low = middle + 1;
    else high = middle;
  }
  const whole = (priceBefore[low] as number) - (priceBefore[from] as number);
  if (low === length) return whole;
  const part = end - (sizeBefore[low] as number);
  return whole + (part > 0 ? ((price[low] as number) / (size[low] as number)) * part : 0);
}

/**
 * Orders the types for a surrogate knapsack, whose one constraint is a weighted mean of the dimensions (F. Glover, 1968).
 * The weights grow, round by round, where the cut solution asks for more than there is.
 */
export function orderedBySurrogate(stock: Stock, profits: Float64Array, atMost: Int32Array): { ordered: Ordered; weights: Float64Array; bound: number } {
  const { dimensions, sizes, capacities } = stock;
  const types: number[] = [];
  profits.forEach((profit, type) => {
    if (profit > 0 && (atMost[type] as number) > 0) types.push(type);
  });
  const share = new Float64Array(types.length * dimensions);
  types.forEach((type, index) => {
    for (let d = 0; d < dimensions; d += 1) share[index * dimensions + d] = (sizes[type * dimensions + d] as number) / Math.max(1, capacities[d] as number);
  });
  const sizeOf = (weights: Float64Array) =>
    Float64Array.from(types, (_, index) => {
      let size = 0;
      for (let d = 0; d < dimensions; d += 1) size += (weights[d] as number) * (share[index * dimensions + d] as number);
      return Math.max(size, 1e-9);
    });
  const sorted = (weights: Float64Array) => {
    const size = sizeOf(weights);
    const density = size.map((amount, index) => (profits[types[index] as number] as number) / amount);
    return { size, order: Int32Array.from(types.keys()).sort((a, b) => (density[b] as number) - (density[a] as number)) };
  };
  const cut = ({ size, order }: ReturnType<typeof sorted>) => {
    const load = new Float64Array(dimensions);
    let [space, profit] = [1, 0];
    for (const index of order) {
      const count = Math.min(atMost[types[index] as number] as number, space / (size[index] as number));
      for (let d = 0; d < dimensions; d += 1) load[d] = (load[d] as number) + count * (share[index * dimensions + d] as number);
      space -= count * (size[index] as number);
      profit += count * (profits[types[index] as number] as number);
      if (space <= 1e-12) break;
    }
    return { load, profit };
  };
  let weights = new Float64Array(dimensions).fill(1 / dimensions);
  let best = { weights, bound: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round += 1) {
    const { load, profit } = cut(sorted(weights));
    if (profit < best.bound) best = { weights, bound: profit };
    const step = 1.5 / (1 + round / 3);
    const next = weights.map((weight, d) => weight * Math.exp(step * ((load[d] as number) - 1)));
    const total = next.reduce((sum, weight) => sum + weight, 0);
    weights = next.map((weight) => weight / total);
  }
  const { size, order } = sorted(best.weights);
  return { ordered: arranged(order, types, size, profits, atMost), ...best };
}

function arranged(order: Int32Array, types: number[], size: Float64Array, profits: Float64Array, atMost: Int32Array): Ordered {
  const { length } = order;
  const type = Int32Array.from(order, (index) => types[index] as number);
  const count = Int32Array.from(type, (of) => atMost[of] as number);
  const price = Float64Array.from(type, (of) => profits[of] as number);
  const sizes = Float64Array.from(order, (index) => size[index] as number);
  const priceBefore = new Float64Array(length + 1);
  const sizeBefore = new Float64Array(length + 1);
  for (let place = 0; place < length; place += 1) {
    priceBefore[place + 1] = (priceBefore[place] as number) + (price[place] as number) * (count[place] as number);
    sizeBefore[place + 1] = (sizeBefore[place] as number) + (sizes[place] as number) * (count[place] as number);
  }
  return { length, type, price, size: sizes, count, priceBefore, sizeBefore };
}
