import type { Core } from './core.ts';
import { Draft } from './draft.ts';

const [crowd, mutations, orders] = [100, 2, 40];
/** How far orders are blurred, as a share of the efficiency. */
const blur = 0.2;
/** Children without anything better before the population makes room for a new one. */
const patience = 30_000;

interface Person {
  genes: Uint8Array;
  profit: number;
}

/** Profit of each place per weight at the relaxation's prices. */
const efficiencyOf = ({ profits, weights, prices, constraints }: Core): Float64Array =>
  profits.map((profit, place) => {
    let weight = 0;
    for (let row = 0; row < constraints; row += 1) weight += (prices[row] as number) * (weights[place * constraints + row] as number);
    return profit / Math.max(1e-9, weight);
  });

/**
 * Crosses two good choices of a population, mends the child by the prices' order and puts it in the place of the worst (P. C. Chu,
 * J. E. Beasley, J. Heuristics 4, 1998; within a core: J. Puchinger, G. R. Raidl, U. Pferschy, INFORMS J. Computing 22, 2010). Orders are
 * blurred, each child is mended by another one, promising children are improved by exchanges, and a population in which nothing better
 * came for long makes room for a new one.
 */
export class Breeding {
  readonly #core: Core;
  readonly #random: () => number;
  readonly #draft: Draft;
  readonly #efficiency: Float64Array;
  readonly #orders: Int32Array[];
  /** The leaders of earlier populations; every third one begins with them. */
  readonly #elite: Uint8Array[] = [];
  #people: Person[] = [];
  #lead = 0;
  #worst = 0;
  #still = 0;
  #told: number;
  best: number;

  constructor(core: Core, random: () => number) {
    [this.#core, this.#random, this.#draft] = [core, random, new Draft(core)];
    this.#efficiency = efficiencyOf(core);
    this.#orders = Array.from({ length: orders }, (_, index) => this.#order(index === 0 ? 0 : blur * random()));
    [this.best, this.#told] = [core.profit, core.profit];
    this.#elite.push(core.chosen.slice());
    this.#populate(true);
  }

  /** Places by efficiency, the best first, blurred by chance. */
  #order(by: number): Int32Array {
    const blurred = this.#efficiency.map((each) => each * (1 + by * (this.#random() + this.#random() + this.#random() - 1.5)));
    return Int32Array.from(blurred.keys()).sort((one, other) => (blurred[other] as number) - (blurred[one] as number));
  }

  #join(): void {
    const { genes, profit } = this.#draft;
    this.#people.push({ genes: genes.slice(), profit });
    if (profit > this.#lead) [this.#lead, this.#still] = [profit, 0];
    if (profit <= this.best) return;
    this.best = profit;
    this.#core.set(genes);
  }

  #populate(withElite: boolean): void {
    this.#people = [];
    this.#lead = 0;
    this.#still = 0;
    for (const genes of withElite ? this.#elite.slice(-crowd / 2) : []) {
      this.#draft.load(genes);
      if (!this.#isKnown()) this.#join();
    }
    for (let tries = 0; this.#people.length < crowd && tries < 5 * crowd; tries += 1) {
      this.#draft.clear();
      this.#draft.fill(this.#order(0.02 + 0.1 * this.#random()));
      if (!this.#isKnown()) this.#join();
    }
    this.#findWorst();
  }

  #findWorst(): void {
    this.#worst = 0;
    this.#people.forEach(({ profit }, index) => {
      if (profit < (this.#people[this.#worst] as Person).profit) this.#worst = index;
    });
  }

  #isKnown(): boolean {
    const { genes, profit } = this.#draft;
    return this.#people.some((one) => one.profit === profit && one.genes.every((gene, place) => gene === genes[place]));
  }

  /** The better one of two. */
  #pick(): Uint8Array {
    const draw = () => this.#people[Math.floor(this.#random() * this.#people.length)] as Person;
    const [one, other] = [draw(), draw()];
    return (one.profit >= other.profit ? one : other).genes;
  }

  #cross(): void {
    const [draft, mother, father] = [this.#draft, this.#pick(), this.#pick()];
    draft.clear();
    for (let place = 0; place < mother.length; place += 1) {
      const gene = mother[place] === father[place] || this.#random() < 0.5 ? mother[place] : father[place];
      if (gene === 1) draft.flip(place);
    }
    for (let count = 0; count < mutations; count += 1) draft.flip(Math.floor(this.#random() * mother.length));
    const order = this.#orders[Math.floor(this.#random() * this.#orders.length)] as Int32Array;
    draft.mend(order);
  }

  #renew(): void {
    const leader = this.#people.find(({ profit }) => profit === this.#lead);
    if (leader !== undefined) this.#elite.push(leader.genes);
    this.#populate(this.#elite.length % 3 === 0);
  }

  #breed(): void {
    this.#cross();
    const [draft, worst] = [this.#draft, this.#people[this.#worst] as Person];
    if (draft.profit > worst.profit + 0.3 * (this.#lead - worst.profit)) draft.exchange(this.#orders[0] as Int32Array);
    const isCrowded = this.#people.length === crowd;
    if ((isCrowded && draft.profit <= worst.profit) || this.#isKnown()) return;
    this.#join();
    if (isCrowded) this.#people.splice(this.#worst, 1);
    this.#findWorst();
  }

  /** One child; true where it, or a population that began since the last step, is better than all before. */
  step(): boolean {
    this.#still += 1;
    if (this.#still > patience) this.#renew();
    this.#breed();
    const isBetter = this.best > this.#told;
    this.#told = this.best;
    return isBetter;
  }
}
