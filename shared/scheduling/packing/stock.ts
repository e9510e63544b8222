import type { Solution } from '../answer.ts';

/**
 * Items to be packed in bins of several dimensions, equal ones counted together: the cutting-stock form of bin and of
 * vector packing. Types stand in the order of their first item; items of no size at all are left out and go into any bin.
 */
export interface Stock {
  dimensions: number;
  /** Of every bin, one per dimension. */
  capacities: Float64Array;
  /** Size of type t in dimension d at t * dimensions + d. */
  sizes: Float64Array;
  /** How many items there are of each type. */
  demands: Int32Array;
  /** The items of each type, as indices of the instance. */
  members: number[][];
  /** Items of the instance, those of no size included. */
  items: number;
}

/** What goes into one bin: ascending types, and how many of each. */
export interface Pattern {
  types: number[];
  counts: number[];
}

/** Groups equal items; `sizeOf(item, dimension)` are integers. */
export function stockOf(items: number, capacities: readonly number[], sizeOf: (item: number, dimension: number) => number): Stock {
  const dimensions = capacities.length;
  const members: number[][] = [];
  const known = new Map<string | number, number>();
  const sizes: number[] = [];
  for (let item = 0; item < items; item += 1) {
    const size = capacities.map((_, dimension) => sizeOf(item, dimension));
    if (size.every((amount) => amount === 0)) continue;
    const key = dimensions === 1 ? (size[0] as number) : size.join();
    const type = known.get(key);
    if (type !== undefined) (members[type] as number[]).push(item);
    else {
      known.set(key, members.length);
      members.push([item]);
      sizes.push(...size);
    }
  }
  const demands = Int32Array.from(members, (list) => list.length);
  return { dimensions, capacities: Float64Array.from(capacities), sizes: Float64Array.from(sizes), demands, members, items };
}

/** The bin of every item, from one pattern per bin; what a pattern holds beyond the demand is left out, and so are empty bins. */
export function solutionOf(stock: Stock, patterns: readonly Pattern[]): Solution {
  const solution = new Array<number>(stock.items).fill(0);
  const taken = new Int32Array(stock.demands.length);
  let bin = 0;
  for (const { types, counts } of patterns) {
    let filled = false;
    types.forEach((type, index) => {
      const members = stock.members[type] as number[];
      for (let copy = 0; copy < (counts[index] as number) && (taken[type] as number) < members.length; copy += 1) {
        solution[members[taken[type] as number] as number] = bin;
        taken[type] = (taken[type] as number) + 1;
        filled = true;
      }
    });
    if (filled) bin += 1;
  }
  return solution;
}

/** The patterns of a solution, one per bin. */
export function patternsOf(stock: Stock, solution: Solution): Pattern[] {
  const bins: Map<number, number>[] = [];
  stock.members.forEach((members, type) => {
    for (const item of members) {
      const bin = solution[item] as number;
      const pattern = (bins[bin] ??= new Map());
      pattern.set(type, (pattern.get(type) ?? 0) + 1);
    }
  });
  return bins.filter((bin) => bin !== undefined).map((bin) => ({ types: [...bin.keys()], counts: [...bin.values()] }));
}

/** Whether a bin holds what is in a pattern. */
export function fitsBin({ capacities, sizes, dimensions }: Stock, { types, counts }: Pattern): boolean {
  for (let d = 0; d < dimensions; d += 1) {
    let load = 0;
    for (let index = 0; index < types.length; index += 1) load += (sizes[(types[index] as number) * dimensions + d] as number) * (counts[index] as number);
    if (load > (capacities[d] as number)) return false;
  }
  return true;
}
