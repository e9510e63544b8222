import { CoreKnapsack } from './core-knapsack.ts';
import type { Instance } from './instance.ts';

/** Places above which looking at all agents takes too long to do it hundreds of times. */
const mostPlaces = 100_000;

/** Prices and costs are of such a size that less than this is no gain. */
const least = 1e-6;

/** Items that an agent's knapsack may choose from. */
const wanted = ({ agents, items }: Instance): number => Math.min(items, Math.max(40, Math.ceil((4 * items) / agents)));

export const canDive = ({ agents, items }: Instance): boolean => agents * items <= mostPlaces;

/** A knapsack of the few items that an agent may want at all, as the price of capacity tells. */
export class Wants {
  readonly #instance: Instance;
  readonly #most: number;
  readonly #knapsack: CoreKnapsack;
  #lists: Int32Array[] = [];
  #last: number[][] = [];

  constructor(instance: Instance) {
    this.#instance = instance;
    this.#most = wanted(instance);
    this.#knapsack = new CoreKnapsack(this.#most);
  }

  /** Keeps for each open agent the items nearest to being worth it. */
  list(open: number[], left: Uint8Array, excess: Float64Array): void {
    const { agents, weight, capacity } = this.#instance;
    const items = Array.from(left.keys()).filter((item) => left[item] === 1);
    for (const agent of open) {
      const able = items.filter((item) => (weight[item * agents + agent] as number) <= (capacity[agent] as number));
      able.sort((one, other) => (excess[one * agents + agent] as number) - (excess[other * agents + agent] as number));
      this.#lists[agent] = Int32Array.from(able.slice(0, this.#most));
    }
  }

  /** The best items for an agent at these prices of items, and what they bring. */
  solve(agent: number, prices: Float64Array, left: Uint8Array): { items: number[]; gain: number } {
    const { agents, cost, weight, capacity } = this.#instance;
    this.#knapsack.begin(capacity[agent] as number, least);
    for (const item of this.#lists[agent] as Int32Array) {
      const gain = (prices[item] as number) - (cost[item * agents + agent] as number);
      if (left[item] === 1 && gain > 0) this.#knapsack.add(item, weight[item * agents + agent] as number, gain);
    }
    // What was best a moment ago seldom is much worse now, and spares most of the search.
    const last = this.#last[agent] ?? [];
    let known = last.length === 0 ? -1 : 0;
    for (const item of last) known += left[item] === 1 ? (prices[item] as number) - (cost[item * agents + agent] as number) : -Infinity;
    const found = this.#knapsack.solve(known) ?? { items: last, gain: known };
    this.#last[agent] = found.items;
    return found;
  }
}
