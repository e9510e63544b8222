import { costOf, dimensions, isProfit, type PlacementProblem, type Unit } from './problem.ts';
import { hostsFor } from './state.ts';
import { shareIn } from './value.ts';

const each = [...Array(dimensions).keys()];
const demandIn = ({ units }: PlacementProblem, d: number) => units.reduce((sum, { demand }) => sum + (demand[d] as number), 0);
const roomsIn = ({ hosts, room }: PlacementProblem, d: number) => hosts.map((_, host) => room[host * dimensions + d] as number);
const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

/** How many of the largest hosts it takes to hold all demand of one dimension. */
function hostsForVolume(problem: PlacementProblem, d: number): number {
  let left = demandIn(problem, d);
  let count = 0;
  for (const room of roomsIn(problem, d).sort((a, b) => b - a)) {
    if (left <= 0) break;
    left -= room;
    count += 1;
  }
  return count;
}

/** Members of the largest group of which no two share a host. */
function largestGroup({ units }: PlacementProblem): number {
  const sizes = new Map<string, number>();
  for (const { apart, spread } of units) {
    for (const group of apart) sizes.set(`a${group}`, (sizes.get(`a${group}`) ?? 0) + 1);
    for (const group of spread) sizes.set(`s${group}`, (sizes.get(`s${group}`) ?? 0) + 1);
  }
  let largest = 0;
  for (const size of sizes.values()) largest = Math.max(largest, size);
  return largest;
}

/** At least as many hosts as the volume of each dimension and the largest group ask for. */
const hostsBound = (problem: PlacementProblem) => Math.max(problem.units.length > 0 ? 1 : 0, largestGroup(problem), ...each.map((d) => hostsForVolume(problem, d)));

/** The least and the second least cost of a unit over the hosts that it may be on, and the host of the least if there is but one. */
function cheapest(problem: PlacementProblem, unit: Unit): { least: number; penalty: number; home: number } {
  const candidates = unit.allowed ?? [...unit.kept.keys()];
  const costs = candidates.filter((host) => unit.demand.every((amount, d) => amount <= (problem.room[host * dimensions + d] as number))).map((host) => ({ host, cost: costOf(unit, host) }));
  if (unit.allowed === null && unit.kept.size < problem.hosts.length) costs.push({ host: -1, cost: unit.total });
  costs.sort((a, b) => a.cost - b.cost);
  const [best, second] = costs;
  if (best === undefined) return { least: 0, penalty: 0, home: -1 };
  return { least: best.cost, penalty: second === undefined ? Number.POSITIVE_INFINITY : second.cost - best.cost, home: best.host };
}

/** The least sum of penalties (fractions allowed, cheapest by amount first) that takes away `excess` in dimension d. */
function shed(residents: readonly { unit: Unit; penalty: number }[], excess: number, d: number): number {
  const useful = residents.filter(({ unit }) => (unit.demand[d] as number) > 0);
  useful.sort((a, b) => a.penalty / (a.unit.demand[d] as number) - b.penalty / (b.unit.demand[d] as number));
  let left = excess;
  let cost = 0;
  for (const { unit, penalty } of useful) {
    if (left <= 0) break;
    const amount = unit.demand[d] as number;
    cost += penalty * Math.min(1, left / amount);
    left -= amount;
  }
  return cost;
}

/**
 * Every unit pays its least cost; where those who would stay on a host are more than it holds, the cheapest to leave must
 * pay the difference to their second choice: a fractional covering knapsack for each host and dimension.
 */
function movesBound(problem: PlacementProblem): number {
  const residents = new Map<number, { unit: Unit; penalty: number }[]>();
  let bound = 0;
  for (const unit of problem.units) {
    const { least, penalty, home } = cheapest(problem, unit);
    bound += least;
    if (home < 0 || penalty === 0 || penalty === Number.POSITIVE_INFINITY) continue;
    const others = residents.get(home);
    if (others === undefined) residents.set(home, [{ unit, penalty }]);
    else others.push({ unit, penalty });
  }
  for (const [host, staying] of residents) {
    const costs = each.map((d) => shed(staying, total(staying.map(({ unit }) => unit.demand[d] as number)) - (problem.room[host * dimensions + d] as number), d));
    bound += Math.ceil(Math.max(0, ...costs) - 1e-6);
  }
  return bound;
}

/** The mean share of every dimension, and what each unit makes of the largest host it may be on. */
function balanceBound(problem: PlacementProblem): number {
  const mean = each.map((d) => shareIn(demandIn(problem, d), total(roomsIn(problem, d))));
  let bound = Math.max(0, ...mean);
  for (const unit of problem.units) {
    let least = Number.POSITIVE_INFINITY;
    for (const host of hostsFor(problem, unit)) {
      least = Math.min(least, Math.max(...unit.demand.map((amount, d) => shareIn(amount, problem.room[host * dimensions + d] as number))));
      if (least <= bound) break;
    }
    if (least !== Number.POSITIVE_INFINITY) bound = Math.max(bound, least);
  }
  return bound;
}

/** All hosts as one, fractions allowed, one dimension at a time (G. B. Dantzig, 1957). */
function profitBound(problem: PlacementProblem): number {
  const possible = problem.units.filter(({ allowed }) => allowed === null || allowed.length > 0);
  const ofDimension = (d: number) => {
    let left = Math.min(total(roomsIn(problem, d)), problem.budget?.[d] ?? Number.POSITIVE_INFINITY);
    const worth = (unit: Unit) => unit.profit / (unit.demand[d] as number);
    const asking = possible.filter(({ demand }) => (demand[d] as number) > 0).sort((a, b) => worth(b) - worth(a));
    let profit = total(possible.filter(({ demand }) => demand[d] === 0).map((unit) => unit.profit));
    for (const unit of asking) {
      const amount = unit.demand[d] as number;
      profit += unit.profit * Math.min(1, left / amount);
      left = Math.max(0, left - amount);
      if (left === 0) break;
    }
    return Math.floor(profit + 1e-6);
  };
  return Math.min(...each.map(ofDimension));
}

/** A bound that takes no time. */
export function simpleBound(problem: PlacementProblem): number {
  if (isProfit(problem)) return profitBound(problem);
  switch (problem.options.objective) {
    case 'hosts':
      return hostsBound(problem);
    case 'balance':
      return balanceBound(problem);
    default:
      return movesBound(problem);
  }
}
