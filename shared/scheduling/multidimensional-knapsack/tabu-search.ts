import type { Core } from './core.ts';

/** What breaking a constraint by one costs, in prices: drawn anew for each search, as some instances want the light and some the heavy. */
const [lightest, heaviest] = [2, 5];
/** Bits of the signatures of choices: so many that of two choices hardly ever one is taken for the other. */
const signatureBits = 22;

/**
 * Tabu search by solutions: goes to the best neighbour that it has not been at before, by one change or one exchange, and across choices
 * that do not fit, whose excess counts by the relaxation's prices (X. Lai, J.-K. Hao, D. Yue, European J. Operational Research 274, 2019;
 * both sides of what fits: F. Glover, G. A. Kochenberger, Meta-Heuristics, 1996). The core keeps the best choice that fits.
 */
export class TabuSearch {
  readonly #core: Core;
  readonly #chosen: Uint8Array;
  readonly #room: Float64Array;
  /** The room without the place that an exchange gives up. */
  readonly #wider: Float64Array;
  readonly #penalties: Float64Array;
  readonly #byProfit: Int32Array;
  readonly #out: Int32Array;
  readonly #in: Int32Array;
  readonly #signatures: Int32Array;
  readonly #visited = new Uint8Array(2 ** signatureBits);
  #signature = 0;
  #profit: number;
  /** The best neighbour so far: what it brings less its penalties, the place that changes and the one given up for it, or −1. */
  #worth = -Infinity;
  #change = -1;
  #exchanged = -1;
  best: number;
  #still = 0;
  readonly #patience: number;

  /** `patience`: steps without anything better before the search is stuck. */
  constructor(core: Core, patience: number, random: () => number) {
    this.#patience = patience;
    const { chosen, room, profits, prices, constraints, profit } = core;
    this.#core = core;
    [this.#chosen, this.#room, this.#wider] = [chosen.slice(), room.slice(), room.slice()];
    const mean = prices.reduce((sum, price) => sum + price, 0) / Math.max(1, constraints) || 1;
    const severity = lightest + (heaviest - lightest) * random();
    this.#penalties = prices.map((price) => severity * (price + mean));
    this.#byProfit = Int32Array.from(profits.keys()).sort((one, other) => (profits[other] as number) - (profits[one] as number));
    [this.#out, this.#in] = [new Int32Array(profits.length), new Int32Array(profits.length)];
    this.#signatures = Int32Array.from(profits, () => random() * 2 ** signatureBits);
    this.#visited[0] = 1;
    [this.best, this.#profit] = [profit, profit];
  }

  get isStuck(): boolean {
    return this.#still > this.#patience;
  }

  #flip(place: number): void {
    const { constraints, weights, profits } = this.#core;
    const [sign, at] = [this.#chosen[place] === 1 ? 1 : -1, place * constraints];
    for (let row = 0; row < constraints; row += 1) this.#room[row] = (this.#room[row] as number) + sign * (weights[at + row] as number);
    this.#profit -= sign * (profits[place] as number);
    this.#chosen[place] = sign === 1 ? 0 : 1;
    this.#signature ^= this.#signatures[place] as number;
  }

  /** Looks at a neighbour: `sign` 1 frees what `place` takes of `room`, −1 takes it. Stops at the row where it is no better than the best so far. */
  #look(room: Float64Array, place: number, sign: number, profit: number, exchanged: number): void {
    const { constraints, weights } = this.#core;
    const [at, most] = [place * constraints, profit - this.#worth];
    let penalty = 0;
    for (let row = 0; row < constraints && penalty < most; row += 1) {
      const left = (room[row] as number) + sign * (weights[at + row] as number);
      if (left < 0) penalty -= (this.#penalties[row] as number) * left;
    }
    if (penalty >= most) return;
    const signature = this.#signature ^ (this.#signatures[place] as number) ^ (exchanged < 0 ? 0 : (this.#signatures[exchanged] as number));
    if (this.#visited[signature] === 0) [this.#worth, this.#change, this.#exchanged] = [profit - penalty, place, exchanged];
  }

  #lookAtChanges(): void {
    const { profits } = this.#core;
    for (let place = 0; place < profits.length; place += 1) {
      const sign = this.#chosen[place] === 1 ? 1 : -1;
      this.#look(this.#room, place, sign, this.#profit - sign * (profits[place] as number), -1);
    }
  }

  /** Those of least profit go and those of most come first: where the profit alone is too little, so it is for all after it. */
  #lookAtExchanges(): void {
    const { profits, constraints, weights } = this.#core;
    let [chosen, others] = [0, 0];
    for (const place of this.#byProfit) {
      if (this.#chosen[place] === 1) this.#out[chosen++] = place;
      else this.#in[others++] = place;
    }
    for (let index = chosen - 1; index >= 0; index -= 1) {
      const exchanged = this.#out[index] as number;
      const profit = this.#profit - (profits[exchanged] as number);
      for (let row = 0; row < constraints; row += 1) this.#wider[row] = (this.#room[row] as number) + (weights[exchanged * constraints + row] as number);
      for (let other = 0; other < others; other += 1) {
        const place = this.#in[other] as number;
        if (profit + (profits[place] as number) <= this.#worth) break;
        this.#look(this.#wider, place, -1, profit + (profits[place] as number), exchanged);
      }
    }
  }

  /** One move; true where it leads to something better than all before. */
  step(): boolean {
    this.#still += 1;
    [this.#worth, this.#change, this.#exchanged] = [-Infinity, -1, -1];
    this.#lookAtChanges();
    this.#lookAtExchanges();
    if (this.#change < 0) return false;
    this.#flip(this.#change);
    if (this.#exchanged >= 0) this.#flip(this.#exchanged);
    this.#visited[this.#signature] = 1;
    if (this.#profit <= this.best || this.#room.some((room) => room < 0)) return false;
    [this.best, this.#still] = [this.#profit, 0];
    this.#core.set(this.#chosen);
    return true;
  }
}
