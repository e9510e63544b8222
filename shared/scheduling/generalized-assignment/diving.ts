import type { Instance } from './instance.ts';
import type { Relaxation } from './relaxation.ts';
import { Wants } from './wants.ts';

/** Weight of the latest knapsacks in their average. */
const fresh = 0.1;
/** The fewer agents are open, the quicker a look and the more they have to agree: looks grow, up to so many. */
const mostLooks = 150;

export interface DiveOptions {
  random: () => number;
  stop: () => boolean;
  /** Looks at all knapsacks before the first agent is settled, and after each of so many agents as there are. */
  looks: { first: number; each: number };
}

/**
 * Settles one agent after the other with the whole of its knapsack, each time the one whose knapsack the prices agree on most, and lets
 * the prices of the remaining items adjust before the next (a dive of column generation, R. Sadykov, F. Vanderbeck, A. Pessoa, I. Tahiri,
 * E. Uchoa, INFORMS J. Computing 31, 2019, with the volume algorithm of F. Barahona and R. Anbil, Mathematical Programming 87, 2000, in the
 * place of its linear programs). Nearly every agent ends up full to the brim, which shifts and swaps seldom reach.
 */
export class Diver {
  readonly #instance: Instance;
  readonly #relaxation: Relaxation;
  readonly #wants: Wants;
  readonly #meanPrice: number;
  /** Shares of the averaged knapsacks, `[item * agents + agent]`. */
  readonly #share: Float64Array;
  readonly #average: Float64Array;
  readonly #times: Float64Array;
  readonly #trial: Float64Array;
  /** The best prices of the last look at what was open, and where each dive begins. */
  readonly #prices: Float64Array;
  readonly #firstPrices: Float64Array;
  #patterns: number[][] = [];
  #left: Int32Array = new Int32Array();
  #open: number[] = [];
  readonly #isLeft: Uint8Array;

  constructor(instance: Instance, relaxation: Relaxation) {
    const { agents, items } = instance;
    [this.#instance, this.#relaxation, this.#wants] = [instance, relaxation, new Wants(instance)];
    this.#share = new Float64Array(agents * items);
    this.#average = new Float64Array(items);
    this.#times = new Float64Array(items);
    this.#prices = Float64Array.from(relaxation.itemPrices ?? new Float64Array(items));
    this.#firstPrices = this.#prices.slice();
    this.#trial = new Float64Array(items);
    this.#isLeft = new Uint8Array(items);
    this.#meanPrice = Math.max(1e-9, this.#prices.reduce((sum, price) => sum + price, 0) / items);
  }

  /** Solves all open knapsacks at the trial prices and averages them in; answers the bound for what is open. */
  #look(weightOfNow: number): { bound: number; patterns: number[][] } {
    const { agents } = this.#instance;
    const [share, times, left] = [this.#share, this.#times, this.#left];
    let bound = 0;
    for (const item of left) {
      times[item] = 0;
      bound += this.#trial[item] as number;
    }
    const patterns: number[][] = [];
    for (const agent of this.#open) {
      const found = this.#wants.solve(agent, this.#trial, this.#isLeft);
      bound -= found.gain;
      patterns[agent] = found.items;
      for (const item of left) share[item * agents + agent] = (share[item * agents + agent] as number) * (1 - weightOfNow);
      for (const item of found.items) {
        times[item] = (times[item] as number) + 1;
        share[item * agents + agent] = (share[item * agents + agent] as number) + weightOfNow;
      }
    }
    return { bound, patterns };
  }

  /** Takes the latest knapsacks into the average; answers how far that is from taking each item once. */
  #averageIn(weightOfNow: number): number {
    let distance = 0;
    for (const item of this.#left) {
      this.#average[item] = (this.#average[item] as number) * (1 - weightOfNow) + weightOfNow * (this.#times[item] as number);
      distance += (1 - (this.#average[item] as number)) ** 2;
    }
    return distance;
  }

  #adjust(count: number, begin: number, stop: () => boolean): void {
    let [factor, still, best] = [begin, 0, -Infinity];
    this.#trial.set(this.#prices);
    for (let step = 0; step < count && (step === 0 || !stop()); step += 1) {
      const weightOfNow = step === 0 ? 1 : fresh;
      const { bound, patterns } = this.#look(weightOfNow);
      const distance = this.#averageIn(weightOfNow);
      if (bound > best) {
        if (bound > best + 0.5) factor = Math.min(2, factor * 1.1);
        this.#prices.set(this.#trial);
        [best, this.#patterns, still] = [bound, patterns, 0];
      } else {
        still += 1;
        if (still >= 8) [factor, still] = [factor * 0.66, 0];
      }
      if (distance < 1e-9) return;
      const length = (factor * Math.max(1, 0.0005 * Math.abs(this.#relaxation.bound))) / distance;
      for (const item of this.#left) this.#trial[item] = (this.#prices[item] as number) + length * (1 - (this.#average[item] as number));
    }
  }

  /** How much of an agent's knapsack the others leave to it, less what room it wastes. */
  #promise(agent: number): number {
    const { agents, capacity, weight } = this.#instance;
    const pattern = this.#patterns[agent] as number[];
    if (pattern.length === 0) return -Infinity;
    let [agreed, load] = [0, 0];
    for (const item of pattern) {
      agreed += this.#share[item * agents + agent] as number;
      load += weight[item * agents + agent] as number;
    }
    const waste = (((capacity[agent] as number) - load) * (this.#relaxation.capacityPrices[agent] as number)) / this.#meanPrice;
    return agreed / pattern.length - waste;
  }

  /** Gives the items that are at none (−1) in `agentOf` to the agents in `open`, which are empty; what finds no place stays at −1. */
  dive(agentOf: Int32Array, open: readonly number[], { random, stop, looks }: DiveOptions): void {
    this.#open = [...open];
    this.#prices.set(this.#firstPrices);
    agentOf.forEach((agent, item) => (this.#isLeft[item] = agent === -1 ? 1 : 0));
    let listed = Infinity;
    for (let count = looks.first; this.#open.length > 0 && !stop(); count = Math.min(mostLooks, Math.ceil((looks.each * this.#instance.agents) / this.#open.length))) {
      this.#left = Int32Array.from(agentOf.keys()).filter((item) => agentOf[item] === -1);
      if (this.#open.length < 0.6 * listed) {
        this.#wants.list(this.#open, this.#isLeft, this.#relaxation.excess);
        listed = this.#open.length;
      }
      this.#adjust(count, count === looks.first ? 0.1 : 0.05, stop);
      const ranked = this.#open.map((agent) => ({ agent, score: this.#promise(agent) + 0.05 * random() }));
      const { agent, score } = ranked.reduce((first, each) => (each.score > first.score ? each : first));
      if (score === -Infinity) break;
      for (const item of this.#patterns[agent] as number[]) {
        agentOf[item] = agent;
        this.#isLeft[item] = 0;
      }
      this.#open.splice(this.#open.indexOf(agent), 1);
    }
  }
}
