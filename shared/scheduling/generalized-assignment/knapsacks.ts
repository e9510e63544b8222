import type { Instance } from './instance.ts';

/** Prices are multiples of 1/2^10, so that profits and the sums of the knapsacks are exact integers in a double. */
export const priceScale = 2 ** 10;
/** Cells of a knapsack's table; above them the dynamic program is too large to keep. */
const largestTable = 60_000_000;

/** What the knapsacks say at certain prices. */
export interface Priced {
  /** True lower bound, in units of 1/2^10. */
  scaledBound: number;
  /** `taken[agent]`: the items in that agent's knapsack. */
  taken: Int32Array[];
  /** How often each item was taken. */
  times: Int32Array;
}

/**
 * The relaxation that drops "each item once" and prices it instead: a knapsack for each agent, solved by dynamic programming
 * (R. Bellman, Dynamic Programming, 1957). For any prices, their sum less the profits is a true lower bound.
 */
export class Knapsacks {
  readonly #instance: Instance;
  readonly #cost: Float64Array[];
  readonly #weight: Int32Array[];
  readonly #best: Float64Array;
  readonly #chosen: Uint8Array;
  readonly #useful: Int32Array;
  readonly #profit: Float64Array;

  constructor(instance: Instance) {
    const { agents, items, cost, weight, capacity } = instance;
    this.#instance = instance;
    const column = (from: Float64Array, agent: number, factor: number) => Float64Array.from({ length: items }, (_, item) => (from[item * agents + agent] as number) * factor);
    this.#cost = Array.from({ length: agents }, (_, agent) => column(cost, agent, priceScale));
    this.#weight = Array.from({ length: agents }, (_, agent) => Int32Array.from(column(weight, agent, 1)));
    const widest = capacity.reduce((most, each) => Math.max(most, each), 0) + 1;
    this.#best = new Float64Array(widest);
    this.#chosen = new Uint8Array(widest * items);
    this.#useful = new Int32Array(items);
    this.#profit = new Float64Array(items);
  }

  /** Whether the tables can be kept. */
  static fits({ capacity, items }: Instance): boolean {
    return (capacity.reduce((most, each) => Math.max(most, each), 0) + 1) * items <= largestTable;
  }

  /** Items that pay at these prices, and their number. */
  #collect(agent: number, prices: Float64Array): number {
    const [cost, weight] = [this.#cost[agent] as Float64Array, this.#weight[agent] as Int32Array];
    const most = this.#instance.capacity[agent] as number;
    let count = 0;
    for (let item = 0; item < prices.length; item += 1) {
      const gain = (prices[item] as number) - (cost[item] as number);
      this.#profit[item] = gain;
      if (gain > 0 && (weight[item] as number) <= most) this.#useful[count++] = item;
    }
    return count;
  }

  /** The most profitable items for one agent, and what they bring. */
  #solve(agent: number, prices: Float64Array): { taken: Int32Array; gain: number } {
    const weight = this.#weight[agent] as Int32Array;
    const most = this.#instance.capacity[agent] as number;
    const width = most + 1;
    const count = this.#collect(agent, prices);
    const [best, chosen, useful] = [this.#best, this.#chosen, this.#useful];
    best.fill(0, 0, width);
    chosen.fill(0, 0, width * count);
    let filled = 0;
    for (let row = 0; row < count; row += 1) {
      const item = useful[row] as number;
      const [size, gain] = [weight[item] as number, this.#profit[item] as number];
      const top = Math.min(most, filled + size);
      for (let room = filled + 1; room <= top; room += 1) best[room] = best[filled] as number;
      filled = top;
      for (let room = top; room >= size; room -= 1) {
        const withItem = (best[room - size] as number) + gain;
        if (withItem > (best[room] as number)) {
          best[room] = withItem;
          chosen[row * width + room] = 1;
        }
      }
    }
    const taken: number[] = [];
    let room = filled;
    for (let row = count - 1; row >= 0; row -= 1) {
      if (chosen[row * width + room] !== 1) continue;
      taken.push(useful[row] as number);
      room -= weight[useful[row] as number] as number;
    }
    return { taken: Int32Array.from(taken), gain: best[filled] as number };
  }

  price(prices: Float64Array): Priced {
    const times = new Int32Array(prices.length);
    let scaledBound = prices.reduce((sum, price) => sum + price, 0);
    const taken = Array.from(this.#instance.capacity, (_, agent) => {
      const { taken, gain } = this.#solve(agent, prices);
      scaledBound -= gain;
      for (const item of taken) times[item] = (times[item] as number) + 1;
      return taken;
    });
    return { scaledBound, taken, times };
  }

  /**
   * What an agent's knapsack brings when an item has to be in it, or must not be: `[in, out]` for each item. Tables from the front
   * and from the back meet at each item, so that all of them cost no more than two knapsacks.
   */
  forced(agent: number, prices: Float64Array): { gain: number; inside: Float64Array; outside: Float64Array } {
    const weight = this.#weight[agent] as Int32Array;
    const most = this.#instance.capacity[agent] as number;
    const width = most + 1;
    const count = this.#collect(agent, prices);
    const useful = this.#useful.slice(0, count);
    const front = tables(useful, weight, this.#profit, width);
    const back = tables(useful.slice().reverse(), weight, this.#profit, width);
    const whole = front.subarray(count * width, (count + 1) * width);
    const gain = whole[most] as number;
    const inside = new Float64Array(prices.length).fill(-Infinity);
    const outside = new Float64Array(prices.length).fill(gain);
    for (let item = 0; item < prices.length; item += 1) {
      const left = most - (weight[item] as number);
      if (left >= 0) inside[item] = (whole[left] as number) + (this.#profit[item] as number);
    }
    useful.forEach((item, row) => {
      const before = front.subarray(row * width, (row + 1) * width);
      const after = back.subarray((count - 1 - row) * width, (count - row) * width);
      const without = (room: number) => {
        let sum = 0;
        for (let used = 0; used <= room; used += 1) sum = Math.max(sum, (before[used] as number) + (after[room - used] as number));
        return sum;
      };
      outside[item] = without(most);
      inside[item] = without(most - (weight[item] as number)) + (this.#profit[item] as number);
    });
    return { gain, inside, outside };
  }
}

/** Row k: the best of the first k items for each room. */
function tables(useful: Int32Array, weight: Int32Array, profit: Float64Array, width: number): Float64Array {
  const all = new Float64Array((useful.length + 1) * width);
  useful.forEach((item, row) => {
    const [size, gain] = [weight[item] as number, profit[item] as number];
    const [from, to] = [row * width, (row + 1) * width];
    for (let room = 0; room < width; room += 1) {
      const kept = all[from + room] as number;
      all[to + room] = room >= size ? Math.max(kept, (all[from + room - size] as number) + gain) : kept;
    }
  });
  return all;
}
