import type { VirtualMachine } from '../schema/virtual-machine.ts';
import { breaches } from './breaches.ts';
import { byId, type Inventory } from './inventory.ts';
import { moveReasons, type LeftOut, type Move, type MoveReason } from './move.ts';
import { MovingCloud } from './moving-cloud.ts';
import type { PlacedMachine } from './placement/answer.ts';
import { copySeconds } from './placement/options.ts';
import { moveObstacle, type MoveObstacle, type Movers } from './provider-move.ts';
import { restingMachines, type Restraint } from './restraint.ts';

export interface MovePlan {
  /** In this order, one after the other. */
  moves: Move[];
  leftOut: LeftOut[];
  memory: number;
  seconds: number;
}

export interface MoveOptions {
  /** Mbit/s over which memory is copied. */
  bandwidth: number;
  restraint: Restraint;
  /** Only moves that the machine's provider can make: one of these, or with `true` whichever it is. */
  byProvider?: boolean | Movers;
}

interface Wish {
  machine: VirtualMachine;
  from: string | null;
  to: string;
  reason: MoveReason;
}

/** Why each machine that is wanted elsewhere is to go there. */
function wishesOf(inventory: Inventory, placement: readonly PlacedMachine[]): Wish[] {
  const machines = byId(inventory.virtualMachines);
  const hosts = byId(inventory.hosts);
  const breaking = new Set(breaches(inventory).flatMap(({ code, virtualMachineIds, hostIds }) => (code === 'host-overfilled' ? hostIds : virtualMachineIds)));
  const keepers = new Set(placement.map(({ hostId }) => hostId));
  const reasonFor = (machine: VirtualMachine): MoveReason => {
    const host = hosts.get(machine.hostId ?? '');
    if (host === undefined) return 'place';
    if (host.state === 'lost' || host.state === 'maintenance') return 'lost';
    if (host.state === 'draining') return 'drain';
    if (breaking.has(machine.id) || breaking.has(host.id)) return 'rule';
    return keepers.has(host.id) ? 'balance' : 'consolidate';
  };
  return placement.flatMap(({ virtualMachineId, hostId }): Wish[] => {
    const machine = machines.get(virtualMachineId);
    if (machine === undefined || hostId === null || machine.hostId === hostId || !hosts.has(hostId)) return [];
    const reason = reasonFor(machine);
    return [{ machine, from: reason === 'place' || reason === 'lost' ? null : (machine.hostId ?? null), to: hostId, reason }];
  });
}

/** Machines that no provider can bring where they are wanted; all of an affinity group where that holds for one of them: they stay together. */
function withoutProvider({ hosts, virtualMachines }: Inventory, wishes: readonly Wish[], movers: Movers | undefined): Map<string, MoveObstacle> {
  const hostOf = byId(hosts);
  const stuck = new Map<string, MoveObstacle>();
  for (const { machine, from, to } of wishes) {
    const target = hostOf.get(to);
    const obstacle = target && moveObstacle(machine, hostOf.get(from ?? ''), target, movers);
    if (obstacle !== undefined) stuck.set(machine.id, obstacle);
  }
  const groups = new Set(virtualMachines.flatMap(({ id, affinityGroup }) => (affinityGroup !== undefined && stuck.has(id) ? [affinityGroup] : [])));
  for (const { machine: { id, affinityGroup: group } } of wishes) if (group !== undefined && groups.has(group) && !stuck.has(id)) stuck.set(id, { code: 'affinity', group });
  return stuck;
}

const rank = ({ reason }: Wish) => moveReasons.indexOf(reason);

/**
 * An order of moves from where the machines are to where they are wanted. Each host has room for every machine at the
 * moment it comes, the machine still counting on the host it leaves; no move breaks a pin, an anti-affinity or a spread
 * rule that was kept before it (the machines of an affinity group go one after the other). Where machines wait for each
 * other in a circle, one stops on a third host on its way, at most once each. What then still has no way is left out.
 */
