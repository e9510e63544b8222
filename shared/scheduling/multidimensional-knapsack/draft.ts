import type { Core } from './core.ts';

/** A choice among the places of a core while it is being made: quicker to change than to keep. */
export class Draft {
  readonly #core: Core;
  readonly #emptyRoom: Float64Array;
  readonly #emptyProfit: number;
  readonly #room: Float64Array;
  readonly genes: Uint8Array;
  profit: number;

  constructor(core: Core) {
    this.#core = core;
    this.#room = core.room.slice();
    this.genes = core.chosen.slice();
    this.profit = core.profit;
    this.genes.forEach((gene, place) => (gene === 1 ? this.flip(place) : undefined));
    this.#emptyRoom = this.#room.slice();
    this.#emptyProfit = this.profit;
  }

  clear(): void {
    this.genes.fill(0);
    this.#room.set(this.#emptyRoom);
    this.profit = this.#emptyProfit;
  }

  load(genes: Uint8Array): void {
    this.clear();
    genes.forEach((gene, place) => (gene === 1 ? this.flip(place) : undefined));
  }

  flip(place: number): void {
    const { constraints, weights, profits } = this.#core;
    const [sign, at] = [this.genes[place] === 1 ? -1 : 1, place * constraints];
    for (let row = 0; row < constraints; row += 1) this.#room[row] = (this.#room[row] as number) - sign * (weights[at + row] as number);
    this.genes[place] = sign === 1 ? 1 : 0;
    this.profit += sign * (profits[place] as number);
  }

  #fits(place: number): boolean {
    const { constraints, weights } = this.#core;
    const at = place * constraints;
    for (let row = 0; row < constraints; row += 1) if ((weights[at + row] as number) > (this.#room[row] as number)) return false;
    return true;
  }

  #isShort(): boolean {
    for (let row = 0; row < this.#room.length; row += 1) if ((this.#room[row] as number) < 0) return true;
    return false;
  }

  /** Adds whatever fits, in an order. */
  fill(order: Int32Array): void {
    for (const place of order) if (this.genes[place] === 0 && this.#fits(place)) this.flip(place);
  }

  /** Drops from the end of an order until everything fits, then fills up. */
  mend(order: Int32Array): void {
    for (let index = order.length - 1; index >= 0 && this.#isShort(); index -= 1) if (this.genes[order[index] as number] === 1) this.flip(order[index] as number);
    this.fill(order);
  }

  /** Whether one place can take the room of another. */
  #replaces(into: number, out: number): boolean {
    const { constraints, weights } = this.#core;
    const [from, to] = [out * constraints, into * constraints];
    for (let row = 0; row < constraints; row += 1) if ((weights[to + row] as number) - (weights[from + row] as number) > (this.#room[row] as number)) return false;
    return true;
  }

  /** Exchanges one for one while that brings more, and fills up in an order. */
  exchange(order: Int32Array): void {
    const { profits } = this.#core;
    for (;;) {
      let [out, into, most] = [-1, -1, 0];
      for (let place = 0; place < profits.length; place += 1) {
        if (this.genes[place] === 0) continue;
        const least = profits[place] as number;
        for (let other = 0; other < profits.length; other += 1) {
          if (this.genes[other] === 1 || (profits[other] as number) - least <= most || !this.#replaces(other, place)) continue;
          [out, into, most] = [place, other, (profits[other] as number) - least];
        }
      }
      if (out < 0) return;
      this.flip(out);
      this.flip(into);
      this.fill(order);
    }
  }
}
