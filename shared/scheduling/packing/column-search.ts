import { randomNumbers } from '../random.ts';
import { secondsLeft, slice, type Run } from '../run.ts';
import { generate, priceScale, type Generated } from './column-generation.ts';
import { cover, type Verdict } from './covering.ts';
import { dive } from './diving.ts';
import { patternsWorth } from './enumeration.ts';
import { Master, type Relaxed } from './master.ts';
import { probe } from './probing.ts';
import type { Pricer } from './pricing.ts';
import { fitsBin, type Pattern, type Stock } from './stock.ts';

/** How many patterns are looked at one by one. */
const mostProbes = 1500;
/** A price below this share of a bin is none. */
const freely = priceScale / 1e5;

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
  /** What the last dive in vain had fixed when it gave up. */
  fixed: Pattern[] = [];
  root: Generated | null = null;

  constructor(run: Run, stock: Stock, pricer: Pricer, complete: Complete, known: readonly Pattern[]) {
    this.run = run;
    this.stock = stock;
    this.pricer = pricer;
    this.complete = complete;
    this.random = randomNumbers(run.seed);
    this.master = new Master(run.highs, stock.demands);
    this.master.add(singletons(stock));
    // Patterns of a larger bin may be among them.
    this.master.add(known.filter((pattern) => fitsBin(stock, pattern)));
  }

  /** Solves the linear program until `enough` holds, or to the end; null where there was no time for anything. */
  relax(enough: (value: number, bound: number) => boolean): Generated | null {
    const { master, pricer, stock, run } = this;
    master.demand(stock.demands);
    const generated = generate({ master, pricer, demands: stock.demands, smooth: stock.dimensions === 1, secondsLeft: () => secondsLeft(run), enough: ({ value }, bound) => enough(value, bound) });
    this.root = generated !== null && (this.root === null || generated.bound >= this.root.bound) ? generated : this.root;
    return generated;
  }

  /** The patterns that a solution of the linear program uses. */
  used({ uses }: Relaxed): Pattern[] {
    return this.master.patterns.filter((_, index) => (uses[index] ?? 0) > 1e-9);
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
      const atOnce = stock.dimensions === 1 ? 1 : 1 + Math.floor(target / 40);
      const noise = this.dives === 0 ? 0 : 0.3;
      this.dives += 1;
      const dived = dive({ master, pricer, demands: stock.demands, target, secondsLeft: () => secondsLeft(run), random, noise, atOnce, complete }, from.slice(0, Math.floor(share * from.length)));
      if ('packing' in dived) return dived.packing;
      this.fixed = dived.fixed;
      if (dived.fixed.length > from.length || share === 0) from = dived.fixed;
    }
    return null;
  }

  /**
   * The patterns that a packing into `target` bins can use at all, by the prices of the linear program (R. Baldacci and
   * others, Math. Programming 115, 2008, for routes); null where there are more than `most`. Types without a price would
   * go with everything: asking for a little more of them makes prices of nearly the same bound that know them too.
   */
  private usable(target: number, most: number, until: () => boolean): Pattern[] | 'impossible' | null {
    const { stock, master, pricer, run } = this;
    const { demands } = stock;
    let prices = this.relax(() => false)?.prices;
    for (const more of [0, 0.002, 0.01]) {
      const asked = Float64Array.from(demands, (demand, type) => ((prices?.[type] ?? 0) < freely ? demand + more : demand));
      master.demand(asked);
      const generated = generate({ master, pricer, demands, asked, smooth: true, secondsLeft: () => secondsLeft(run), enough: () => false });
      if (generated === null || !generated.complete) return null;
      prices ??= generated.prices;
      const collected = generated.prices.reduce((sum, price, type) => sum + price * (demands[type] as number), 0);
      const slack = target * generated.most - collected;
      if (slack < 0) return 'impossible';
      const patterns = patternsWorth({ stock, prices: generated.prices, least: generated.most - slack, mostPatterns: most, until });
      if (patterns !== null || until() || prices.every((price) => price >= freely)) return patterns;
    }
    return null;
  }

  /** Packs into `target` bins, or proves that impossible, by choosing among at most `most` patterns; null where they are more. */
  settle(target: number, most: number, seconds: number): Verdict {
    const { stock, run } = this;
    if (stock.dimensions > 1) return null;
    const inner = slice(run, seconds);
    const until = () => secondsLeft(inner) <= 0;
    const usable = this.usable(target, most, until);
    if (usable === null || usable === 'impossible') return usable;
    const patterns = usable.length > mostProbes ? usable : probe(run.highs, usable, stock.demands, target, until);
    if (patterns === 'impossible') return patterns;
    for (const [aim, share] of [['any', 0.3], ['fewest', 0.7], ['any', 1]] as const) {
      if (until()) return null;
      const verdict = cover({ run, patterns, demands: stock.demands, bins: target, seconds: secondsLeft(inner) * share, aim });
      if (verdict !== null) return verdict;
    }
    return null;
  }

  dispose(): void {
    this.master.dispose();
  }
}