export function planMoves(inventory: Inventory, placement: readonly PlacedMachine[], { bandwidth, restraint, byProvider = false }: MoveOptions): MovePlan {
  const wishes = wishesOf(inventory, placement).sort((a, b) => rank(a) - rank(b));
  const resting = restingMachines(inventory, wishes, restraint);
  const stuck = byProvider === false ? new Map<string, MoveObstacle>() : withoutProvider(inventory, wishes.filter(({ machine }) => !resting.has(machine.id)), byProvider === true ? undefined : byProvider);
  const pending = wishes.filter(({ machine }) => !resting.has(machine.id) && !stuck.has(machine.id));
  const cloud = new MovingCloud(inventory, byProvider);
  const reasonOf = (machine: VirtualMachine, to: string): Pick<LeftOut, 'reason' | 'obstacle'> => {
    const obstacle = stuck.get(machine.id);
    if (obstacle !== undefined) return { reason: 'no-provider', obstacle };
    return { reason: resting.get(machine.id) ?? (cloud.hasRoom(machine, to) ? 'rule-on-the-way' : 'no-room-on-the-way') };
  };
  const { steps } = new MoveOrder(cloud, pending);
  const moves = steps.map(({ machine, from, to, reason }): Move => {
    const memory = from === null ? 0 : machine.demand.memory;
    return { virtualMachineId: machine.id, from, to, reason, memory, seconds: copySeconds(memory, bandwidth) };
  });
  const leftOut = wishes
    .filter(({ machine, to }) => cloud.hostOf(machine.id) !== to)
    .map(({ machine, to }): LeftOut => ({ virtualMachineId: machine.id, hostId: cloud.hostOf(machine.id), wanted: to, ...reasonOf(machine, to) }));
  return { moves, leftOut, memory: moves.reduce((sum, move) => sum + move.memory, 0), seconds: moves.reduce((sum, move) => sum + move.seconds, 0) };
}

/** How often in a plan a host to stop on is looked for: each look goes over all hosts. */
const mostLooks = 5000;

/** Every move that can be made, as soon as it can; when none can, one machine makes way. */
class MoveOrder {
  readonly steps: Wish[] = [];
  readonly #cloud: MovingCloud;
  readonly #waiting: Map<string, Set<Wish>>;
  readonly #bySize: readonly Wish[];
  readonly #stopped = new Set<string>();
  #looks = 0;

  constructor(cloud: MovingCloud, wishes: readonly Wish[]) {
    this.#cloud = cloud;
    this.#waiting = new Map([...Map.groupBy(wishes, ({ to }) => to)].map(([to, all]) => [to, new Set(all)]));
    this.#bySize = wishes.filter(({ from }) => from !== null).sort((a, b) => a.machine.demand.memory - b.machine.demand.memory);
    this.#settle(wishes);
    for (let stop = this.#wayOut(); stop !== null; stop = this.#wayOut()) {
      this.#stopped.add(stop.machine.id);
      this.#settle(this.#made(stop));
    }
  }

  /** Makes what can be made of these, and of what waited for the room that they leave, until nothing is left to look at. */
  #settle(wishes: Iterable<Wish>): void {
    const look = new Set(wishes);
    for (const wish of look) {
      look.delete(wish);
      if (!this.#isPending(wish) || !this.#cloud.canMove(wish.machine, wish.to)) continue;
      const freed = this.#made(wish);
      this.#waiting.get(wish.to)?.delete(wish);
      for (const other of freed) look.add(other);
    }
  }

  #isPending = (wish: Wish) => this.#waiting.get(wish.to)?.has(wish) ?? false;

  /** Makes a move; answers who waited for the host, or the failure domain, that is left. */
  #made(wish: Wish): Wish[] {
    const left = this.#cloud.hostOf(wish.machine.id);
    // A machine from a lost host starts anew: there is nothing to copy from.
    this.steps.push({ ...wish, from: wish.from === null ? null : left });
    this.#cloud.move(wish.machine, wish.to);
    if (left === null) return [];
    const hosts = wish.machine.spreadGroup === undefined ? [left] : this.#cloud.domainMates(left);
    return hosts.flatMap((host) => [...(this.#waiting.get(host) ?? [])]);
  }

  /** The machine with least memory that can step aside so that another gets where it is wanted; null where that helps none. */
  #wayOut(): Wish | null {
    for (const wish of this.#bySize) {
      if (!this.#isPending(wish) || this.#stopped.has(wish.machine.id)) continue;
      const from = this.#cloud.hostOf(wish.machine.id);
      const mates = from === null ? [] : wish.machine.spreadGroup === undefined ? [from] : this.#cloud.domainMates(from);
      const waiting = mates.flatMap((host) => [...(this.#waiting.get(host) ?? [])]).filter((other) => other !== wish);
      if (waiting.length === 0) continue;
      if ((this.#looks += 1) > mostLooks) return null;
      const to = this.#cloud.stopFor(wish.machine, wish.to);
      if (to !== null && this.#cloud.wouldHelp(wish.machine, to, waiting)) return { ...wish, to, reason: 'make-way' };
    }
    return null;
  }
}
