import type { MultidimensionalKnapsack } from '../problems.ts';
import { roomOf, type Choice } from './instance.ts';
import type { Relaxation } from './relaxation.ts';

/** Items in doubt, side by side in memory: the others stay as the prices say. Searches walk over choices among them. */
export class Core {
  readonly items: number[];
  readonly constraints: number;
  readonly profits: Float64Array;
  /** `weights[place * constraints + constraint]`. */
  readonly weights: Float64Array;
  /** What the bound loses where a place is chosen the other way than its sign says. */
  readonly gain: Float64Array;
  readonly prices: Float64Array;
  readonly chosen: Uint8Array;
  readonly room: Float64Array;
  profit = 0;
  readonly #outside: Uint8Array;
  readonly #outsideRoom: Float64Array;
  readonly #outsideProfit: number;

  /** The `most` items of least certain place. */
  constructor(problem: MultidimensionalKnapsack, { gain, prices }: Relaxation, most: number) {
    const { profits, weights, capacities } = problem;
    const doubt = (item: number) => Math.abs(gain[item] as number);
    const able = profits.map((_, item) => item).filter((item) => Number.isFinite(gain[item]));
    this.items = able.sort((one, other) => doubt(one) - doubt(other)).slice(0, most);
    this.constraints = capacities.length;
    this.profits = Float64Array.from(this.items, (item) => profits[item] as number);
    this.weights = Float64Array.from(this.items.flatMap((item) => weights.map((row) => row[item] as number)));
    this.gain = Float64Array.from(this.items, (item) => (gain[item] as number) / 2 ** 16);
    this.prices = prices;
    this.#outside = Uint8Array.from(gain, (each) => (each > 0 ? 1 : 0));
    for (const item of this.items) this.#outside[item] = 0;
    this.#outsideRoom = roomOf(problem, this.#outside);
    this.#outsideProfit = profits.reduce((sum, profit, item) => sum + (this.#outside[item] === 1 ? profit : 0), 0);
    this.chosen = new Uint8Array(this.items.length);
    this.room = this.#outsideRoom.slice();
    this.profit = this.#outsideProfit;
  }

  /** What is kept outside the core fits at all. */
  get possible(): boolean {
    return this.#outsideRoom.every((room) => room >= 0);
  }

  get feasible(): boolean {
    return this.room.every((room) => room >= 0);
  }

  flip(place: number): void {
    const sign = this.chosen[place] === 1 ? 1 : -1;
    const at = place * this.constraints;
    for (let row = 0; row < this.constraints; row += 1) this.room[row] = (this.room[row] as number) + sign * (this.weights[at + row] as number);
    this.profit -= sign * (this.profits[place] as number);
    this.chosen[place] = sign === 1 ? 0 : 1;
  }

  fits(place: number): boolean {
    const at = place * this.constraints;
    for (let row = 0; row < this.constraints; row += 1) if ((this.weights[at + row] as number) > (this.room[row] as number)) return false;
    return true;
  }

  /** Takes over a choice among the places. */
  set(chosen: ArrayLike<number>): void {
    for (let place = 0; place < this.chosen.length; place += 1) if (this.chosen[place] !== chosen[place]) this.flip(place);
  }

  /** Takes over what a choice of the whole instance has among the items, then fills up by gain. */
  begin({ chosen }: Choice): void {
    this.set(this.items.map((item) => chosen[item] as number));
    const worst = [...this.items.keys()].sort((one, other) => (this.gain[one] as number) - (this.gain[other] as number));
    for (const place of worst) if (!this.feasible && this.chosen[place] === 1) this.flip(place);
    for (const place of worst.reverse()) if (this.chosen[place] === 0 && this.fits(place)) this.flip(place);
  }

  snapshot(chosen: Uint8Array, profit: number): Choice {
    const all = this.#outside.slice();
    this.items.forEach((item, place) => (all[item] = chosen[place] as number));
    return { chosen: all, profit };
  }
}
