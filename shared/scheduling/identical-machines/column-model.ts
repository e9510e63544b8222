import { completion } from '../bin-packing/column-model.ts';
import { ColumnSearch } from '../packing/column-search.ts';
import type { Incumbent } from '../packing/incumbent.ts';
import { patternsOf, solutionOf, stockOf, type Pattern, type Stock } from '../packing/stock.ts';
import { patternPricer } from '../packing/wide-knapsack.ts';
import type { IdenticalMachines } from '../problems.ts';
import { secondsLeft } from '../run.ts';
import { makespanOf } from './list-scheduling.ts';

/** Kinds of jobs beyond which pricing takes longer than may be waited for. */
const mostTypes = 2000;

interface Makespans {
  problem: IdenticalMachines;
  incumbent: Incumbent;
  /** Good patterns of every makespan tried, for the linear program of the next. */
  known: Pattern[];
}

function stockAt({ times }: IdenticalMachines, makespan: number): Stock {
  return stockOf(times.length, [makespan], (job) => times[job] as number);
}

function offer({ problem, incumbent }: Makespans, stock: Stock, patterns: Pattern[], by: string): void {
  const solution = solutionOf(stock, patterns);
  incumbent.offer(makespanOf(problem.times, solution), () => solution, by);
}

/** Works at one makespan, as a bin packing with that capacity, and disposes of what it needed. */
function at<Result>(makespans: Makespans, makespan: number, work: (search: ColumnSearch, stock: Stock) => Result): Result | null {
  const { problem, incumbent, known } = makespans;
  const stock = stockAt(problem, makespan);
  if (stock.demands.length > mostTypes) return null;
  const search = new ColumnSearch(incumbent.run, stock, patternPricer(stock, 20), completion(stock, () => incumbent.over), known);
  try {
    return work(search, stock);
  } finally {
    search.dispose();
  }
}

/**
 * The least makespan whose linear program needs no more machines than there are, by halving between the bound and the
 * best schedule; each refusal is proved by exact prices. False where time ran out.
 */
function relax(makespans: Makespans): boolean {
  const { problem, incumbent } = makespans;
  let high = incumbent.value;
  for (let round = 0; incumbent.bound < high && !incumbent.over; round += 1) {
    // The bound and what is next to the best schedule are tried first: mostly one of the two settles it.
    const makespan = round === 0 ? incumbent.bound : round === 1 ? high - 1 : Math.floor((incumbent.bound + high) / 2);
    const enough = at(makespans, makespan, (search, stock) => {
      const root = search.relax((value, bound) => bound > problem.machines || value <= problem.machines + 1e-6);
      if (root === null) return null;
      if (root.bound > problem.machines) return false;
      makespans.known = search.used(root.relaxed);
      const quick = search.dive(problem.machines, 1, secondsLeft(incumbent.run) / 4);
      if (quick !== null) offer(makespans, stock, quick, 'diving');
      return true;
    });
    if (enough === null) return false;
    if (enough) high = makespan;
    else incumbent.prove(makespan + 1, 'column-generation');
  }
  return true;
}

/** Packs at the bound or proves that impossible; where neither can be done in time, improves the schedule meanwhile. */
function settle(makespans: Makespans): void {
  const { problem, incumbent } = makespans;
  const { run } = incumbent;
  for (let round = 0; !incumbent.over; round += 1) {
    const makespan = incumbent.bound;
    const tried = at(makespans, makespan, (search, stock) => {
      const found = search.dive(problem.machines, round === 0 ? 8 : 100, secondsLeft(run) * 0.3);
      if (found !== null) return offer(makespans, stock, found, 'diving');
      const verdict = search.settle(problem.machines, round === 0 ? 1500 : 8000, secondsLeft(run) * 0.4);
      if (verdict === 'impossible') incumbent.prove(makespan + 1, 'integer-program');
      else if (verdict !== null) offer(makespans, stock, verdict, 'integer-program');
      return undefined;
    });
    if (tried === null) return;
    if (incumbent.bound === makespan && incumbent.value > makespan + 1) improve(makespans);
  }
}

/** A better schedule, half way between the bound and the best. */
function improve(makespans: Makespans): void {
  const { problem, incumbent } = makespans;
  for (let low = incumbent.bound; low + 1 < incumbent.value && !incumbent.over; ) {
    const makespan = Math.floor((low + incumbent.value) / 2);
    const found = at(makespans, makespan, (search, stock) => {
      const packing = search.dive(problem.machines, 4, secondsLeft(incumbent.run) * 0.2);
      if (packing !== null) offer(makespans, stock, packing, 'diving');
      return packing !== null;
    });
    if (found === null) return;
    if (!found) low = makespan;
  }
}

/** Column generation over makespans: each is a bin packing that needs at most so many bins as there are machines. */
export function byColumns(problem: IdenticalMachines, incumbent: Incumbent): void {
  if (incumbent.over) return;
  const stock = stockAt(problem, incumbent.value);
  const makespans = { problem, incumbent, known: patternsOf(stock, incumbent.solution ?? []) };
  if (relax(makespans)) settle(makespans);
}
