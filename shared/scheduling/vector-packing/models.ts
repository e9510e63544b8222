import type { Answer } from '../answer.ts';
import type { Models } from '../models.ts';
import { Incumbent } from '../packing/incumbent.ts';
import { stockOf, type Stock } from '../packing/stock.ts';
import type { VectorPacking } from '../problems.ts';
import type { Run } from '../run.ts';
import { completeBins } from './bin-completion.ts';
import { cliqueBound, dimensionBound } from './bounds.ts';
import { byColumns } from './column-model.ts';
import { binByBin, firstFit, nextFit, orderBy, sharesOf, solutionFrom, weightsOf, type Bins } from './greedy.ts';

function impossible({ items, capacities }: VectorPacking): Answer | undefined {
  for (const [item, sizes] of items.entries()) {
    const dimension = sizes.findIndex((size, index) => size > (capacities[index] as number));
    if (dimension < 0) continue;
    return { status: 'infeasible', value: null, bound: null, solution: null, reason: { code: 'item-too-large', item, dimension }, foundBy: '', provedBy: 'simple-bounds' };
  }
  return undefined;
}

const binsOf = (bins: Int32Array) => bins.reduce((most, bin) => Math.max(most, bin + 1), 1);

/** Every rule with every weighting of the dimensions, until the bound is met. */
function begin(stock: Stock, run: Run): Incumbent {
  const incumbent = new Incumbent(run);
  const until = () => incumbent.over;
  const shares = sharesOf(stock);
  const offer = (bins: Bins, by: string) => {
    if (bins !== null) incumbent.offer(binsOf(bins), () => solutionFrom(stock, shares, bins), by);
  };
  offer(nextFit(stock, shares), 'next-fit');
  incumbent.prove(dimensionBound(stock), 'dual-feasible-functions');
  for (const how of ['equal', 'demand', 'demand-power'] as const) {
    const weights = weightsOf(shares, how);
    for (const measure of ['sum', 'squares', 'greatest'] as const) {
      if (!until()) offer(firstFit(stock, shares, orderBy(shares, weights, measure), until), 'first-fit-decreasing');
    }
    for (const rule of ['dot-product', 'distance'] as const) {
      if (!until()) offer(binByBin(stock, shares, weights, rule, until), rule);
    }
  }
  if (!until()) incumbent.prove(cliqueBound(stock, until), 'clique');
  return incumbent;
}

/** Share of the time that bin completion may take before column generation: of many items it takes long, and finds less. */
const completionShare = 0.05;

/** Bins filled by dynamic programs, for each weighting of the dimensions. */
function withCompletion(stock: Stock, incumbent: Incumbent, share: number): Incumbent {
  const shares = sharesOf(stock);
  const { run } = incumbent;
  const end = run.elapsed() + share * run.seconds;
  const until = () => incumbent.over || run.elapsed() > end;
  for (const how of ['equal', 'demand', 'demand-power'] as const) {
    if (until()) break;
    const bins = completeBins(stock, shares, weightsOf(shares, how), until);
    if (bins !== null) incumbent.offer(binsOf(bins), () => solutionFrom(stock, shares, bins), 'bin-completion');
  }
  return incumbent;
}

function withColumns(stock: Stock, incumbent: Incumbent): Incumbent {
  byColumns(stock, incumbent);
  return incumbent;
}

const whenPossible = (solve: (stock: Stock, run: Run) => Incumbent) => (problem: VectorPacking, run: Run) =>
  impossible(problem) ?? solve(stockOf(problem.items.length, problem.capacities, (item, dimension) => problem.items[item]?.[dimension] ?? 0), run).answer();

export const models: Models<'vector-packing'> = {
  greedy: whenPossible(begin),
  dp: whenPossible((stock, run) => withCompletion(stock, begin(stock, run), 1)),
  lp: whenPossible((stock, run) => withColumns(stock, begin(stock, run))),
  portfolio: whenPossible((stock, run) => withColumns(stock, withCompletion(stock, begin(stock, run), completionShare))),
};
