import type { CloudFigures } from '../../schema/cloud-report.ts';
import { resourceDimensions, type ResourceDimension } from '../../schema/resource-amounts.ts';
import { gapOf } from '../../scheduling/answer.ts';
import type { ModelName } from '../../scheduling/models.ts';
import { allocationIn, type HostAllocation } from '../allocation.ts';
import { amountsOf } from '../amounts.ts';
import { bottleneckIn } from '../bottleneck.ts';
import { findingsOf } from '../findings.ts';
import { forecast, reachedAt } from '../forecast.ts';
import { byId, type Inventory } from '../inventory.ts';
import type { PlacementAnswer } from '../placement/answer.ts';
import { measurePlacement } from '../placement/check.ts';
import type { PlacementOptions } from '../placement/options.ts';
import { totalsOf, type TotalTerm } from '../totals.ts';
import type { CloudReportInputs } from './inputs.ts';

/** A host of which less than this share is given away in every dimension stands idle. */
const idleBelow = 0.2;
const termsShown = 12;
const rowsShown = 50;
const namesShown = 10;
const movesShown = 200;
const samplesUsed = 60;
const day = 86_400_000;

/** What the best placement of a report is to be good at. */
export const reportOptions: PlacementOptions = { objective: 'hosts', bandwidth: 10_000, reserve: 'none', budget: null };

/**
 * The figures of a report: a pure function of its inputs and of a model's answer to them. Of the answer only the value, the bound and
 * the status are taken, which are the same whichever of several best placements was found.
 */
export function cloudFigures(inputs: CloudReportInputs, model: ModelName, answer: PlacementAnswer): CloudFigures {
  const { inventory } = inputs;
  const { hosts, cloud, pools, unplaced } = allocationIn(inventory);
  const poolNames = byId(inventory.storagePools);
  return {
    counts: {
      hosts: inventory.hosts.length, virtualMachines: inventory.virtualMachines.length, storagePools: inventory.storagePools.length,
      databases: inventory.databases.length, computeNodes: inventory.computeNodes.length, tasks: inventory.tasks.length,
    },
    totals: totalsOf(inventory).map(({ kind, sums, terms }) => ({ kind, sums: sums.map(({ unit, value }) => ({ unit, value, ...grouped(terms.filter((term) => term.unit === unit)) })) })),
    allocation: resourceDimensions.map((dimension) => {
      const { physical, promised, allocated, share, stranded } = cloud[dimension];
      return { dimension, physical, promised, allocated, share, stranded };
    }),
    pools: cut(pools.map(({ storagePoolId, capacity, used, share }) => ({ name: poolNames.get(storagePoolId)?.name ?? '', capacity, used, share })).sort((a, b) => b.share - a.share)),
    ...loads(inventory, hosts),
    unplaced: unplaced.virtualMachineIds.length,
    findings: findingRows(inventory),
    bottleneck: bottleneckFigures(inventory),
    placement: placementFigures(inventory, model, answer),
    moves: moveRows(inputs),
    trend: trendOf(inputs, amountsOf((dimension) => cloud[dimension].share)),
  };
}

const cut = <Row>(rows: readonly Row[], shown = rowsShown) => ({ rows: rows.slice(0, shown), of: rows.length });

/** Equal terms once, the greatest sums first. */
function grouped(terms: readonly TotalTerm[]) {
  const groups = new Map<string, { count: number; left: number; right: number; product: number }>();
  for (const { left, right, product } of terms) {
    const key = `${left} ${right}`;
    const group = groups.get(key) ?? { count: 0, left, right, product: 0 };
    groups.set(key, { ...group, count: group.count + 1, product: group.product + product });
  }
  const sorted = [...groups.values()].sort((a, b) => b.product - a.product || b.left - a.left || b.right - a.right);
  const rest = sorted.slice(termsShown);
  return { terms: sorted.slice(0, termsShown), rest: { count: rest.reduce((sum, { count }) => sum + count, 0), product: rest.reduce((sum, { product }) => sum + product, 0) } };
}

