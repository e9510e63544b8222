import type { Answer } from '../answer.ts';
import type { Models } from '../models.ts';
import { Incumbent } from '../packing/incumbent.ts';
import type { BinPacking } from '../problems.ts';
import type { Run } from '../run.ts';
import { minimumBinSlack } from './bin-slack.ts';
import { simpleBound } from './bounds.ts';
import { byColumns } from './column-model.ts';
import { bestFit, binsOf, byFallingWeight, firstFit } from './first-fit.ts';

/** Subset sums are kept in an array as long as the capacity. */
const mostSums = 10_000_000;

function impossible({ weights, capacity }: BinPacking): Answer | undefined {
  const item = weights.findIndex((weight) => weight > capacity);
  if (item < 0) return undefined;
  return { status: 'infeasible', value: null, bound: null, solution: null, reason: { code: 'item-too-large', item }, foundBy: '', provedBy: 'simple-bounds' };
}

function begin({ weights, capacity }: BinPacking, run: Run): Incumbent {
  const incumbent = new Incumbent(run);
  incumbent.prove(simpleBound(weights, capacity), 'dual-feasible-functions');
  const order = byFallingWeight(weights);
  const first = firstFit(weights, capacity, order);
  incumbent.offer(binsOf(first), () => first, 'first-fit-decreasing');
  if (incumbent.over) return incumbent;
  const best = bestFit(weights, capacity, order, () => incumbent.over);
  if (best !== null) incumbent.offer(binsOf(best), () => best, 'best-fit-decreasing');
  return incumbent;
}

function withSlack({ weights, capacity }: BinPacking, incumbent: Incumbent): Incumbent {
  if (incumbent.over || capacity > mostSums) return incumbent;
  const solution = minimumBinSlack(weights, capacity, () => incumbent.over);
  if (solution !== null) incumbent.offer(binsOf(solution), () => solution, 'minimum-bin-slack');
  return incumbent;
}

function withColumns(problem: BinPacking, incumbent: Incumbent): Incumbent {
  byColumns(problem, incumbent);
  return incumbent;
}

const whenPossible = (solve: (problem: BinPacking, run: Run) => Incumbent) => (problem: BinPacking, run: Run) => impossible(problem) ?? solve(problem, run).answer();

export const models: Models<'bin-packing'> = {
  greedy: whenPossible(begin),
  dp: whenPossible((problem, run) => withSlack(problem, begin(problem, run))),
  lp: whenPossible((problem, run) => withColumns(problem, begin(problem, run))),
  portfolio: whenPossible((problem, run) => withColumns(problem, withSlack(problem, begin(problem, run)))),
};
