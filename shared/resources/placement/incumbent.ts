import type { Run } from '../../scheduling/run.ts';
import { secondsLeft } from '../../scheduling/run.ts';
import type { Finding } from '../finding.ts';
import type { PlacedMachine, PlacementAnswer } from './answer.ts';
import { isProfit, type Assignment, type PlacementProblem } from './problem.ts';
import { simpleBound } from './bounds.ts';
import { keepHomes } from './keep-homes.ts';
import { valueOf } from './value.ts';

/** Machines and their hosts of an assignment of units. */
export function placementOf({ units, machines, hosts }: PlacementProblem, hostOf: Assignment): PlacedMachine[] {
  const placed: PlacedMachine[] = machines.map(({ id }) => ({ virtualMachineId: id, hostId: null }));
  units.forEach((unit, index) => {
    const host = hosts[hostOf[index] as number];
    if (host !== undefined) for (const machine of unit.machines) (placed[machine] as PlacedMachine).hostId = host.id;
  });
  return placed;
}

/** The best placement and bound so far. What is offered is counted again here, whatever a model believes it to be worth. */
export class PlacementIncumbent {
  readonly problem: PlacementProblem;
  readonly run: Run;
  /** A further demand on a placement: that it survives the loss of a host. */
  readonly accept: (hostOf: Assignment) => boolean;
  hostOf: Assignment | null = null;
  value: number | null = null;
  bound: number;
  impossible: Finding | null = null;
  #partial: Assignment | null = null;
  #placed = -1;
  #foundBy = '';
  #provedBy = 'volume';

  constructor(problem: PlacementProblem, run: Run, accept: (hostOf: Assignment) => boolean = () => true) {
    this.problem = problem;
    this.run = run;
    this.accept = accept;
    this.bound = simpleBound(problem);
  }

  get over(): boolean {
    return this.impossible !== null || (this.value !== null && this.value === this.bound) || secondsLeft(this.run) <= 0;
  }

  /** 1 where more is better. */
  get sign(): 1 | -1 {
    return isProfit(this.problem) ? 1 : -1;
  }

  offer(hostOf: Assignment, by: string): void {
    if (!isProfit(this.problem) && hostOf.some((host) => host < 0)) {
      this.#offerPartial(hostOf);
      return;
    }
    const value = valueOf(this.problem, hostOf);
    if (this.value !== null && this.sign * value <= this.sign * this.value) return;
    if (!this.accept(hostOf)) {
      this.#offerPartial(hostOf);
      return;
    }
    this.hostOf = hostOf.slice();
    this.value = value;
    this.#foundBy = by;
    this.run.progress({ value: this.value, bound: this.bound, step: by });
  }

  #offerPartial(hostOf: Assignment): void {
    const placed = hostOf.reduce((sum, host) => (host < 0 ? sum : sum + 1), 0);
    if (placed <= this.#placed) return;
    this.#partial = hostOf.slice();
    this.#placed = placed;
  }

  prove(bound: number, by: string): void {
    if (!Number.isFinite(bound) || this.sign * bound >= this.sign * this.bound) return;
    // A bound that a placement in hand refutes proves nothing, least of all that the placement is the best.
    if (this.value !== null && this.sign * bound < this.sign * this.value) return;
    this.bound = bound;
    this.#provedBy = by;
    this.run.progress({ value: this.value, bound: this.bound, step: by });
  }

  /** The value of a placement that is the best there is, though a further demand may forbid it. */
  proveBy(hostOf: Assignment, by: string): void {
    this.prove(valueOf(this.problem, hostOf), by);
  }

  /** Where the hosts' names are free to choose; a reserve was looked at for these hosts and no others. */
  #named(hostOf: Assignment): Assignment {
    const { objective, reserve } = this.problem.options;
    return reserve === 'none' && (objective === 'hosts' || objective === 'balance') ? keepHomes(this.problem, hostOf) : hostOf;
  }

  answer(): PlacementAnswer {
    const { value, bound, hostOf, problem, impossible } = this;
    const partial = hostOf === null && this.#partial !== null ? placementOf(problem, this.#partial) : null;
    const names = { foundBy: this.#foundBy, provedBy: this.#provedBy };
    if (impossible !== null) return { status: 'infeasible', value: null, bound: null, placement: null, partial, reason: impossible, ...names };
    if (hostOf === null || value === null) return { status: 'stopped', value: null, bound, placement: null, partial, reason: null, ...names };
    return { status: value === bound ? 'optimal' : 'feasible', value, bound, placement: placementOf(problem, this.#named(hostOf)), partial: null, reason: null, ...names };
  }
}
