import type { Host } from '../../schema/host.ts';
import { resourceDimensions } from '../../schema/resource-amounts.ts';
import type { VirtualMachine } from '../../schema/virtual-machine.ts';
import { listed, promisedBy, sumOf } from '../amounts.ts';
import { failureDomainOf, placesOf, type Inventory } from '../inventory.ts';
import type { PlacementOptions } from './options.ts';

export const dimensions = resourceDimensions.length;

/** What is placed as one: an affinity group whole, or a single machine. */
export interface Unit {
  /** Indexes of its machines in the inventory. */
  machines: number[];
  demand: number[];
  /** Hosts that it may be on; null for all. An empty list: it fits nowhere, or its own rules contradict. */
  allowed: number[] | null;
  /** Its anti-affinity and spread groups. */
  apart: number[];
  spread: number[];
  profit: number;
  priority: number;
  /** Cost of moving all of it (machines, of `time` their memory), and how much less it is on a host where some of it is already. */
  total: number;
  kept: Map<number, number>;
}

/** An inventory as the models see it: available hosts and units, by index. */
export interface PlacementProblem {
  options: PlacementOptions;
  hosts: readonly Host[];
  machines: readonly VirtualMachine[];
  /** What host h may give away in dimension d, at h × dimensions + d. */
  room: Float64Array;
  domain: Int32Array;
  domains: number;
  apartGroups: number;
  spreadGroups: number;
  units: Unit[];
  budget: number[] | null;
}

/** Numbers names in the order in which they come. */
function numbering(): { of(name: string): number; count(): number } {
  const numbers = new Map<string, number>();
  return {
    of: (name) => {
      const known = numbers.get(name) ?? numbers.size;
      numbers.set(name, known);
      return known;
    },
    count: () => numbers.size,
  };
}

/** Machines that are placed as one, in the order of their first members. */
function unitsOf(machines: readonly VirtualMachine[]): number[][] {
  const groups = new Map<string, number[]>();
  const units: number[][] = [];
  machines.forEach(({ affinityGroup }, index) => {
    const group = affinityGroup === undefined ? undefined : groups.get(affinityGroup);
    if (group !== undefined) {
      group.push(index);
      return;
    }
    const unit = [index];
    units.push(unit);
    if (affinityGroup !== undefined) groups.set(affinityGroup, unit);
  });
  return units;
}

/** What moving a machine costs, and the host that it would cost nothing on; nothing where there is nothing to be copied from. */
function stakeOf({ hostId, demand }: VirtualMachine, { objective }: PlacementOptions, states: ReadonlyMap<string, Host>): number {
  const state = hostId === undefined ? undefined : states.get(hostId)?.state;
  if (state !== 'available' && state !== 'draining') return 0;
  return objective === 'time' ? demand.memory : 1;
}

export function problemOf(inventory: Inventory, options: PlacementOptions): PlacementProblem {
  const machines = inventory.virtualMachines;
  const takesMachines = placesOf(machines);
  const hosts = inventory.hosts.filter((host) => host.state === 'available' && takesMachines(host));
  const indexOf = new Map(hosts.map(({ id }, index) => [id, index]));
  const states = new Map(inventory.hosts.map((host) => [host.id, host]));
  const [domains, apartGroups, spreadGroups] = [numbering(), numbering(), numbering()];
  const domain = Int32Array.from(hosts, (host) => domains.of(failureDomainOf(host)));
  const room = Float64Array.from(hosts.flatMap((host) => listed(promisedBy(host))));
  const anyProfit = machines.some(({ profit = 0 }) => profit > 0);

  const unitOf = (members: number[]): Unit => {
    const own = members.map((index) => machines[index] as VirtualMachine);
    const apart = own.flatMap(({ antiAffinityGroup }) => (antiAffinityGroup === undefined ? [] : [apartGroups.of(antiAffinityGroup)]));
    const spread = own.flatMap(({ spreadGroup }) => (spreadGroup === undefined ? [] : [spreadGroups.of(spreadGroup)]));
    const kept = new Map<number, number>();
    let total = 0;
    for (const machine of own) {
      const stake = stakeOf(machine, options, states);
      total += stake;
      const host = indexOf.get(machine.hostId ?? '');
      if (host !== undefined && stake > 0) kept.set(host, (kept.get(host) ?? 0) + stake);
    }
    const demand = listed(sumOf(own));
    const contradicts = new Set(apart).size < apart.length || new Set(spread).size < spread.length;
    return {
      machines: members,
      demand,
      allowed: contradicts ? [] : allowedOf(own, indexOf),
      apart,
      spread,
      profit: own.reduce((sum, { profit }) => sum + (anyProfit ? (profit ?? 0) : 1), 0),
      priority: own.reduce((most, { priority = 0 }) => Math.max(most, priority), 0),
      total,
      kept,
    };
  };
  const units = unitsOf(machines).map(unitOf);
  const budget = options.budget === null || options.objective !== 'profit' ? null : listed(options.budget);
  return { options, hosts, machines, room, domain, domains: domains.count(), apartGroups: apartGroups.count(), spreadGroups: spreadGroups.count(), units, budget };
}

/** Hosts that all members are pinned to; null where none is pinned. */
function allowedOf(members: readonly VirtualMachine[], indexOf: ReadonlyMap<string, number>): number[] | null {
  const pins = members.flatMap(({ allowedHostIds }) => (allowedHostIds === undefined ? [] : [new Set(allowedHostIds.flatMap((id) => indexOf.get(id) ?? []))]));
  const [first, ...others] = pins;
  return first === undefined ? null : [...first].filter((host) => others.every((pin) => pin.has(host))).sort((a, b) => a - b);
}

/** What it costs to bring a unit to a host: the value of `moves` and `time`, and what decides between equals elsewhere. */
export const costOf = (unit: Unit, host: number): number => unit.total - (unit.kept.get(host) ?? 0);

/** Host of every unit; −1 where it is placed nowhere. */
export type Assignment = Int32Array;

/** Whether it is the moves that count. */
export const countsMoves = ({ options }: PlacementProblem): boolean => options.objective === 'moves' || options.objective === 'time';

export const isProfit = ({ options }: PlacementProblem): boolean => options.objective === 'profit';
