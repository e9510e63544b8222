import type { UnrelatedMachines } from '../problems.ts';
import { loadsOf } from './instance.ts';

/** Who is on which machine, side by side in memory, for searches that move one job at a time. */
export class Shop {
  readonly machines: number;
  readonly jobs: number;
  /** `time[job * machines + machine]`. */
  readonly time: Float64Array;
  readonly machineOf: Int32Array;
  readonly loads: Float64Array;
  /** The `held[machine]` jobs of a machine, from `machine * jobs` on. */
  readonly members: Int32Array;
  readonly held: Int32Array;
  readonly #slot: Int32Array;

  constructor(problem: UnrelatedMachines, start: ArrayLike<number>) {
    const { machines, jobs, times } = problem;
    [this.machines, this.jobs] = [machines, jobs];
    this.time = Float64Array.from({ length: machines * jobs }, (_, at) => times[at % machines]?.[Math.floor(at / machines)] as number);
    this.machineOf = Int32Array.from(start);
    this.loads = loadsOf(problem, start);
    this.members = new Int32Array(machines * jobs);
    this.held = new Int32Array(machines);
    this.#slot = new Int32Array(jobs);
    this.machineOf.forEach((machine, job) => this.#join(job, machine));
  }

  #join(job: number, machine: number): void {
    const at = this.held[machine] as number;
    this.members[machine * this.jobs + at] = job;
    this.#slot[job] = at;
    this.held[machine] = at + 1;
  }

  relocate(job: number, to: number): void {
    const from = this.machineOf[job] as number;
    this.loads[from] = (this.loads[from] as number) - (this.time[job * this.machines + from] as number);
    this.loads[to] = (this.loads[to] as number) + (this.time[job * this.machines + to] as number);
    const last = (this.held[from] as number) - 1;
    const moved = this.members[from * this.jobs + last] as number;
    this.members[from * this.jobs + (this.#slot[job] as number)] = moved;
    this.#slot[moved] = this.#slot[job] as number;
    this.held[from] = last;
    this.#join(job, to);
    this.machineOf[job] = to;
  }
}
