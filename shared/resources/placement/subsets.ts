import type { PlacementIncumbent } from './incumbent.ts';
import { costOf, dimensions, isProfit, type Assignment, type PlacementProblem, type Unit } from './problem.ts';
import { finding } from '../finding.ts';
import { shareIn } from './value.ts';

/** Steps up to which it is worth trying every set of units on every host. */
const mostSteps = 6_000_000;

export const fewEnough = ({ units, hosts }: PlacementProblem): boolean => units.length <= 12 && 3 ** units.length * Math.max(1, hosts.length) <= mostSteps;

const members = (set: number, units: readonly Unit[]) => units.filter((_, index) => ((set >> index) & 1) === 1);

const twice = (groups: readonly number[]) => new Set(groups).size < groups.length;

/** What a set of units costs together on one host; infinite where it breaks a rule. Profit counts as a negative cost. */
function costTogether({ options, units, room }: PlacementProblem, host: number, set: number): number {
  if (set === 0) return 0;
  const inside = members(set, units);
  if (inside.some(({ allowed }) => allowed !== null && !allowed.includes(host)) || twice(inside.flatMap(({ apart }) => apart))) return Number.POSITIVE_INFINITY;
  let share = 0;
  for (let d = 0; d < dimensions; d += 1) {
    const load = inside.reduce((sum, { demand }) => sum + (demand[d] as number), 0);
    const limit = room[host * dimensions + d] as number;
    if (load > limit) return Number.POSITIVE_INFINITY;
    share = Math.max(share, shareIn(load, limit));
  }
  switch (options.objective) {
    case 'hosts':
      return 1;
    case 'balance':
      return share;
    case 'profit':
      return inside.reduce((sum, { profit }) => sum - profit, 0);
    default:
      return inside.reduce((sum, unit) => sum + costOf(unit, host), 0);
  }
}

interface Table {
  cost: Float64Array;
  /** For each layer (host or failure domain), the set that it takes of each set. */
  taken: Int32Array[];
}

/** Adds a layer: the best way to have each set placed, some part of it on this layer and the rest before. */
function extend(table: Table, layer: Float64Array, combine: (a: number, b: number) => number): void {
  const size = layer.length;
  const cost = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const taken = new Int32Array(size);
  for (let set = 0; set < size; set += 1) {
    for (let part = set; ; part = (part - 1) & set) {
      const own = layer[part] as number;
      if (own !== Number.POSITIVE_INFINITY) {
        const sum = combine(own, table.cost[set ^ part] as number);
        if (sum < (cost[set] as number)) [cost[set], taken[set]] = [sum, part];
      }
      if (part === 0) break;
    }
  }
  table.cost = cost;
  table.taken.push(taken);
}

const emptyTable = (size: number): Table => {
  const cost = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  cost[0] = 0;
  return { cost, taken: [] };
};

/** What each layer takes of a set, the last first. */
function* takenOf({ taken }: Table, set: number): Iterable<[layer: number, part: number]> {
  let left = set;
  for (let layer = taken.length - 1; layer >= 0; layer -= 1) {
    const part = (taken[layer] as Int32Array)[left] as number;
    yield [layer, part];
    left ^= part;
  }
}

/**
 * The exact answer by dynamic programming over sets of units: the best way to place each set on the hosts so far, host
 * after host within a failure domain, domain after domain (after R. Bellman, 1962; time 3^units × hosts). Undefined where
 * `until` said to give up, null where there is none.
 */
export function bySubsets(problem: PlacementProblem, until: () => boolean): Assignment | null | undefined {
  const { units, hosts, domain, domains, budget } = problem;
  const size = 2 ** units.length;
  const combine = problem.options.objective === 'balance' ? Math.max : (a: number, b: number) => a + b;
  const spreads = Uint8Array.from({ length: size }, (_, set) => (twice(members(set, units).flatMap(({ spread }) => spread)) ? 0 : 1));
  const all = emptyTable(size);
  const inside: { table: Table; hosts: number[] }[] = [];
  for (let index = 0; index < domains; index += 1) {
    const own = [...hosts.keys()].filter((host) => domain[host] === index);
    const table = emptyTable(size);
    for (const host of own) {
      if (until()) return undefined;
      extend(table, Float64Array.from({ length: size }, (_, set) => costTogether(problem, host, set)), combine);
    }
    inside.push({ table, hosts: own });
    extend(all, table.cost.map((cost, set) => (spreads[set] === 1 ? cost : Number.POSITIVE_INFINITY)), combine);
  }
  const affordable = (set: number) => budget === null || budget.every((amount, d) => members(set, units).reduce((sum, { demand }) => sum + (demand[d] as number), 0) <= amount);
  let best = size - 1;
  if (isProfit(problem)) {
    best = 0;
    for (let set = 1; set < size; set += 1) if ((all.cost[set] as number) < (all.cost[best] as number) && affordable(set)) best = set;
  }
  if (all.cost[best] === Number.POSITIVE_INFINITY) return null;
  const hostOf = new Int32Array(units.length).fill(-1);
  for (const [index, part] of takenOf(all, best)) {
    const { table, hosts: own } = inside[index] as { table: Table; hosts: number[] };
    for (const [layer, set] of takenOf(table, part)) units.forEach((_, unit) => ((set >> unit) & 1) === 1 && (hostOf[unit] = own[layer] as number));
  }
  return hostOf;
}

/** Proves the optimum, or that there is no placement, where there are few enough units. */
export function solveBySubsets(incumbent: PlacementIncumbent): void {
  const { problem } = incumbent;
  if (incumbent.over || !fewEnough(problem)) return;
  const hostOf = bySubsets(problem, () => incumbent.over);
  if (hostOf === undefined) return;
  if (hostOf === null) {
    incumbent.impossible = finding({ code: 'proved-by-search', severity: 'impossible', subject: null, virtualMachineIds: problem.machines.map(({ id }) => id), hostIds: problem.hosts.map(({ id }) => id) });
    return;
  }
  incumbent.offer(hostOf, 'subset-program');
  incumbent.proveBy(hostOf, 'subset-program');
}
