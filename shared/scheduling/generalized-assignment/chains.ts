import type { Instance } from './instance.ts';
import { relaxationScale, type Relaxation } from './relaxation.ts';

/** How many items are tried at each link of a chain: many at the first, where it matters most. */
const widths = [5, 4, 3, 2, 1, 1, 1, 1] as const;
/** Costs are integers: whatever gains more than this gains one. */
const least = 0.5;

/** Where the items are; a search changes it for the time of a look and leaves it as it was. */
interface Position {
  agentOf: Int32Array;
  room: Float64Array;
}

/** The items that count an agent among their candidates, those that lose least there first, and what they lose and weigh. */
interface Suitors {
  items: Int32Array;
  excess: Float64Array;
  weight: Float64Array;
}

/**
 * Ejection chains between feasible solutions: an item leaves its agent, another takes the room that it leaves, a third that one's room,
 * and so on, until the first finds a place. By the prices of capacity, what a solution costs above the bound is the excess of each item at
 * its agent and the price of all room left over; a chain goes on only while it has gained by that (M. Yagiura, T. Ibaraki, F. Glover, A path
 * relinking approach with ejection chains for the generalized assignment problem, European J. Operational Research 169, 2006; the rule of
 * gain after S. Lin, B. Kernighan, Operations Research 21, 1973). It fills agents to the brim, where shifts and swaps find nothing that fits.
 */
export class Chains {
  readonly #instance: Instance;
  readonly #excess: Float64Array;
  readonly #price: Float64Array;
  readonly #candidates: readonly Int32Array[];
  readonly #suitors: readonly Suitors[];
  readonly #position: Position;
  /** Items that a chain has moved already. */
  readonly #used: Uint8Array;
  readonly #tops = widths.map((width) => ({ items: new Int32Array(width), gains: new Float64Array(width) }));
  #first = 0;
  /** What no item's excess, and no agent's room at its price, is more than. */
  #mostHeld = 0;
  #mostRoom = 0;
  /** The chain that was found, its last link first: an item and its new agent each. */
  readonly links: number[] = [];

  /** `suitors`: for each agent the items that count it among their candidates. */
  constructor(instance: Instance, { excess, capacityPrices }: Pick<Relaxation, 'excess' | 'capacityPrices'>, candidates: readonly Int32Array[], suitors: readonly Int32Array[], position: Position) {
    [this.#instance, this.#candidates, this.#position] = [instance, candidates, position];
    const { agents, weight } = instance;
    this.#excess = excess.map((each) => each / relaxationScale);
    this.#suitors = suitors.map((row, agent) => {
      const items = Int32Array.from(row).sort((one, other) => (excess[one * agents + agent] as number) - (excess[other * agents + agent] as number));
      const of = (values: Float64Array) => Float64Array.from(items, (item) => values[item * agents + agent] as number);
      return { items, excess: of(this.#excess), weight: of(weight) };
    });
    this.#price = Float64Array.from(capacityPrices);
    this.#used = new Uint8Array(instance.items);
  }

  /** Reads anew how much an item, and the room at an agent, can bring at most. */
  #refresh(): void {
    const { agents, items } = this.#instance;
    const { agentOf, room } = this.#position;
    this.#mostHeld = 0;
    this.#mostRoom = 0;
    for (let item = 0; item < items; item += 1) this.#mostHeld = Math.max(this.#mostHeld, this.#excess[item * agents + (agentOf[item] as number)] as number);
    for (let agent = 0; agent < agents; agent += 1) this.#mostRoom = Math.max(this.#mostRoom, (this.#price[agent] as number) * (room[agent] as number));
  }

  /** Whether a chain that begins with an item makes a feasible solution cheaper; `links` has it. */
  find(item: number): boolean {
    const { agents, weight } = this.#instance;
    const agent = this.#position.agentOf[item] as number;
    const at = item * agents + agent;
    const room = this.#position.room[agent] as number;
    const begin = (this.#excess[at] as number) + (this.#price[agent] as number) * room;
    this.#refresh();
    this.#first = item;
    this.links.length = 0;
    this.#used[item] = 1;
    const found = this.#extend(0, agent, room + (weight[at] as number), begin);
    this.#used[item] = 0;
    return found;
  }

  /** `free`: room at the agent that was left last; `gain`: so far, what will be left over there not yet counted. */
  #extend(level: number, agent: number, free: number, gain: number): boolean {
    if (this.#close(agent, free, gain)) return true;
    const top = this.#tops[level];
    if (top === undefined) return false;
    const held = this.#rank(top, agent, free, gain);
    const { agents, weight } = this.#instance;
    const { agentOf, room } = this.#position;
    const before = room[agent] as number;
    for (let index = 0; index < held; index += 1) {
      const item = top.items[index] as number;
      const from = agentOf[item] as number;
      const at = item * agents;
      room[agent] = free - (weight[at + agent] as number);
      this.#mostRoom = Math.max(this.#mostRoom, (this.#price[agent] as number) * (room[agent] as number));
      agentOf[item] = agent;
      this.#used[item] = 1;
      const found = this.#extend(level + 1, from, (room[from] as number) + (weight[at + from] as number), top.gains[index] as number);
      this.#used[item] = 0;
      agentOf[item] = from;
      room[agent] = before;
      if (!found) continue;
      this.links.push(item, agent);
      return true;
    }
    return false;
  }

  /** The items that fit into the room and gain most by taking it; answers how many there are. */
  #rank({ items, gains }: { items: Int32Array; gains: Float64Array }, agent: number, free: number, gain: number): number {
    const { agents } = this.#instance;
    const { agentOf, room } = this.#position;
    const [price, excess, used] = [this.#price, this.#excess, this.#used];
    const priceHere = price[agent] as number;
    const suitors = this.#suitors[agent] as Suitors;
    const most = this.#mostHeld + this.#mostRoom;
    let held = 0;
    let worst = least;
    for (let index = 0; index < suitors.items.length; index += 1) {
      const before = gain - (suitors.excess[index] as number);
      if (before + most <= worst) break;
      const left = free - (suitors.weight[index] as number);
      if (left < 0 || before + most - priceHere * left <= worst) continue;
      const item = suitors.items[index] as number;
      const from = agentOf[item] as number;
      if (from === agent || used[item] === 1) continue;
      const value = before - priceHere * left + (excess[item * agents + from] as number) + (price[from] as number) * (room[from] as number);
      if (value <= worst) continue;
      let place = held < items.length ? held++ : held - 1;
      for (; place > 0 && (gains[place - 1] as number) < value; place -= 1) {
        gains[place] = gains[place - 1] as number;
        items[place] = items[place - 1] as number;
      }
      gains[place] = value;
      items[place] = item;
      if (held === items.length) worst = gains[held - 1] as number;
    }
    return held;
  }

  /** Whether the first item finds a place, at the agent that was left last or at one with room, so that all in all something is gained. */
  #close(agent: number, free: number, gain: number): boolean {
    const { agents, weight } = this.#instance;
    const [item, price] = [this.#first, this.#price];
    for (const to of this.#candidates[item] as Int32Array) {
      const at = item * agents + to;
      const size = weight[at] as number;
      const room = to === agent ? free : (this.#position.room[to] as number);
      // The room that is left over at the agent that was left last is paid for now; elsewhere it was before.
      const total = gain - (price[agent] as number) * free - (this.#excess[at] as number) + (price[to] as number) * size;
      if (room < size || total <= least) continue;
      this.links.push(item, to);
      return true;
    }
    return false;
  }
}
