import { randomNumbers } from '../random.ts';
import { secondsLeft, slice, type Run } from '../run.ts';
import { generate, type Generated } from './column-generation.ts';
import { cover, type Verdict } from './covering.ts';
import { dive } from './diving.ts';
import { enumerationBytes, patternsWorth } from './enumeration.ts';
import { Master } from './master.ts';
import type { Pricer } from './pricing.ts';
import type { Pattern, Stock } from './stock.ts';

/** Patterns that an integer program can be asked to choose from, and the memory to list them in. */
const mostPatterns = 8_000;
const mostBytes = 200_000_000;

/** How much of a dive in vain the next ones keep. */
const keptShares = [0, 0.9, 0.75, 0.5];

/** Packs what is left into at most so many bins, or gives up quickly. */
export type Complete = (demands: Int32Array, bins: number) => Pattern[] | null;

/** One type per bin, as many copies as go in: what the linear program begins with. */
export function singletons({ capacities, sizes, demands, dimensions }: Stock): Pattern[] {
  return [...demands].map((demand, type) => {
    let most = demand;
    for (let d = 0; d < dimensions; d += 1) {
      const size = sizes[type * dimensions + d] as number;
      if (size > 0) most = Math.min(most, Math.floor((capacities[d] as number) / size));
    }
    return { types: [type], counts: [most] };
  });
}

/** Everything that column generation can do for one stock of items; `dispose` frees the memory of its linear program. */
export class ColumnSearch {
  private readonly run: Run;
  private readonly stock: Stock;
  private readonly pricer: Pricer;
  private readonly complete: Complete;
  private readonly master: Master;
  private readonly random: () => number;
  private dives = 0;
  root: Generated | null = null;

  constructor(run: Run, stock: Stock, pricer: Pricer, complete: Complete, known: readonly Pattern[]) {
    this.run = run;
    this.stock = stock;
    this.pricer = pricer;
    this.complete = complete;
    this.random = randomNumbers(run.seed);
    this.master = new Master(run.highs, stock.demands);
    this.master.add(singletons(stock));
    this.master.add(known);
  }

  /** Solves the linear program until `enough` holds, or to the end; null where there was no time for anything. */
  relax(enough: (value: number, bound: number) => boolean): Generated | null {
    const { master, pricer, stock, run } = this;
    master.demand(stock.demands);
    const generated = generate({ master, pricer, demands: stock.demands, secondsLeft: () => secondsLeft(run), enough: ({ value }, bound) => enough(value, bound) });
    this.root = generated !== null && (this.root === null || generated.bound >= this.root.bound) ? generated : this.root;
    return generated;
  }

  /**
   * Dives until a packing into `target` bins is found, or `most` dives or the seconds are over. After a dive in vain the
   * next ones keep the beginning of it, less and less, before one begins anew.
   */
  dive(target: number, most: number, seconds: number): Pattern[] | null {
    const { master, pricer, stock, random, complete } = this;
    const run = slice(this.run, seconds);
    let from: Pattern[] = [];
    for (let count = 0; count < most && secondsLeft(run) > 0; count += 1) {
      const share = keptShares[count % keptShares.length] as number;
      const noise = this.dives === 0 ? 0 : 0.3;
      this.dives += 1;
      const dived = dive({ master, pricer, demands: stock.demands, target, secondsLeft: () => secondsLeft(run), random, noise, complete }, from.slice(0, Math.floor(share * from.length)));
      if ('packing' in dived) return dived.packing;
      if (dived.fixed.length > from.length || share === 0) from = dived.fixed;
    }
    return null;
  }

  /**
   * Lists the patterns that a packing into `target` bins can use at all, by the prices of the linear program, and chooses
   * among them by integer programming (R. Baldacci and others, Math. Programming 115, 2008, for routes). Null also where
   * they are too many.
   */
  settle(target: number, seconds: number): Verdict {
    const { stock, run } = this;
    if (stock.dimensions > 1 || enumerationBytes(stock) > mostBytes) return null;
    const until = slice(run, seconds);
    const generated = this.relax(() => false);
    if (generated === null || !generated.complete) return null;
    const { prices, most } = generated;
    const collected = prices.reduce((sum, price, type) => sum + price * (stock.demands[type] as number), 0);
    const slack = target * most - collected;
    if (slack < 0) return 'impossible';
    const patterns = patternsWorth({ stock, prices, least: most - slack, mostPatterns, until: () => secondsLeft(until) <= 0 });
    if (patterns === null) return null;
    for (const [aim, share] of [['any', 0.2], ['fewest', 0.7], ['any', 1]] as const) {
      const verdict = cover({ run, patterns, demands: stock.demands, bins: target, seconds: secondsLeft(until) * share, aim });
      if (verdict !== null || secondsLeft(until) <= 0) return verdict;
    }
    return null;
  }

  dispose(): void {
    this.master.dispose();
  }
}
