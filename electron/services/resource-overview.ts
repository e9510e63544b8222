import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { OverviewHost, PackedMachine, ResourceOverview } from '../../shared/contract/resources.ts';
import { allocationIn, type CloudAllocation } from '../../shared/resources/allocation.ts';
import { bottleneckIn } from '../../shared/resources/bottleneck.ts';
import { findingsOf } from '../../shared/resources/findings.ts';
import { machinesByHost } from '../../shared/resources/inventory.ts';
import { totalsOf, type Total, type TotalTerm } from '../../shared/resources/totals.ts';
import { resourceDimensions, type ResourceAmounts } from '../../shared/schema/resource-amounts.ts';
import { resourceCollections, type ResourceCollection } from '../../shared/schema/resource.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
import { inventoryOf, type ResourcesByCollection } from './inventory.ts';

const findingsShown = 200;

/** It is asked for at each look at the panel, and takes a fifth of a second of a large cloud: reckoned anew only after something changed. */
const reckoned = new WeakMap<Store, { inventory: Readonly<ResourcesByCollection>; overview: ResourceOverview }>();

/** The whole cloud as it is known here. Works without a server. */
export function resourceOverview({ store }: Context): ResourceOverview {
  const inventory = inventoryOf(store);
  const last = reckoned.get(store);
  if (last !== undefined && resourceCollections.every((collection) => last.inventory[collection] === inventory[collection])) return last.overview;
  const overview = overviewOf(inventory);
  reckoned.set(store, { inventory, overview });
  return overview;
}

function overviewOf(inventory: Readonly<ResourcesByCollection>): ResourceOverview {
  const allocation = allocationIn(inventory);
  const bottleneck = bottleneckIn(inventory, allocation);
  const findings = findingsOf(inventory, allocation);
  const counts = Object.fromEntries(resourceCollections.map((collection) => [collection, inventory[collection].length])) as Record<ResourceCollection, number>;
  return {
    counts,
    hosts: hostsOf(inventory, allocation),
    allocation: withoutMachines(allocation),
    totals: totalsOf(inventory).map(({ kind, sums }) => ({ kind, sums })),
    bottleneck: { ...bottleneck, relief: bottleneck.relief.map(({ byHost, ...relief }) => ({ ...relief, hosts: byHost.length })) },
    findings: findings.slice(0, findingsShown).map((finding) => ({ ...finding, subjectName: finding.subject === null ? '' : nameIn(inventory, finding.subject) })),
    findingCount: findings.length,
    ...agesOf(inventory),
  };
}

const hostsOf = ({ hosts }: Readonly<ResourcesByCollection>, allocation: CloudAllocation): OverviewHost[] =>
  hosts.flatMap(({ id, name, state, failureDomain }, index) => {
    const row = allocation.hosts[index];
    if (row === undefined) return [];
    const listed = (field: 'physical' | 'promised' | 'allocated' | 'stranded') => resourceDimensions.map((dimension) => row.dimensions[dimension][field]);
    return [{
      id, name, state, machines: row.virtualMachineIds.length, usable: row.usable,
      physical: listed('physical'), promised: listed('promised'), allocated: listed('allocated'), stranded: listed('stranded'), ...(failureDomain !== undefined && { failureDomain }),
    }];
  });

const withoutMachines = ({ cloud, pools, unplaced }: CloudAllocation): ResourceOverview['allocation'] => ({
  cloud,
  pools,
  unplaced: { machines: unplaced.virtualMachineIds.length, demand: unplaced.demand },
});

/** How old what is shown is. */
function agesOf(inventory: ResourcesByCollection): Pick<ResourceOverview, 'observed' | 'changedAt'> {
  let [from, to, changedAt]: (string | undefined)[] = [];
  for (const collection of resourceCollections) {
    for (const { observedAt, updatedAt } of inventory[collection]) {
      if (changedAt === undefined || updatedAt > changedAt) changedAt = updatedAt;
      if (observedAt === undefined) continue;
      if (from === undefined || observedAt < from) from = observedAt;
      if (to === undefined || observedAt > to) to = observedAt;
    }
  }
  return { ...(from !== undefined && to !== undefined && { observed: { from, to } }), ...(changedAt !== undefined && { changedAt }) };
}

/** What runs on some hosts. A host that is not known runs nothing. */
export function resourcePacking({ store }: Context, { hostIds }: CallParsed<'resources.packing'>): PackedMachine[][] {
  const byHost = machinesByHost(inventoryOf(store).virtualMachines);
  return hostIds.map((hostId) =>
    (byHost.get(hostId) ?? []).map(({ id, name, demand }) => ({ id, name, demand })).sort((a, b) => sizeOf(b.demand) - sizeOf(a.demand) || (a.name < b.name ? -1 : 1)),
  );
}

const sizeOf = (demand: ResourceAmounts): number => resourceDimensions.reduce((sum, dimension) => sum + Math.log1p(demand[dimension]), 0);

/** The terms of one total, each with its resource's name. */
export function totalTerms({ store }: Context, { kind, offset, limit }: CallParsed<'resources.totalTerms'>): Page<TotalTerm & { name: string }> {
  const inventory = inventoryOf(store);
  const { terms } = totalsOf(inventory).find((total) => total.kind === kind) as Total;
  return { rows: terms.slice(offset, offset + limit).map((term) => ({ ...term, name: nameIn(inventory, term) })), total: terms.length };
}

const nameIn = (inventory: ResourcesByCollection, { collection, id }: { collection: ResourceCollection; id: string }): string =>
  inventory[collection].find((resource) => resource.id === id)?.name ?? '';
