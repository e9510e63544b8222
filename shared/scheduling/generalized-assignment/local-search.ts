import { Chains } from './chains.ts';
import { costOf, roomOf, type Assignment, type Instance } from './instance.ts';
import type { Relaxation } from './relaxation.ts';

/** For each item its agents in order of what the bound says of them, the most promising first. */
export function candidateAgents({ agents, items }: Instance, excess: Float64Array, most: number): Int32Array[] {
  return Array.from({ length: items }, (_, item) => {
    const row = Array.from({ length: agents }, (_, agent) => agent).filter((agent) => Number.isFinite(excess[item * agents + agent]));
    row.sort((one, other) => (excess[item * agents + one] as number) - (excess[item * agents + other] as number));
    return Int32Array.from(row.slice(0, most));
  });
}

/**
 * Shifts and swaps with a price on each unit over capacity that rises while solutions are infeasible and falls while they
 * are not, so that the search walks along the edge of what is feasible (M. Yagiura, T. Ibaraki, F. Glover, An ejection chain
 * approach for the generalized assignment problem, INFORMS J. Computing 16, 2004). After a kick only what touches the agents
 * that changed is looked at again, and a kick that led nowhere is taken back.
 */
export class PenaltySearch {
  readonly #instance: Instance;
  readonly #candidates: Int32Array[];
  /** Items that count an agent among their candidates. */
  readonly #suitors: Int32Array[];
  readonly #random: () => number;
  readonly #penalty: Float64Array;
  /** No price of room goes beyond this, so that what sums of them gain is still told from what they lose by rounding. */
  readonly #mostPenalty: number;
  /** What counts as a gain: less than a cost of one, and more than rounding leaves of sums of this size. */
  readonly #least: number;
  readonly #room: Float64Array;
  readonly #members: Int32Array[];
  readonly #held: Int32Array;
  readonly #slot: Int32Array;
  readonly #dirty: Uint8Array;
  #queue: number[] = [];
  /** Item and former agent of each move since the last settlement, for taking them back. */
  #moves: number[] = [];
  #cost: number;
  #over: number;
  readonly agentOf: Int32Array;
  readonly #chains: Chains | undefined;
  /** Agents that changed since chains were last begun there. */
  readonly #stale: Uint8Array;

  /** Without a relaxation there are no prices to guide chains, and none are made. */
  constructor(instance: Instance, candidates: Int32Array[], start: ArrayLike<number>, random: () => number, relaxation?: Relaxation) {
    const { agents, items, cost, weight } = instance;
    this.#instance = instance;
    this.#candidates = candidates;
    this.#random = random;
    const suitors: number[][] = Array.from({ length: agents }, () => []);
    candidates.forEach((row, item) => row.forEach((agent) => suitors[agent]?.push(item)));
    this.#suitors = suitors.map((each) => Int32Array.from(each));
    this.agentOf = Int32Array.from(start);
    this.#room = roomOf(instance, start);
    this.#members = Array.from({ length: agents }, () => new Int32Array(items));
    this.#held = new Int32Array(agents);
    this.#slot = new Int32Array(items);
    this.#dirty = new Uint8Array(agents);
    this.agentOf.forEach((agent, item) => this.#join(item, agent));
    this.#cost = costOf(instance, start);
    this.#over = this.#room.reduce((sum, room) => sum + Math.max(0, -room), 0);
    const dearest = cost.reduce((most, each) => Math.max(most, each), 1);
    const heaviest = weight.reduce((most, each) => Math.max(most, each), 1);
    this.#penalty = new Float64Array(agents).fill(dearest / heaviest);
    this.#mostPenalty = 1e3 * dearest;
    this.#least = Math.min(0.5, 1e-9 * dearest);
    this.#stale = new Uint8Array(agents).fill(1);
    this.#chains = relaxation && new Chains(instance, relaxation, candidates, this.#suitors, { agentOf: this.agentOf, room: this.#room });
    for (let agent = 0; agent < agents; agent += 1) this.#touch(agent);
  }

  #join(item: number, agent: number): void {
    const at = this.#held[agent] as number;
    (this.#members[agent] as Int32Array)[at] = item;
    this.#slot[item] = at;
    this.#held[agent] = at + 1;
  }

  #leave(item: number, agent: number): void {
    const last = (this.#held[agent] as number) - 1;
    const row = this.#members[agent] as Int32Array;
    const moved = row[last] as number;
    row[this.#slot[item] as number] = moved;
    this.#slot[moved] = this.#slot[item] as number;
    this.#held[agent] = last;
  }

  #touch(agent: number): void {
    if (this.#dirty[agent] === 1) return;
    this.#dirty[agent] = 1;
    this.#queue.push(agent);
  }

  #setRoom(agent: number, room: number): void {
    this.#over += Math.max(0, -room) - Math.max(0, -(this.#room[agent] as number));
    this.#room[agent] = room;
  }

  #move(item: number, to: number): void {
    const { agents, weight, cost } = this.#instance;
    const from = this.agentOf[item] as number;
    const at = item * agents;
    this.#setRoom(from, (this.#room[from] as number) + (weight[at + from] as number));
    this.#setRoom(to, (this.#room[to] as number) - (weight[at + to] as number));
    this.#cost += (cost[at + to] as number) - (cost[at + from] as number);
    this.#leave(item, from);
    this.#join(item, to);
    this.agentOf[item] = to;
  }

