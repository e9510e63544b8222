import type { Solution } from '../answer.ts';

/** More than there are items in any instance: with weights below 2^31 a weight and an index share a double exactly. */
const mostItems = 2 ** 20;

/** Indices by falling weight; ties in the order of the instance. Numbers are sorted, as a comparison of a million indices takes five times as long. */
export function byFallingWeight(weights: readonly number[]): number[] {
  const keys = Float64Array.from(weights, (weight, item) => weight * mostItems + (mostItems - 1 - item)).sort();
  const order = new Array<number>(keys.length);
  for (let at = 0; at < keys.length; at += 1) order[keys.length - 1 - at] = mostItems - 1 - ((keys[at] as number) % mostItems);
  return order;
}

/**
 * First fit in the given order, with a tournament tree over the free space of the bins, so that a million items take
 * n log n steps (D. S. Johnson, 1973). Every item must fit a bin.
 */
export function firstFit(weights: readonly number[], capacity: number, order: readonly number[]): Solution {
  let leaves = 1;
  while (leaves < order.length) leaves *= 2;
  const free = new Float64Array(2 * leaves).fill(capacity);
  const solution = new Array<number>(weights.length).fill(0);
  for (const item of order) {
    const weight = weights[item] as number;
    let node = 1;
    while (node < leaves) node = (free[2 * node] as number) >= weight ? 2 * node : 2 * node + 1;
    solution[item] = node - leaves;
    free[node] = (free[node] as number) - weight;
    for (node >>= 1; node >= 1; node >>= 1) free[node] = Math.max(free[2 * node] as number, free[2 * node + 1] as number);
  }
  return solution;
}

/** Of best fit, where each moves the most: some hundredths of a second. */
const itemsBetweenLooks = 256;

/**
 * Best fit in the given order: the fullest bin that still has room. Open bins are kept by free space in a sorted array,
 * moved by `copyWithin`, which is fast for the thousands of bins that are met in practice. With hundreds of thousands each item
 * moves megabytes: `until` says when to give up, null then.
 */
export function bestFit(weights: readonly number[], capacity: number, order: readonly number[], until: () => boolean): Solution | null {
  const free = new Float64Array(order.length);
  const bins = new Int32Array(order.length);
  const solution = new Array<number>(weights.length).fill(0);
  let open = 0;
  const place = (space: number, from: number) => {
    let low = 0;
    let high = from;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((free[middle] as number) < space) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (const [count, item] of order.entries()) {
    if (count % itemsBetweenLooks === 0 && until()) return null;
    const weight = weights[item] as number;
    const at = place(weight, open);
    const bin = at < open ? (bins[at] as number) : open;
    const space = (at < open ? (free[at] as number) : capacity) - weight;
    const end = at < open ? at : open;
    if (at >= open) open += 1;
    const to = place(space, end);
    free.copyWithin(to + 1, to, end);
    bins.copyWithin(to + 1, to, end);
    free[to] = space;
    bins[to] = bin;
    solution[item] = bin;
  }
  return solution;
}

/** Number of bins that a solution uses. */
export const binsOf = (solution: Solution): number => solution.reduce((most, bin) => Math.max(most, bin + 1), 0);
