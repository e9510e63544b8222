import type { UnrelatedMachines } from '../problems.ts';
import type { Schedule } from './instance.ts';
import { Shop } from './shop.ts';

/** Machines that a job may move to, at most. */
const mostCandidates = 12;
/** How much a unit of time that a job loses on a machine not its best weighs beside a unit beyond the deadline. */
const pull = 0.1;

/** Jobs of one machine that are looked at in a round, or a round among thousands of jobs would outlast the time there is. */
const mostTried = 60;

export interface DeadlineSearch {
  deadline: number;
  /** What a place costs beyond the job's best, in units of time; infinite where no schedule by the deadline has it: `[job * machines + machine]`. */
  excess: Float64Array;
  random: () => number;
  stop: () => boolean;
}

/** What is moved in one step: a job, in exchange a partner that goes back or on to a third machine. */
interface Move {
  change: number;
  job: number;
  to: number;
  partner: number;
  partnerTo: number;
}

/**
 * Looks for a schedule that ends by a deadline: shifts, swaps, and where those do not help chains over three machines, that lower what
 * machines have beyond it, each machine's lateness weighted by how long it has been in the way (the breakout method: P. Morris, AAAI 1993; for
 * the moves A. Frangioni, E. Necciari, M. G. Scutellà, J. Combinatorial Optimization 8, 2004, and L. Fanjul-Peyro, R. Ruiz, European J.
 * Operational Research 207, 2010). Jobs are drawn to the places that the prices of the relaxation favour.
 */
export class DeadlineSearcher {
  readonly #shop: Shop;
  readonly #deadline: number;
  readonly #random: () => number;
  readonly #weight: Float64Array;
  readonly #dear: Float64Array;
  readonly #candidates: Int32Array[];
  /** A move that was just made is not taken back at once: the round from which a job may move again. */
  readonly #free: Int32Array;
  #round = 0;
  #best: Move = { change: Infinity, job: -1, to: -1, partner: -1, partnerTo: -1 };