  #moveAndNote(item: number, to: number): void {
    const from = this.agentOf[item] as number;
    this.#moves.push(item, from);
    this.#move(item, to);
    this.#touch(from);
    this.#touch(to);
    this.#stale[from] = this.#stale[to] = 1;
  }

  /** Chains between feasible solutions until none makes it cheaper, or `stop` says so; begun at what has changed since the last time. */
  chain(stop: () => boolean): void {
    const { items } = this.#instance;
    const chains = this.#chains;
    if (chains === undefined) return;
    for (let improved = this.feasible; improved && !stop(); ) {
      improved = false;
      const stale = this.#stale.slice();
      this.#stale.fill(0);
      const begin = Math.floor(this.#random() * items);
      for (let step = 0; step < items; step += 1) {
        const item = (begin + step) % items;
        if (stale[this.agentOf[item] as number] === 0) continue;
        if (step % 64 === 0 && stop()) return;
        while (chains.find(item)) {
          const { links } = chains;
          for (let at = links.length - 2; at >= 0; at -= 2) this.#moveAndNote(links[at] as number, links[at + 1] as number);
          improved = true;
        }
      }
    }
  }

  #dues(agent: number, room: number): number {
    return room < 0 ? -room * (this.#penalty[agent] as number) : 0;
  }

  /** The best shift or swap of an item to an agent; makes it and answers true if it improves. */
  #improve(item: number, to: number): boolean {
    const { agents, cost, weight } = this.#instance;
    const from = this.agentOf[item] as number;
    if (from === to) return false;
    const at = item * agents;
    const dues = this.#dues(from, this.#room[from] as number) + this.#dues(to, this.#room[to] as number);
    const there = (cost[at + to] as number) - (cost[at + from] as number) - dues;
    const freed = (this.#room[from] as number) + (weight[at + from] as number);
    const left = (this.#room[to] as number) - (weight[at + to] as number);
    let least = there + this.#dues(from, freed) + this.#dues(to, left);
    let partner = -1;
    const row = this.#members[to] as Int32Array;
    for (let index = 0; index < (this.#held[to] as number); index += 1) {
      const other = row[index] as number;
      const place = other * agents;
      const change =
        there +
        (cost[place + from] as number) -
        (cost[place + to] as number) +
        this.#dues(from, freed - (weight[place + from] as number)) +
        this.#dues(to, left + (weight[place + to] as number));
      if (change < least) [least, partner] = [change, other];
    }
    if (!(least < -this.#least)) return false;
    this.#moveAndNote(item, to);
    if (partner >= 0) this.#moveAndNote(partner, from);
    return true;
  }

  #improveAround(agent: number): boolean {
    let improved = false;
    const row = this.#members[agent] as Int32Array;
    for (let index = 0; index < (this.#held[agent] as number); index += 1) {
      const item = row[index] as number;
      for (const to of this.#candidates[item] as Int32Array) {
        if (!this.#improve(item, to)) continue;
        improved = true;
        break;
      }
    }
    for (const item of this.#suitors[agent] as Int32Array) improved = this.#improve(item, agent) || improved;
    return improved;
  }

  /** Improves around the agents that changed until nothing does, or `stop` says so; where chains follow, only until all fits: they find what is left. */
  descend(stop: () => boolean): void {
    for (let agent = this.#queue.pop(); agent !== undefined; agent = this.#queue.pop()) {
      this.#dirty[agent] = 0;
      while (this.#improveAround(agent) && !stop());
      if (stop() || (this.#chains !== undefined && this.feasible)) return;
    }
  }

  /** Gives an item that is not at its best to one of its first candidates, whether it fits or not, and once more from there. */
  kick(strength: number): void {
    for (let move = 0; move < strength; move += 1) {
      const item = Math.floor(this.#random() * this.#instance.items);
      const row = this.#candidates[item] as Int32Array;
      const to = row[Math.floor(this.#random() ** 2 * row.length)] as number;
      if (to !== this.agentOf[item]) this.#moveAndNote(item, to);
    }
  }

  get cost(): number {
    return this.#cost;
  }

  get feasible(): boolean {
    return this.#over === 0;
  }

  /** Makes room dearer where it is short, and cheaper everywhere when nothing is. */
  reprice(): void {
    for (let agent = 0; agent < this.#penalty.length; agent += 1) {
      const short = (this.#room[agent] as number) < 0;
      const factor = this.feasible ? 0.97 : short ? 1.2 : 1;
      if (short) this.#touch(agent);
      this.#penalty[agent] = Math.min(this.#mostPenalty, Math.max(1e-3, (this.#penalty[agent] as number) * factor));
    }
  }

  /** Keeps all moves since the last settlement, or takes them back. */
  settle(keep: boolean): void {
    if (!keep) {
      for (let at = this.#moves.length - 2; at >= 0; at -= 2) this.#move(this.#moves[at] as number, this.#moves[at + 1] as number);
    }
    this.#moves = [];
  }

  snapshot(): Assignment {
    return { agentOf: Int32Array.from(this.agentOf), cost: costOf(this.#instance, this.agentOf) };
  }
}
