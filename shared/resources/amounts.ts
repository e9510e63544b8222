import type { Host } from '../schema/host.ts';
import { resourceDimensions, type ResourceAmounts, type ResourceDimension } from '../schema/resource-amounts.ts';

/** The same computation in every dimension. */
export function amountsOf(of: (dimension: ResourceDimension) => number): ResourceAmounts {
  return { cpu: of('cpu'), memory: of('memory'), disk: of('disk'), bandwidth: of('bandwidth') };
}

export const plus = (a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts => amountsOf((dimension) => a[dimension] + b[dimension]);
export const minus = (a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts => amountsOf((dimension) => a[dimension] - b[dimension]);

/** What all ask for. One pass over plain fields: of 20,000 machines each object, and each field looked up by its name, is felt. */
export function sumOf(all: readonly { demand: ResourceAmounts }[]): ResourceAmounts {
  let [cpu, memory, disk, bandwidth] = [0, 0, 0, 0];
  for (const { demand } of all) {
    cpu += demand.cpu;
    memory += demand.memory;
    disk += demand.disk;
    bandwidth += demand.bandwidth;
  }
  return { cpu, memory, disk, bandwidth };
}

/** The first dimension in which `demand` is more than `room`. */
export function shortDimension(demand: ResourceAmounts, room: ResourceAmounts): ResourceDimension | undefined {
  return resourceDimensions.find((dimension) => demand[dimension] > room[dimension]);
}

/** Asked of each of 20,000 machines, many times over: plain fields, as in {@link sumOf}. */
export const fitsIn = (demand: ResourceAmounts, room: ResourceAmounts): boolean =>
  demand.cpu <= room.cpu && demand.memory <= room.memory && demand.disk <= room.disk && demand.bandwidth <= room.bandwidth;

/** How many times a host's amount may be promised: 1 for what is never promised twice. */
export function overcommitOf(host: Pick<Host, 'overcommit'>, dimension: ResourceDimension): number {
  return dimension === 'cpu' || dimension === 'memory' ? host.overcommit[dimension] : 1;
}

/**
 * What a host may promise to its machines: physical × overcommit, whole units. Twelve digits are kept of the product
 * before it is cut off, or 100 × 1.15 would be 114.
 */
export function promisedBy(host: Pick<Host, 'capacity' | 'overcommit'>): ResourceAmounts {
  return amountsOf((dimension) => {
    const product = host.capacity[dimension] * overcommitOf(host, dimension);
    return Number.isInteger(product) ? product : Math.floor(Number(product.toPrecision(12)));
  });
}

/** Amounts in the order of `resourceDimensions`. */
export const listed = (amounts: ResourceAmounts): number[] => resourceDimensions.map((dimension) => amounts[dimension]);
