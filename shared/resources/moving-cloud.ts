import type { Host } from '../schema/host.ts';
import type { ResourceAmounts } from '../schema/resource-amounts.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';
import { fitsIn, minus, plus, promisedBy } from './amounts.ts';
import { byId, failureDomainOf, type Inventory } from './inventory.ts';
import { moveObstacle, type Movers } from './provider-move.ts';

/** How many members of each group are in each place. */
class Presence {
  readonly #places = new Map<string, Map<string, number>>();

  add(group: string | undefined, place: string, by: 1 | -1): void {
    if (group === undefined) return;
    const counts = this.#places.get(group) ?? new Map<string, number>();
    this.#places.set(group, counts.set(place, (counts.get(place) ?? 0) + by));
  }

  /** Members there, without one that is there itself. */
  others(group: string | undefined, place: string, own: boolean): number {
    return group === undefined ? 0 : (this.#places.get(group)?.get(place) ?? 0) - (own ? 1 : 0);
  }
}

/** A cloud whose machines are on the move: where each is now, and what each host has left. */
export class MovingCloud {
  readonly #byProvider: boolean;
  readonly #movers: Movers | undefined;
  readonly #hosts: Map<string, Host>;
  readonly #where = new Map<string, string | null>();
  readonly #free = new Map<string, ResourceAmounts>();
  readonly #domains: Map<string, string>;
  readonly #mates: Map<string, string[]>;
  readonly #apart = new Presence();
  readonly #spread = new Presence();

  /** `byProvider`: machines go only where their provider, one of these, can bring them. */
  constructor({ hosts, virtualMachines }: Inventory, byProvider: boolean | Movers = false) {
    this.#byProvider = byProvider !== false;
    this.#movers = typeof byProvider === 'boolean' ? undefined : byProvider;
    this.#hosts = byId(hosts);
    this.#domains = new Map(hosts.map((host) => [host.id, failureDomainOf(host)]));
    this.#mates = Map.groupBy(this.#hosts.keys(), (id) => this.#domainOf(id));
    for (const host of hosts) this.#free.set(host.id, promisedBy(host));
    for (const machine of virtualMachines) {
      const host = machine.hostId !== undefined && this.#hosts.has(machine.hostId) ? machine.hostId : null;
      this.#where.set(machine.id, host);
      if (host !== null) this.#count(machine, host, 1);
    }
  }

  hostOf(virtualMachineId: string): string | null {
    return this.#where.get(virtualMachineId) ?? null;
  }

  hasRoom({ demand }: VirtualMachine, to: string): boolean {
    const free = this.#free.get(to);
    return free !== undefined && fitsIn(demand, free);
  }

  /** Whether a machine can go to a host now: available, room, pins, anti-affinity, spread. */
  canMove(machine: VirtualMachine, to: string): boolean {
    const host = this.#hosts.get(to);
    if (host?.state !== 'available' || !this.hasRoom(machine, to) || !(machine.allowedHostIds?.includes(to) ?? true)) return false;
    const here = this.hostOf(machine.id);
    if (this.#byProvider && moveObstacle(machine, this.#hosts.get(here ?? ''), host, this.#movers) !== undefined) return false;
    const inDomain = here !== null && this.#domainOf(here) === this.#domainOf(to);
    return this.#apart.others(machine.antiAffinityGroup, to, false) === 0 && this.#spread.others(machine.spreadGroup, this.#domainOf(to), inDomain) === 0;
  }

  move(machine: VirtualMachine, to: string): void {
    const from = this.hostOf(machine.id);
    if (from !== null) this.#count(machine, from, -1);
    this.#count(machine, to, 1);
    this.#where.set(machine.id, to);
  }

  /** Whether one of those that wait could move, were a machine somewhere else. */
  wouldHelp(machine: VirtualMachine, to: string, waiting: readonly { machine: VirtualMachine; to: string }[]): boolean {
    const from = this.hostOf(machine.id);
    this.move(machine, to);
    const helped = waiting.some((other) => this.canMove(other.machine, other.to));
    if (from !== null) this.move(machine, from);
    return helped;
  }

  /** All hosts that fail together with one, itself among them. */
  domainMates(hostId: string): readonly string[] {
    return this.#mates.get(this.#domainOf(hostId)) ?? [hostId];
  }

  /** A host to stop on for a while: the one with most memory left, not the wanted one. Null where there is none. */
  stopFor(machine: VirtualMachine, wanted: string): string | null {
    let best: string | null = null;
    for (const id of this.#hosts.keys()) {
      if (id === wanted || id === this.hostOf(machine.id) || !this.canMove(machine, id)) continue;
      if (best === null || (this.#free.get(id)?.memory ?? 0) > (this.#free.get(best)?.memory ?? 0)) best = id;
    }
    return best;
  }

  #domainOf(hostId: string): string {
    return this.#domains.get(hostId) ?? '';
  }

  #count({ demand, antiAffinityGroup, spreadGroup }: VirtualMachine, hostId: string, by: 1 | -1): void {
    const free = this.#free.get(hostId);
    if (free !== undefined) this.#free.set(hostId, by === 1 ? minus(free, demand) : plus(free, demand));
    this.#apart.add(antiAffinityGroup, hostId, by);
    this.#spread.add(spreadGroup, this.#domainOf(hostId), by);
  }
}
