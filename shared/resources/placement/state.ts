import { dimensions, type Assignment, type PlacementProblem, type Unit } from './problem.ts';

/** A placement as it grows: what is where, and what is left. */
export class PlacementState {
  readonly hostOf: Assignment;
  readonly free: Float64Array;
  /** Units on each host. */
  readonly on: Set<number>[];
  readonly #apart = new Set<number>();
  readonly #spread = new Set<number>();
  readonly #budget: number[] | null;
  readonly problem: PlacementProblem;

  constructor(problem: PlacementProblem, hostOf?: Assignment) {
    this.problem = problem;
    this.hostOf = new Int32Array(problem.units.length).fill(-1);
    this.free = problem.room.slice();
    this.on = problem.hosts.map(() => new Set());
    this.#budget = problem.budget?.slice() ?? null;
    hostOf?.forEach((host, unit) => {
      if (host >= 0) this.put(unit, host);
    });
  }

  unit(index: number): Unit {
    return this.problem.units[index] as Unit;
  }

  hasRoom(unit: Unit, host: number): boolean {
    const { demand } = unit;
    const from = host * dimensions;
    for (let d = 0; d < dimensions; d += 1) if ((demand[d] as number) > (this.free[from + d] as number)) return false;
    return true;
  }

  /** Whether its groups let a unit onto a host; pins are not looked at. */
  keepsApart(unit: Unit, host: number): boolean {
    const { hosts, domain, domains } = this.problem;
    for (const group of unit.apart) if (this.#apart.has(group * hosts.length + host)) return false;
    for (const group of unit.spread) if (this.#spread.has(group * domains + (domain[host] as number))) return false;
    return true;
  }

  affordable({ demand }: Unit): boolean {
    return this.#budget === null || demand.every((amount, d) => amount <= ((this.#budget as number[])[d] as number));
  }

  /** Whether a unit can be put on a host; its pins allow the host already. */
  fits(unit: Unit, host: number): boolean {
    return this.hasRoom(unit, host) && this.keepsApart(unit, host);
  }

  put(index: number, host: number): void {
    const unit = this.unit(index);
    this.hostOf[index] = host;
    this.on[host]?.add(index);
    this.#count(unit, host, -1);
    const { hosts, domain, domains } = this.problem;
    for (const group of unit.apart) this.#apart.add(group * hosts.length + host);
    for (const group of unit.spread) this.#spread.add(group * domains + (domain[host] as number));
  }

  take(index: number): void {
    const unit = this.unit(index);
    const host = this.hostOf[index] as number;
    this.hostOf[index] = -1;
    this.on[host]?.delete(index);
    this.#count(unit, host, 1);
    const { hosts, domain, domains } = this.problem;
    for (const group of unit.apart) this.#apart.delete(group * hosts.length + host);
    for (const group of unit.spread) this.#spread.delete(group * domains + (domain[host] as number));
  }

  #count({ demand }: Unit, host: number, sign: number): void {
    for (let d = 0; d < dimensions; d += 1) {
      const at = host * dimensions + d;
      this.free[at] = (this.free[at] as number) + sign * (demand[d] as number);
      if (this.#budget !== null) this.#budget[d] = (this.#budget[d] as number) + sign * (demand[d] as number);
    }
  }
}

/** Every host that a unit's pins allow. */
export function* hostsFor(problem: PlacementProblem, unit: Unit): Iterable<number> {
  if (unit.allowed !== null) yield* unit.allowed;
  else for (let host = 0; host < problem.hosts.length; host += 1) yield host;
}