function loads(inventory: Inventory, hosts: readonly HostAllocation[]): Pick<CloudFigures, 'over' | 'under'> {
  const names = byId(inventory.hosts);
  const rows = hosts.filter(({ usable }) => usable).map(({ hostId, dimensions }) => {
    const dimension = resourceDimensions.reduce<ResourceDimension>((a, b) => (dimensions[b].share > dimensions[a].share ? b : a), 'cpu');
    return { name: names.get(hostId)?.name ?? '', dimension, share: dimensions[dimension].share };
  });
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  return {
    over: cut(rows.filter(({ share }) => share > 1).sort((a, b) => b.share - a.share || byName(a, b))),
    under: cut(rows.filter(({ share }) => share < idleBelow).sort((a, b) => a.share - b.share || byName(a, b))),
  };
}

function findingRows(inventory: Inventory): CloudFigures['findings'] {
  const [machines, hosts] = [byId(inventory.virtualMachines), byId(inventory.hosts)];
  const nameIn = (documents: ReadonlyMap<string, { name: string }>) => (id: string) => documents.get(id)?.name ?? id;
  return cut(findingsOf(inventory).map(({ code, severity, virtualMachineIds, hostIds, rule, dimension, asked, available }) => ({
    code, severity, dimension, asked, available, group: rule !== null && 'group' in rule ? rule.group : '',
    machines: virtualMachineIds.slice(0, namesShown).map(nameIn(machines)), machineCount: virtualMachineIds.length,
    hosts: hostIds.slice(0, namesShown).map(nameIn(hosts)), hostCount: hostIds.length,
  })));
}

function bottleneckFigures(inventory: Inventory): CloudFigures['bottleneck'] {
  const { dimension, asked, fitting, relief } = bottleneckIn(inventory);
  return { dimension, asked, fitting, relief: relief.map(({ byHost, ...row }) => ({ dimension: row.dimension, amount: row.amount, machines: row.machines, hosts: byHost.length })) };
}

function placementFigures(inventory: Inventory, model: ModelName, answer: PlacementAnswer): CloudFigures['placement'] {
  const present = inventory.virtualMachines.map(({ id, hostId = null }) => ({ virtualMachineId: id, hostId }));
  const { value, violations } = measurePlacement(inventory, reportOptions, present);
  return {
    objective: reportOptions.objective, model, status: answer.status, present: value, broken: violations.length,
    value: answer.value, bound: answer.bound, gap: gapOf(answer), reason: answer.reason?.code ?? null,
  };
}

function moveRows({ inventory, moves }: CloudReportInputs): CloudFigures['moves'] {
  const [machines, hosts] = [byId(inventory.virtualMachines), byId(inventory.hosts)];
  const host = (id: string | null) => (id === null ? null : (hosts.get(id)?.name ?? id));
  return cut(moves.map(({ at, virtualMachineId, from, to }) => ({ at, machine: machines.get(virtualMachineId)?.name ?? virtualMachineId, from: host(from), to: host(to) })), movesShown);
}

function trendOf({ earlier, to }: CloudReportInputs, now: ReturnType<typeof amountsOf>): CloudFigures['trend'] {
  const samples = [...earlier, { at: to, shares: now }].slice(-samplesUsed);
  const lines = resourceDimensions.flatMap((dimension) => {
    const points = samples.map(({ at, shares }) => ({ at: Date.parse(at), value: shares[dimension] }));
    const line = forecast(points, [Date.parse(to) + 30 * day]);
    const [then] = line?.points ?? [];
    if (line === null || then === undefined) return [];
    const full = reachedAt(points, 1);
    // A line that is nearly level reaches the limit at no moment that a calendar knows.
    const fullAt = full === null || full > Date.parse(to) + 3650 * day ? null : new Date(full).toISOString();
    return [{ dimension, slopePerDay: line.slopePerDay, fit: line.fit, inThirtyDays: then.value, low: then.low, high: then.high, fullAt }];
  });
  return { samples, lines };
}
