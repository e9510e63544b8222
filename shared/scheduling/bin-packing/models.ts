import type { Answer } from '../answer.ts';
import type { Models } from '../models.ts';
import { Incumbent } from '../packing/incumbent.ts';
import type { BinPacking } from '../problems.ts';
import { secondsLeft, slice, type Run } from '../run.ts';
import { minimumBinSlack } from './bin-slack.ts';
import { ceilDivide, simpleBound } from './bounds.ts';
import { byColumns } from './column-model.ts';
import { bestFit, binsOf, byFallingWeight, firstFit } from './first-fit.ts';

/** Subset sums that are looked at to fill one bin: items × capacity. */
const mostSums = 20_000_000;
/** Where they are more, filling bins has this share of the time: column generation needs none of them. */
const coarseShare = 0.1;

/** In coarser units, rounded up: what fits a bin then fits one of the problem itself. The more items there are to sum, the coarser. */
function coarse({ weights, capacity }: BinPacking): Pick<BinPacking, 'weights' | 'capacity'> {
  const units = Math.min(capacity, Math.max(1000, Math.floor(mostSums / 2 / weights.length)));
  return { weights: weights.map((weight) => ceilDivide(weight * units, capacity)), capacity: units };
}

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

function withSlack(problem: BinPacking, incumbent: Incumbent): Incumbent {
  if (incumbent.over) return incumbent;
  const isLarge = problem.weights.length * problem.capacity > mostSums;
  const { weights, capacity } = isLarge ? coarse(problem) : problem;
  const inner = slice(incumbent.run, isLarge ? secondsLeft(incumbent.run) * coarseShare : Number.POSITIVE_INFINITY);
  const solution = minimumBinSlack(weights, capacity, () => incumbent.closed || secondsLeft(inner) <= 0);
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
