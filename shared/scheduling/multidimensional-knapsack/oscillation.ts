import type { Core } from './core.ts';

const tenure = 6;
/** Each step, room that is short gets dearer and room that is not gets cheaper. */
const [dearer, cheaper] = [1.05, 0.98];
/** Steps without anything better before the walk goes home by chance. */
const patience = 20_000;

/**
 * Takes or drops one item at a time, whatever is best at the moment's price of room that is missing, and not the same one again at
 * once: the walk swings about the edge of what fits (F. Glover, G. A. Kochenberger, Critical event tabu search, Meta-Heuristics, 1996).
 */
export class Oscillation {
  readonly #core: Core;
  readonly #random: () => number;
  readonly #penalty: Float64Array;
  readonly #least: number;
  readonly #tabu: Float64Array;
  readonly #home: Uint8Array;
  #round = 0;
  #still = 0;
  #near = 0;
  best: number;

  constructor(core: Core, random: () => number) {
    [this.#core, this.#random] = [core, random];
    const dearest = core.prices.reduce((most, price) => Math.max(most, price), 0);
    this.#penalty = core.prices.map((price) => Math.max(3 * price, 0.3 * dearest));
    this.#least = Math.max(1e-12, 1e-4 * dearest);
    this.#tabu = new Float64Array(core.items.length);
    this.#home = core.chosen.slice();
    this.best = core.profit;
  }

  /** What a flip brings, less what the room that it takes, or gives back, is worth. */
  #worth(place: number): number {
    const { constraints, weights, room, profits, chosen } = this.#core;
    const at = place * constraints;
    const sign = chosen[place] === 1 ? -1 : 1;
    let worth = sign * (profits[place] as number);
    for (let row = 0; row < constraints; row += 1) {
      const weight = weights[at + row] as number;
      const short = (sign === 1 ? weight : 0) - (room[row] as number);
      if (short > 0) worth -= sign * (this.#penalty[row] as number) * Math.min(weight, short);
    }
    return worth;
  }

  #best(): number {
    let [most, best] = [-Infinity, -1];
    for (let place = 0; place < this.#tabu.length; place += 1) {
      if ((this.#tabu[place] as number) > this.#round) continue;
      const worth = this.#worth(place);
      if (worth > most || (worth === most && this.#random() < 0.3)) [most, best] = [worth, place];
    }
    return best;
  }

  #reprice(): boolean {
    let fits = true;
    this.#core.room.forEach((room, row) => {
      if (room < 0) fits = false;
      this.#penalty[row] = Math.min(1e9, Math.max(this.#least, (this.#penalty[row] as number) * (room < 0 ? dearer : cheaper)));
    });
    return fits;
  }

  /** One step; true where it leads to something better than all before. */
  step(): boolean {
    const core = this.#core;
    this.#round += 1;
    this.#still += 1;
    const place = this.#best();
    if (place >= 0) {
      core.flip(place);
      this.#tabu[place] = this.#round + tenure + Math.floor(this.#random() * tenure);
    }
    const fits = this.#reprice();
    if (fits && core.profit > this.#near) [this.#near, this.#still] = [core.profit, 0];
    if (fits && core.profit > this.best) {
      this.best = core.profit;
      this.#home.set(core.chosen);
      return true;
    }
    if (this.#still > patience) {
      [this.#still, this.#near] = [0, 0];
      core.set(this.#home.map((value) => (this.#random() < 0.08 ? 1 - value : value)));
    }
    return false;
  }
}
