import type { Host } from '../schema/host.ts';
import { resourceDimensions, type ResourceAmounts, type ResourceDimension } from '../schema/resource-amounts.ts';
import type { StoragePool } from '../schema/storage-pool.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';
import { amountsOf, minus, promisedBy, sumOf } from './amounts.ts';
import { machinesByHost, type Inventory } from './inventory.ts';

/** One dimension of a host, or of the whole cloud, in the dimension's unit. */
export interface DimensionAllocation {
  physical: number;
  /** Physical × overcommit: what may be handed out. */
  promised: number;
  /** Promised to the machines that are placed here, whatever state they are in: a stopped one must be able to start. */
  allocated: number;
  /** Allocated / promised; above 1 where overfilled, 0 where there is none of it. */
  share: number;
  /** Not allocated; 0 where overfilled. */
  free: number;
  /** Part of what is free that no machine can get, as another dimension runs out first: see `strandedOf`. */
  stranded: number;
}
export type Allocation = Record<ResourceDimension, DimensionAllocation>;

export interface HostAllocation {
  hostId: string;
  /** Whether machines may run here: not lost, not in maintenance. Only such hosts count for the cloud. */
  usable: boolean;
  virtualMachineIds: string[];
  dimensions: Allocation;
}

export interface PoolAllocation {
  storagePoolId: string;
  /** GiB, every copy counted once. */
  capacity: number;
  used: number;
  /** GiB on the disks: × replicas. */
  rawCapacity: number;
  rawUsed: number;
  share: number;
}

export interface CloudAllocation {
  hosts: HostAllocation[];
  cloud: Allocation;
  pools: PoolAllocation[];
  /** Machines placed nowhere, on an unknown host or on one that is not usable, and what they ask for. */
  unplaced: { virtualMachineIds: string[]; demand: ResourceAmounts };
}

/**
 * Capacity stranded by a bottleneck: free, but of no use as another dimension of the same host is used up ("stranded
 * memory": H. Li et al., Pond, ASPLOS 2023; O. Hadary et al., Protean, OSDI 2020, count it as fragmentation). Here: what
 * is left of each dimension when the free room is filled with the cloud's mean mix of demands, fractions allowed, until
 * the first dimension is out. Whole units, rounded down; 0 everywhere while there are no machines.
 */
export function strandedOf(free: ResourceAmounts, mix: ResourceAmounts): ResourceAmounts {
  const asked = resourceDimensions.filter((dimension) => mix[dimension] > 0);
  const fill = asked.reduce((least, dimension) => Math.min(least, Math.max(0, free[dimension]) / mix[dimension]), Number.POSITIVE_INFINITY);
  return amountsOf((dimension) => (mix[dimension] === 0 || asked.length === 0 ? 0 : Math.max(0, Math.floor(free[dimension] - fill * mix[dimension] + 1e-6))));
}

export const usable = ({ state }: Pick<Host, 'state'>): boolean => state === 'available' || state === 'draining';

const shareOf = (allocated: number, promised: number) => (promised === 0 ? 0 : allocated / promised);

function allocationOf(host: Host, machines: readonly VirtualMachine[], mix: ResourceAmounts): HostAllocation {
  const promised = promisedBy(host);
  const allocated = sumOf(machines);
  const left = minus(promised, allocated);
  const free = amountsOf((dimension) => Math.max(0, left[dimension]));
  const stranded = usable(host) ? strandedOf(free, mix) : amountsOf(() => 0);
  const of = (dimension: ResourceDimension): DimensionAllocation => ({
    physical: host.capacity[dimension],
    promised: promised[dimension],
    allocated: allocated[dimension],
    share: shareOf(allocated[dimension], promised[dimension]),
    free: free[dimension],
    stranded: stranded[dimension],
  });
  return { hostId: host.id, usable: usable(host), virtualMachineIds: machines.map(({ id }) => id), dimensions: byDimension(of) };
}

const byDimension = (of: (dimension: ResourceDimension) => DimensionAllocation): Allocation =>
  ({ cpu: of('cpu'), memory: of('memory'), disk: of('disk'), bandwidth: of('bandwidth') });

function cloudOf(hosts: readonly HostAllocation[]): Allocation {
  return byDimension((dimension) => {
    const sum = { physical: 0, promised: 0, allocated: 0, free: 0, stranded: 0 };
    for (const { dimensions } of hosts) for (const field of ['physical', 'promised', 'allocated', 'free', 'stranded'] as const) sum[field] += dimensions[dimension][field];
    return { ...sum, share: shareOf(sum.allocated, sum.promised) };
  });
}

const poolOf = ({ id, capacity, used, replicas }: StoragePool): PoolAllocation =>
  ({ storagePoolId: id, capacity, used, rawCapacity: capacity * replicas, rawUsed: used * replicas, share: shareOf(used, capacity) });

/** Where everything goes: host by host, the whole cloud, the storage pools, and what is placed nowhere. */
export function allocationIn({ hosts, virtualMachines, storagePools }: Inventory): CloudAllocation {
  const mix = sumOf(virtualMachines);
  const byHost = machinesByHost(virtualMachines);
  const rows = hosts.map((host) => allocationOf(host, byHost.get(host.id) ?? [], mix));
  const running = new Set(hosts.filter(usable).map(({ id }) => id));
  const unplaced = virtualMachines.filter(({ hostId }) => hostId === undefined || !running.has(hostId));
  return {
    hosts: rows,
    cloud: cloudOf(rows.filter((row) => row.usable)),
    pools: storagePools.map(poolOf),
    unplaced: { virtualMachineIds: unplaced.map(({ id }) => id), demand: sumOf(unplaced) },
  };
}
