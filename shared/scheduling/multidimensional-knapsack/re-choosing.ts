import type { Core } from './core.ts';

const fewest = 12;
const greatest = 40;
/** Nodes of one look; a look that needs more has too many items. */
const mostNodes = 20_000;
/** How the greatest loss that a step may take grows while there is no step, and shrinks after one. */
const [grow, shrink] = [1.3, 0.5];
/** Steps without anything better, and the share of the best that may be lost, before the walk goes home. */
const [patience, deepest] = [3000, 0.006];

/**
 * Chooses some items anew, by depth-first enumeration: those whose reduced gain is greatest first, cut off where the bound of the prices
 * says that nothing better can come (Y. Vimont, S. Boussier, M. Vasquez, J. Combinatorial Optimization 15, 2008, on changing subsets of the
 * items in doubt). Takes the best choice other than the one at hand, even a worse one, and so walks on.
 */
export class ReChoosing {
  readonly #core: Core;
  readonly #random: () => number;
  readonly #rooms: Float64Array;
  readonly #places = new Int32Array(greatest);
  readonly #before = new Uint8Array(greatest);
  readonly #picked = new Uint8Array(greatest);
  readonly #found = new Uint8Array(greatest);
  /** Profit of all places from a depth on. */
  readonly #rest = new Float64Array(greatest + 1);
  readonly #doubt: Float64Array;
  readonly #order: Int32Array;
  readonly #home: Uint8Array;
  readonly #spread: number;
  #size: number;
  #cut = 0;
  #nodes = 0;
  #isFound = false;
  #loss = 1;
  #still = 0;
  #looks = 0;
  #whole = 0;
  best: number;

  /** `spread`: how far from the prices' order, in units of profit, items may be drawn. */
  constructor(core: Core, spread: number, random: () => number) {
    [this.#core, this.#spread, this.#random] = [core, spread, random];
    this.#rooms = new Float64Array((greatest + 1) * core.constraints);
    this.#doubt = new Float64Array(core.items.length);
    this.#order = Int32Array.from(core.items.keys());
    this.#home = core.chosen.slice();
    this.best = core.profit;
    this.#size = Math.min(core.items.length, 24);
  }

  /** Goes through the choices below a depth; false where there are too many. */
  #descend(depth: number, level: number, profit: number, bound: number, changed: boolean): boolean {
    if (depth === this.#size) {
      if (changed && profit > this.#cut) {
        [this.#cut, this.#isFound] = [profit, true];
        this.#found.set(this.#picked);
      }
      return true;
    }
    if (bound <= this.#cut || profit + (this.#rest[depth] as number) <= this.#cut) return true;
    this.#nodes += 1;
    if (this.#nodes > mostNodes) return false;
    const place = this.#places[depth] as number;
    const gain = this.#core.gain[place] as number;
    const likely = gain > 0 ? 1 : 0;
    const left = bound - Math.abs(gain);
    return this.#choose(depth, level, likely, profit, bound, changed) && (left <= this.#cut || this.#choose(depth, level, 1 - likely, profit, left, changed));
  }

  #choose(depth: number, level: number, value: number, profit: number, bound: number, changed: boolean): boolean {
    const now = changed || this.#before[depth] !== value;
    this.#picked[depth] = value;
    if (value === 0) return this.#descend(depth + 1, level, profit, bound, now);
    const { constraints, weights, profits } = this.#core;
    const place = this.#places[depth] as number;
    const [from, to, at] = [level * constraints, (depth + 1) * constraints, place * constraints];
    for (let row = 0; row < constraints; row += 1) {
      const room = (this.#rooms[from + row] as number) - (weights[at + row] as number);
      if (room < 0) return true;
      this.#rooms[to + row] = room;
    }
    return this.#descend(depth + 1, depth + 1, profit + (profits[place] as number), bound, now);
  }

  /** Places in doubt, blurred by chance so that each look is another one; the surest first. */
  #draw(): void {
    const { gain } = this.#core;
    for (let place = 0; place < gain.length; place += 1) this.#doubt[place] = Math.abs(gain[place] as number) * (0.2 + this.#random()) + this.#random() * this.#spread;
    this.#order.sort((one, other) => (this.#doubt[one] as number) - (this.#doubt[other] as number));
    const drawn = this.#order.slice(0, this.#size).sort((one, other) => Math.abs(gain[other] as number) - Math.abs(gain[one] as number));
    this.#places.set(drawn);
  }

  /** Takes the drawn places out and answers profit and bound of what is kept. */
  #open(): { profit: number; bound: number } {
    const { chosen, profits, gain, constraints, weights, prices, room } = this.#core;
    let profit = this.#core.profit;
    this.#rooms.set(room);
    this.#rest[this.#size] = 0;
    for (let depth = this.#size - 1; depth >= 0; depth -= 1) {
      const place = this.#places[depth] as number;
      this.#rest[depth] = (this.#rest[depth + 1] as number) + (profits[place] as number);
      this.#before[depth] = chosen[place] as number;
      if (chosen[place] === 0) continue;
      profit -= profits[place] as number;
      for (let row = 0; row < constraints; row += 1) this.#rooms[row] = (this.#rooms[row] as number) + (weights[place * constraints + row] as number);
    }
    let bound = profit + 1e-6;
    for (let row = 0; row < constraints; row += 1) bound += (prices[row] as number) * (this.#rooms[row] as number);
    for (let depth = 0; depth < this.#size; depth += 1) bound += Math.max(0, gain[this.#places[depth] as number] as number);
    return { profit, bound };
  }

  /** Sizes grow while most looks come to their end, and shrink while they do not. */
  #resize(whole: boolean): void {
    this.#looks += 1;
    this.#whole += whole ? 1 : 0;
    if (this.#looks % 40 !== 0) return;
    if (this.#whole > 36) this.#size = Math.min(greatest, this.#core.items.length, this.#size + 1);
    else if (this.#whole < 24) this.#size = Math.min(this.#size, Math.max(fewest, this.#size - 1));
    this.#whole = 0;
  }

  /** One step of the walk; true where it leads to something better than all before. */
  step(): boolean {
    const core = this.#core;
    this.#draw();
    const { profit, bound } = this.#open();
    [this.#cut, this.#nodes, this.#isFound] = [core.profit - this.#loss * (0.5 + this.#random()), 0, false];
    const whole = this.#descend(0, 0, profit, bound, false);
    this.#loss = Math.max(1, this.#loss * (this.#isFound ? shrink : grow));
    if (this.#isFound) for (let depth = 0; depth < this.#size; depth += 1) if (this.#found[depth] !== core.chosen[this.#places[depth] as number]) core.flip(this.#places[depth] as number);
    this.#resize(whole);
    this.#still += 1;
    if (core.profit > this.best) {
      [this.best, this.#still] = [core.profit, 0];
      this.#home.set(core.chosen);
      return true;
    }
    if (this.#still > patience || core.profit < this.best * (1 - deepest)) {
      [this.#still, this.#loss] = [0, 1];
      core.set(this.#home);
    }
    return false;
  }
}