  constructor(problem: UnrelatedMachines, start: ArrayLike<number>, { deadline, excess, random }: DeadlineSearch) {
    const { machines, jobs } = problem;
    this.#shop = new Shop(problem, start);
    [this.#deadline, this.#random] = [deadline, random];
    this.#weight = new Float64Array(machines).fill(1);
    this.#free = new Int32Array(jobs);
    this.#dear = excess.map((each) => each * pull);
    this.#candidates = Array.from({ length: jobs }, (_, job) => {
      const able = Array.from({ length: machines }, (_, machine) => machine).filter((machine) => Number.isFinite(excess[job * machines + machine]));
      able.sort((one, other) => (excess[job * machines + one] as number) - (excess[job * machines + other] as number));
      return Int32Array.from(able.slice(0, mostCandidates));
    });
    // A place that the start has is left for good once its job moves away; until then it must not spoil the sums.
    this.#shop.machineOf.forEach((machine, job) => (this.#dear[job * machines + machine] = Math.min(this.#dear[job * machines + machine] as number, pull * deadline)));
  }

  #dues(machine: number, load: number): number {
    return load > this.#deadline ? (load - this.#deadline) * (this.#weight[machine] as number) : 0;
  }

  #offer(change: number, job: number, to: number, partner: number, partnerTo: number): void {
    const best = this.#best;
    if (change > best.change || (change === best.change && this.#random() > 0.3)) return;
    [best.change, best.job, best.to, best.partner, best.partnerTo] = [change, job, to, partner, partnerTo];
  }

  /** A late machine, each as likely as the other; −1: none is. */
  #late(): number {
    let [count, chosen] = [0, -1];
    const { loads } = this.#shop;
    for (let machine = 0; machine < loads.length; machine += 1) {
      if ((loads[machine] as number) <= this.#deadline) continue;
      count += 1;
      if (this.#random() * count < 1) chosen = machine;
    }
    return chosen;
  }

  /** Where to begin among so many, and how many to look at. */
  #some(held: number): [begin: number, count: number] {
    return held <= mostTried ? [0, held] : [Math.floor(this.#random() * held), mostTried];
  }

  /** Offers for a job that leaves a machine: what it does alone, and in exchange for each job where it goes. */
  #tryJob(job: number, from: number, chains: boolean): void {
    const { machines, jobs, time, loads, members, held } = this.#shop;
    const at = job * machines;
    const freed = (loads[from] as number) - (time[at + from] as number);
    const leaves = -this.#dues(from, loads[from] as number) - (this.#dear[at + from] as number);
    for (const to of this.#candidates[job] as Int32Array) {
      if (to === from) continue;
      const filled = (loads[to] as number) + (time[at + to] as number);
      const base = leaves - this.#dues(to, loads[to] as number) + (this.#dear[at + to] as number);
      if (!chains) this.#offer(base + this.#dues(from, freed) + this.#dues(to, filled), job, to, -1, -1);
      const [begin, count] = this.#some(held[to] as number);
      for (let index = begin; index < begin + count; index += 1) {
        const partner = members[to * jobs + (index % (held[to] as number))] as number;
        if ((this.#free[partner] as number) > this.#round) continue;
        const place = partner * machines;
        const without = base - (this.#dear[place + to] as number) + this.#dues(to, filled - (time[place + to] as number));
        if (chains) this.#tryThird(job, from, to, partner, without + this.#dues(from, freed));
        else {
          const back = without + (this.#dear[place + from] as number) + this.#dues(from, freed + (time[place + from] as number));
          if (back <= this.#best.change) this.#offer(back, job, to, partner, from);
        }
      }
    }
  }

  #tryThird(job: number, from: number, to: number, partner: number, base: number): void {
    // Wherever the partner goes, it lowers nothing there.
    if (base > this.#best.change) return;
    const { machines, time, loads } = this.#shop;
    const place = partner * machines;
    for (const third of this.#candidates[partner] as Int32Array) {
      if (third === to || third === from) continue;
      const load = loads[third] as number;
      const change = base + (this.#dear[place + third] as number) + this.#dues(third, load + (time[place + third] as number)) - this.#dues(third, load);
      if (change <= this.#best.change) this.#offer(change, job, to, partner, third);
    }
  }

  #tryAll(from: number, chains: boolean): void {
    const { jobs, members, held } = this.#shop;
    const [begin, count] = this.#some(held[from] as number);
    for (let index = begin; index < begin + count; index += 1) {
      const job = members[from * jobs + (index % (held[from] as number))] as number;
      if ((this.#free[job] as number) <= this.#round) this.#tryJob(job, from, chains);
    }
  }

  #relocate(job: number, to: number): void {
    this.#shop.relocate(job, to);
    this.#free[job] = this.#round + 4 + Math.floor(this.#random() * 8);
  }

  /** One round; the schedule where none is late any more. */
  step(): Schedule | undefined {
    const { loads, machineOf } = this.#shop;
    this.#round += 1;
    const from = this.#late();
    if (from < 0) return { machineOf, makespan: loads.reduce((most, load) => Math.max(most, load), 0) };
    this.#best.change = Infinity;
    this.#best.job = -1;
    this.#tryAll(from, false);
    if (this.#best.change > -1e-9) this.#tryAll(from, true);
    const { change, job, to, partner, partnerTo } = this.#best;
    if (change > -1e-9) loads.forEach((load, machine) => (load > this.#deadline ? (this.#weight[machine] = (this.#weight[machine] as number) + 1) : undefined));
    if (job < 0) return undefined;
    this.#relocate(job, to);
    if (partner >= 0) this.#relocate(partner, partnerTo);
    return undefined;
  }
}

/** Searches until a schedule ends by the deadline, or it is told to stop. */
export function meetDeadline(problem: UnrelatedMachines, start: ArrayLike<number>, search: DeadlineSearch): Schedule | undefined {
  const searcher = new DeadlineSearcher(problem, start, search);
  for (let round = 1; round % 16 !== 0 || !search.stop(); round += 1) {
    const found = searcher.step();
    if (found !== undefined) return found;
  }
  return undefined;
}
