import type { Host, HostState } from '../../schema/host.ts';
import type { ResourceDimension } from '../../schema/resource-amounts.ts';
import { resourceDimensions } from '../../schema/resource-amounts.ts';
import type { VirtualMachine } from '../../schema/virtual-machine.ts';
import { minus, promisedBy, sumOf } from '../amounts.ts';
import { byId, failureDomainOf, placesOf, type Inventory, type Rule } from '../inventory.ts';
import type { PlacedMachine } from './answer.ts';
import type { PlacementOptions } from './options.ts';
import { costOf, problemOf, type PlacementProblem } from './problem.ts';
import { valueOf } from './value.ts';

/** What speaks against a host; texts are `resources.obstacle.<code>`. */
export type Obstacle =
  | { code: 'host-state'; state: HostState }
  | { code: 'provider'; provider: string }
  | { code: 'pin'; rule: Rule; virtualMachineIds: string[] }
  | { code: 'capacity'; dimension: ResourceDimension; asked: number; available: number }
  | { code: 'anti-affinity' | 'spread'; rule: Rule; virtualMachineIds: string[] }
  | { code: 'budget'; dimension: ResourceDimension; asked: number; available: number };

export interface HostVerdict {
  hostId: string;
  /** Where the machine is in the placement. */
  chosen: boolean;
  /** Whether it is there already now. */
  present: boolean;
  /** None: it could be here. */
  obstacles: Obstacle[];
  /** The value of the whole placement, were the machine (with its affinity group) here instead; null where it cannot be. */
  valueThere: number | null;
}

export interface Explanation {
  virtualMachineId: string;
  /** Where it was put; null: nowhere. */
  hostId: string | null;
  /** The machines that go with it, as they are in its affinity group. */
  withMachineIds: string[];
  /** Value of the placement as it is. */
  value: number;
  hosts: HostVerdict[];
}

/** "Why here" and "why not placed": for one machine, what spoke against each host, everything else staying as placed. Undefined for a machine that is not there. */
export function explainPlacement(inventory: Inventory, options: PlacementOptions, placement: readonly PlacedMachine[], virtualMachineId: string): Explanation | undefined {
  const machine = inventory.virtualMachines.find(({ id }) => id === virtualMachineId);
  if (machine === undefined) return undefined;
  const where = new Map(placement.map((placed) => [placed.virtualMachineId, placed.hostId]));
  const group = machine.affinityGroup === undefined ? [machine] : inventory.virtualMachines.filter(({ affinityGroup }) => affinityGroup === machine.affinityGroup);
  const others = inventory.virtualMachines.filter((other) => !group.includes(other) && (where.get(other.id) ?? null) !== null);
  const problem = problemOf(inventory, options);
  const surroundings = new Surroundings(inventory, options, where, group, others);
  const alternatives = new Alternatives(problem, where, machine);
  const hostId = where.get(machine.id) ?? null;
  const hosts = inventory.hosts.map((host): HostVerdict => {
    const obstacles = surroundings.obstaclesOn(host);
    return { hostId: host.id, chosen: host.id === hostId, present: host.id === machine.hostId, obstacles, valueThere: obstacles.length === 0 ? alternatives.valueOn(host) : null };
  });
  return { virtualMachineId, hostId, withMachineIds: group.map(({ id }) => id).filter((id) => id !== machine.id), value: alternatives.value, hosts };
}

/** A placement with one affinity group taken out. */
class Surroundings {
  readonly #group: readonly VirtualMachine[];
  readonly #onHost: Map<string, VirtualMachine[]>;
  readonly #inDomain: Map<string, VirtualMachine[]>;
  readonly #others: readonly VirtualMachine[];
  readonly #options: PlacementOptions;
  readonly #takesMachines: (host: Host) => boolean;

