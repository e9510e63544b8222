import type { OverviewHost } from '../../../shared/contract/resources.ts';
import type { DimensionAllocation } from '../../../shared/resources/allocation.ts';
import { resourceDimensions, type ResourceDimension } from '../../../shared/schema/resource-amounts.ts';

/** A host with what is given away of it. */
export interface HostLoad extends Pick<OverviewHost, 'id' | 'name' | 'state' | 'failureDomain' | 'machines' | 'usable'> {
  dimensions: Record<ResourceDimension, Omit<DimensionAllocation, 'free'>>;
}

/** By name, by the fullest dimension, or by the greatest share of any dimension that nothing can get. */
export const hostOrders = ['name', 'fullest', 'stranded'] as const;
export type HostOrder = (typeof hostOrders)[number];

/** What a host's share is of: what it may promise with its overcommit, or what it physically has. */
export const measures = ['promised', 'physical'] as const;
export type Measure = (typeof measures)[number];

export function hostLoads(hosts: readonly OverviewHost[]): HostLoad[] {
  return hosts.map(({ physical, promised, allocated, stranded, ...host }) => {
    const of = (at: number) => {
      const [has = 0, may = 0, gave = 0, lost = 0] = [physical[at], promised[at], allocated[at], stranded[at]];
      return { physical: has, promised: may, allocated: gave, share: may === 0 ? 0 : gave / may, stranded: lost };
    };
    return { ...host, dimensions: { cpu: of(0), memory: of(1), disk: of(2), bandwidth: of(3) } };
  });
}

/** Allocated / promised or physical; above 1 where overfilled, or by overcommit; 0 where there is none of it. */
export function shareOf({ dimensions }: Pick<HostLoad, 'dimensions'>, dimension: ResourceDimension, measure: Measure): number {
  const { allocated, [measure]: whole } = dimensions[dimension];
  return whole === 0 ? 0 : allocated / whole;
}

const fullest = (host: HostLoad): number => Math.max(...resourceDimensions.map((dimension) => host.dimensions[dimension].share));

export function strandedShare({ dimensions }: Pick<HostLoad, 'dimensions'>): number {
  return Math.max(...resourceDimensions.map((dimension) => (dimensions[dimension].promised === 0 ? 0 : dimensions[dimension].stranded / dimensions[dimension].promised)));
}

/** Sorted anew; equal ones stay by name. */
export function sortHosts(hosts: readonly HostLoad[], order: HostOrder): HostLoad[] {
  if (order === 'name') return [...hosts];
  const keyOf = order === 'fullest' ? fullest : strandedShare;
  return [...hosts].sort((a, b) => keyOf(b) - keyOf(a));
}
