import type { Host } from '../schema/host.ts';
import { resourceDimensions, type ResourceAmounts, type ResourceDimension } from '../schema/resource-amounts.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';
import { allocationIn, type CloudAllocation } from './allocation.ts';
import { amountsOf } from './amounts.ts';
import { byId, placesOf, type Inventory } from './inventory.ts';

/** What more of one dimension would bring. */
export interface Relief {
  dimension: ResourceDimension;
  /** What to add, in the dimension's unit, over all hosts together, and what to each. */
  amount: number;
  byHost: { hostId: string; amount: number }[];
  /** How many more median machines then fit, until the next dimension is out. */
  machines: number;
}

export interface Bottleneck {
  /** The dimension of which the greatest share is asked for; null without hosts. */
  dimension: ResourceDimension | null;
  /** (Allocated + asked for by machines that run nowhere) / promised, by dimension; 0 where there is none of it. */
  asked: Record<ResourceDimension, number>;
  /** The median of each dimension over all machines. */
  medianMachine: ResourceAmounts;
  /** How many median machines fit now on the hosts that take any; 0 where the median machine asks for nothing. */
  fitting: number;
  /** The most helpful first; dimensions that alone would bring nothing are left out. */
  relief: Relief[];
}

/** The lower median of every dimension, so that it is an amount that some machine asks for. */
export function medianMachineOf(machines: readonly Pick<VirtualMachine, 'demand'>[]): ResourceAmounts {
  const middle = Math.floor((machines.length - 1) / 2);
  const values = new Float64Array(machines.length);
  return amountsOf((dimension) => {
    machines.forEach(({ demand }, index) => (values[index] = demand[dimension]));
    return values.sort()[middle] ?? 0;
  });
}

function fitting(free: ResourceAmounts, machine: ResourceAmounts, without?: ResourceDimension): number {
  const counts = resourceDimensions.filter((dimension) => dimension !== without && machine[dimension] > 0).map((dimension) => Math.floor(free[dimension] / machine[dimension]));
  return counts.length === 0 ? 0 : Math.min(...counts);
}

/** What is scarce, and how much more of what would let how many more machines of the usual size in. */
export function bottleneckIn(inventory: Inventory, { hosts, cloud, unplaced }: CloudAllocation = allocationIn(inventory)): Bottleneck {
  const known = byId(inventory.hosts);
  const asked = amountsOf((dimension) => {
    const { allocated, promised } = cloud[dimension];
    return promised === 0 ? 0 : (allocated + unplaced.demand[dimension]) / promised;
  });
  const medianMachine = medianMachineOf(inventory.virtualMachines);
  const takesMachines = placesOf(inventory.virtualMachines);
  const takesMore = (host: Host | undefined) => host?.state === 'available' && takesMachines(host);
  const open = hosts
    .filter(({ hostId }) => takesMore(known.get(hostId)))
    .map(({ hostId, dimensions }) => ({ hostId, free: amountsOf((dimension) => dimensions[dimension].free) }));
  const now = open.map(({ free }) => fitting(free, medianMachine));
  const reliefOf = (dimension: ResourceDimension): Relief => {
    const byHost: Relief['byHost'] = [];
    let machines = 0;
    open.forEach(({ hostId, free }, index) => {
      const then = fitting(free, medianMachine, dimension);
      if (then <= (now[index] ?? 0)) return;
      machines += then - (now[index] ?? 0);
      byHost.push({ hostId, amount: then * medianMachine[dimension] - free[dimension] });
    });
    return { dimension, amount: byHost.reduce((sum, { amount }) => sum + amount, 0), byHost, machines };
  };
  const worst = resourceDimensions.reduce((a, b) => (asked[b] > asked[a] ? b : a));
  return {
    dimension: inventory.hosts.length === 0 ? null : worst,
    asked,
    medianMachine,
    fitting: now.reduce((sum, count) => sum + count, 0),
    relief: resourceDimensions.map(reliefOf).filter(({ machines }) => machines > 0).sort((a, b) => b.machines - a.machines),
  };
}
