import type { Instance } from './instance.ts';

/** Cells of an agent's table above which looking at all agents takes too long to do it hundreds of times. */
const largestTable = 400_000;

/** Items that an agent's knapsack may choose from. */
const wanted = ({ agents, items }: Instance): number => Math.min(items, Math.max(40, Math.ceil((4 * items) / agents)));

export const canDive = (instance: Instance): boolean => instance.capacity.every((each) => (each + 1) * wanted(instance) <= largestTable);

/** A knapsack of the few items that an agent may want at all, as the price of capacity tells. */
export class Wants {
  readonly #instance: Instance;
  readonly #table: Float64Array;
  readonly #taken: Uint8Array;
  readonly #useful: Int32Array;
  readonly #gain: Float64Array;
  #lists: Int32Array[] = [];

  constructor(instance: Instance) {
    const most = wanted(instance);
    const widest = instance.capacity.reduce((greatest, each) => Math.max(greatest, each), 0) + 1;
    this.#instance = instance;
    this.#table = new Float64Array(widest);
    this.#taken = new Uint8Array(widest * most);
    this.#useful = new Int32Array(most);
    this.#gain = new Float64Array(most);
  }

  /** Keeps for each open agent the items nearest to being worth it. */
  list(open: number[], left: Uint8Array, excess: Float64Array): void {
    const { agents, weight, capacity } = this.#instance;
    const items = Array.from(left.keys()).filter((item) => left[item] === 1);
    for (const agent of open) {
      const able = items.filter((item) => (weight[item * agents + agent] as number) <= (capacity[agent] as number));
      able.sort((one, other) => (excess[one * agents + agent] as number) - (excess[other * agents + agent] as number));
      this.#lists[agent] = Int32Array.from(able.slice(0, this.#useful.length));
    }
  }

  /** The best items for an agent at these prices of items, and what they bring (R. Bellman's table, row by row). */
  solve(agent: number, prices: Float64Array, left: Uint8Array): { items: number[]; gain: number } {
    const { agents, cost, weight, capacity } = this.#instance;
    const [table, taken, useful, gains] = [this.#table, this.#taken, this.#useful, this.#gain];
    const most = capacity[agent] as number;
    const width = most + 1;
    let rows = 0;
    for (const item of this.#lists[agent] as Int32Array) {
      const gain = (prices[item] as number) - (cost[item * agents + agent] as number);
      if (left[item] === 0 || gain <= 0) continue;
      useful[rows] = item;
      gains[rows++] = gain;
    }
    table.fill(0, 0, width);
    taken.fill(0, 0, rows * width);
    for (let row = 0; row < rows; row += 1) {
      const [size, gain] = [weight[(useful[row] as number) * agents + agent] as number, gains[row] as number];
      for (let room = most, at = row * width + most; room >= size; room -= 1, at -= 1) {
        const withItem = (table[room - size] as number) + gain;
        if (withItem > (table[room] as number)) {
          table[room] = withItem;
          taken[at] = 1;
        }
      }
    }
    const items: number[] = [];
    for (let row = rows - 1, room = most; row >= 0; row -= 1) {
      if (taken[row * width + room] !== 1) continue;
      items.push(useful[row] as number);
      room -= weight[(useful[row] as number) * agents + agent] as number;
    }
    return { items, gain: table[most] as number };
  }
}
