import { ColumnSearch, type Complete } from '../packing/column-search.ts';
import type { Incumbent } from '../packing/incumbent.ts';
import { patternPricer } from '../packing/wide-knapsack.ts';
import { patternsOf, solutionOf, stockOf, type Pattern, type Stock } from '../packing/stock.ts';
import type { BinPacking } from '../problems.ts';
import { secondsLeft } from '../run.ts';
import { bestFit, binsOf } from './first-fit.ts';

/** Kinds of items beyond which pricing takes longer than may be waited for. */
const mostTypes = 2000;

/** Best fit decreasing of what is left. */
export function completion({ capacities, sizes, demands }: Stock, until: () => boolean): Complete {
  const falling = [...demands.keys()].sort((a, b) => (sizes[b] as number) - (sizes[a] as number));
  return (left, bins) => {
    const types = falling.flatMap((type) => new Array<number>(left[type] as number).fill(type));
    const weights = types.map((type) => sizes[type] as number);
    if (weights.reduce((sum, weight) => sum + weight, 0) > bins * (capacities[0] as number)) return null;
    const solution = bestFit(weights, capacities[0] as number, [...weights.keys()], until);
    if (solution === null || (weights.length > 0 && binsOf(solution) > bins)) return null;
    const patterns: Pattern[] = [];
    solution.forEach((bin, item) => {
      const pattern = (patterns[bin] ??= { types: [], counts: [] });
      const at = pattern.types.indexOf(types[item] as number);
      if (at < 0) {
        pattern.types.push(types[item] as number);
        pattern.counts.push(1);
      } else pattern.counts[at] = (pattern.counts[at] as number) + 1;
    });
    return patterns;
  };
}

/** Column generation: the bound of Gilmore and Gomory, dives for a packing that meets it, and integer programs where they do not. */
export function byColumns({ weights, capacity }: BinPacking, incumbent: Incumbent): void {
  const { run } = incumbent;
  const stock = stockOf(weights.length, [capacity], (item) => weights[item] as number);
  if (incumbent.over || stock.demands.length > mostTypes) return;
  const known = patternsOf(stock, incumbent.solution ?? []);
  const search = new ColumnSearch(run, stock, patternPricer(stock, 20), completion(stock, () => incumbent.over), known);
  const offer = (patterns: Pattern[], by: string) => {
    const solution = solutionOf(stock, patterns);
    incumbent.offer(binsOf(solution), () => solution, by);
  };
  try {
    const root = search.relax((value, bound) => bound >= Math.ceil(value - 1e-6) || bound >= incumbent.value);
    if (root === null) return;
    incumbent.prove(root.bound, 'column-generation');
    while (!incumbent.over) {
      const target = incumbent.bound;
      // First what is quick where it works at all; then what takes long, in turns.
      for (const [most, share] of [[1500, 0.5], [8000, 0.4], [8000, 1]] as const) {
        const found = search.dive(target, most === 1500 ? 12 : Number.POSITIVE_INFINITY, secondsLeft(run) * 0.6);
        if (found !== null) return offer(found, 'diving');
        const verdict = search.settle(target, most, secondsLeft(run) * share);
        if (verdict !== null && verdict !== 'impossible') return offer(verdict, 'integer-program');
        if (verdict === 'impossible') incumbent.prove(target + 1, 'integer-program');
        if (verdict === 'impossible' || incumbent.over) break;
      }
    }
  } finally {
    search.dispose();
  }
}