  constructor({ hosts, virtualMachines }: Inventory, options: PlacementOptions, where: ReadonlyMap<string, string | null>, group: readonly VirtualMachine[], others: readonly VirtualMachine[]) {
    const known = byId(hosts);
    const hostOf = ({ id }: VirtualMachine) => where.get(id) ?? '';
    this.#group = group;
    this.#others = others;
    this.#options = options;
    this.#takesMachines = placesOf(virtualMachines);
    this.#onHost = Map.groupBy(others, hostOf);
    this.#inDomain = Map.groupBy(others, (machine) => {
      const host = known.get(hostOf(machine));
      return host === undefined ? '' : failureDomainOf(host);
    });
  }

  obstaclesOn(host: Host): Obstacle[] {
    const here = this.#onHost.get(host.id) ?? [];
    const state: Obstacle[] = host.state === 'available' ? [] : [{ code: 'host-state', state: host.state }];
    const provider: Obstacle[] = this.#takesMachines(host) ? [] : [{ code: 'provider', provider: host.provider ?? '' }];
    return [...state, ...provider, ...this.#pins(host), ...this.#capacity(host, here), ...this.#groups('anti-affinity', 'antiAffinityGroup', here), ...this.#groups('spread', 'spreadGroup', this.#inDomain.get(failureDomainOf(host)) ?? []), ...this.#budget()];
  }

  #pins(host: Host): Obstacle[] {
    return this.#group
      .filter(({ allowedHostIds }) => allowedHostIds !== undefined && !allowedHostIds.includes(host.id))
      .map(({ id }) => ({ code: 'pin', rule: { kind: 'pin', virtualMachineId: id }, virtualMachineIds: [id] }));
  }

  #capacity(host: Host, here: readonly VirtualMachine[]): Obstacle[] {
    const asked = sumOf(this.#group);
    const available = minus(promisedBy(host), sumOf(here));
    return resourceDimensions.filter((dimension) => asked[dimension] > available[dimension]).map((dimension) => ({ code: 'capacity', dimension, asked: asked[dimension], available: available[dimension] }));
  }

  /** Members of its own group count as well: an affinity group that contradicts itself fits nowhere. */
  #groups(code: 'anti-affinity' | 'spread', field: 'antiAffinityGroup' | 'spreadGroup', near: readonly VirtualMachine[]): Obstacle[] {
    return [...new Set(this.#group.flatMap((machine) => machine[field] ?? []))].flatMap((group): Obstacle[] => {
      const own = this.#group.filter((machine) => machine[field] === group);
      const clash = [...near.filter((machine) => machine[field] === group), ...(own.length > 1 ? own : [])];
      return clash.length === 0 ? [] : [{ code, rule: { kind: code, group }, virtualMachineIds: clash.map(({ id }) => id) }];
    });
  }

  #budget(): Obstacle[] {
    const { budget, objective } = this.#options;
    if (budget === null || objective !== 'profit') return [];
    const asked = sumOf(this.#group);
    const available = minus(budget, sumOf(this.#others));
    return resourceDimensions.filter((dimension) => asked[dimension] > available[dimension]).map((dimension) => ({ code: 'budget', dimension, asked: asked[dimension], available: available[dimension] }));
  }
}

/** What the placement would be worth, were one unit elsewhere. */
class Alternatives {
  readonly value: number;
  readonly #problem: PlacementProblem;
  readonly #hostOf: Int32Array;
  readonly #unit: number;
  readonly #indexOf: Map<string, number>;

  constructor(problem: PlacementProblem, where: ReadonlyMap<string, string | null>, machine: VirtualMachine) {
    this.#problem = problem;
    this.#indexOf = new Map(problem.hosts.map(({ id }, index) => [id, index]));
    this.#hostOf = Int32Array.from(problem.units, ({ machines }) => this.#indexOf.get(where.get(problem.machines[machines[0] as number]?.id ?? '') ?? '') ?? -1);
    this.#unit = problem.units.findIndex(({ machines }) => machines.some((index) => problem.machines[index] === machine));
    this.value = valueOf(problem, this.#hostOf);
  }

  valueOn(host: Host): number {
    const to = this.#indexOf.get(host.id) ?? -1;
    const unit = this.#problem.units[this.#unit];
    const from = this.#hostOf[this.#unit] as number;
    if (unit === undefined || to === from) return this.value;
    // Moves add up: counting the whole placement for each of a thousand hosts would take seconds.
    if (this.#problem.options.objective === 'moves' || this.#problem.options.objective === 'time') return this.value - (from < 0 ? 0 : costOf(unit, from)) + costOf(unit, to);
    if (this.#problem.options.objective === 'profit') return this.value + (from < 0 ? unit.profit : 0);
    const changed = this.#hostOf.slice();
    changed[this.#unit] = to;
    return valueOf(this.#problem, changed);
  }
}
