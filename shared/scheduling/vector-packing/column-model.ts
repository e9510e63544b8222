import { ColumnSearch, type Complete } from '../packing/column-search.ts';
import type { Incumbent } from '../packing/incumbent.ts';
import { patternsOf, solutionOf, type Pattern, type Stock } from '../packing/stock.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft } from '../run.ts';
import { cover } from '../packing/covering.ts';
import { exactFills, mustBeFull } from './exact-fills.ts';
import { binByBin, sharesOf, weightsOf } from './greedy.ts';
import { vectorPricer } from './pricing.ts';

/** Items up to which what a dive leaves is packed by a greedy rule at each step. */
const fewItems = 120;
const mostTypes = 1500;

/** What is left, bin by bin, if few items are left. */
function completion(stock: Stock, until: () => boolean): Complete {
  return (left, bins) => {
    const items = left.reduce((sum, count) => sum + count, 0);
    if (items > fewItems || items === 0) return items === 0 && bins >= 0 ? [] : null;
    const packed = packGreedily(stock, left, until);
    return packed === null || packed.length > bins ? null : packed;
  };
}

function packGreedily(stock: Stock, left: Int32Array, until: () => boolean): Pattern[] | null {
  const rest = { ...stock, demands: left };
  const shares = sharesOf(rest);
  const packed = binByBin(rest, shares, weightsOf(shares, 'demand'), 'distance', until);
  if (packed === null) return null;
  const patterns: Pattern[] = [];
  packed.forEach((bin, item) => {
    const type = shares.type[item] as number;
    const pattern = (patterns[bin] ??= { types: [], counts: [] });
    const at = pattern.types.indexOf(type);
    if (at >= 0) pattern.counts[at] = (pattern.counts[at] as number) + 1;
    else {
      pattern.types.push(type);
      pattern.counts.push(1);
    }
  });
  return patterns;
}

/** Bins that turn out empty, as what is in them was in others too, do not count. */
function offer(stock: Stock, patterns: readonly Pattern[], incumbent: Incumbent, by: string): void {
  const solution = solutionOf(stock, patterns);
  incumbent.offer(new Set(solution).size, () => solution, by);
}

/** What a dive in vain had fixed, and the rest by a greedy rule: often better than all before. */
function salvage(stock: Stock, fixed: readonly Pattern[], incumbent: Incumbent): void {
  const left = stock.demands.slice();
  for (const { types, counts } of fixed) types.forEach((type, index) => (left[type] = (left[type] as number) - (counts[index] as number)));
  const rest = packGreedily(stock, left, () => false);
  if (rest !== null) offer(stock, [...fixed, ...rest], incumbent, 'diving');
}

/** Where every bin must be full: chooses among the patterns that fill one, and answers them. */
function fillExactly(stock: Stock, incumbent: Incumbent): Pattern[] {
  const { run, bound } = incumbent;
  const patterns = exactFills(stock);
  const packing = patterns.length === 0 ? null : cover({ run, patterns, demands: stock.demands, bins: bound, seconds: secondsLeft(run) * 0.4, aim: 'any' });
  if (packing !== null && packing !== 'impossible') offer(stock, packing, incumbent, 'exact-fills');
  return patterns;
}

/** Dives for `least` bins, then for one more, until a packing is found that is better than the best. */
function diveFrom(least: number, search: ColumnSearch, stock: Stock, incumbent: Incumbent): void {
  for (let target = least; target < incumbent.value && !incumbent.over; target += 1) {
    const found = search.dive(target, target === least ? 4 : 2, secondsLeft(incumbent.run));
    if (found === null) salvage(stock, search.fixed, incumbent);
    else offer(stock, found, incumbent, 'diving');
  }
}

/** Column generation for vectors: bound and dives; packings of one bin less than the best are looked for, down to the bound. */
export function byColumns(stock: Stock, incumbent: Incumbent): void {
  const { run } = incumbent;
  if (incumbent.over || stock.demands.length > mostTypes) return;
  const known = patternsOf(stock, incumbent.solution ?? []);
  if (mustBeFull(stock, incumbent.bound)) known.push(...fillExactly(stock, incumbent));
  if (incumbent.over) return;
  const pricer = vectorPricer(stock, randomNumbers(run.seed), 30, 3_000, 300_000);
  const search = new ColumnSearch(run, stock, pricer, completion(stock, () => incumbent.over), known);
  try {
    // Many small vectors take longer than there is to price to the end: dives get their time first.
    for (let until = run.elapsed() + secondsLeft(run) * 0.35; !incumbent.over; until = Number.POSITIVE_INFINITY) {
      const worthDiving = (value: number) => until === Number.POSITIVE_INFINITY && Math.ceil(value - 1e-6) < incumbent.value;
      const root = search.relax((value, bound) => bound >= Math.min(Math.ceil(value - 1e-6), incumbent.value) || run.elapsed() > until || worthDiving(value));
      if (root === null) return;
      incumbent.prove(root.bound, 'column-generation');
      const least = Math.max(incumbent.bound, Math.ceil(root.relaxed.value - 1e-6));
      if (least >= incumbent.value && root.complete) return;
      diveFrom(least, search, stock, incumbent);
    }
  } finally {
    search.dispose();
  }
}
