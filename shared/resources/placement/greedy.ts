import { costOf, countsMoves, dimensions, isProfit, type PlacementProblem, type Unit } from './problem.ts';
import { hostsFor, type PlacementState } from './state.ts';

/**
 * Which host of those that have room: the first in use; the one that it leaves least room on; the one whose room it is most
 * alike (dot product: R. Panigrahy, K. Talwar, L. Uyeda, U. Wieder, Heuristics for vector bin packing, 2011); or the emptiest.
 */
export type Choice = 'first-fit' | 'best-fit' | 'dot-product' | 'worst-fit';
export type Measure = 'sum' | 'greatest';

/** Size of a unit in shares of all there is, so that scarce dimensions count for more. */
function sizesOf({ units, hosts, room }: PlacementProblem, measure: Measure): Float64Array {
  const total = new Float64Array(dimensions);
  room.forEach((amount, at) => (total[at % dimensions] = (total[at % dimensions] as number) + amount));
  const asked = new Float64Array(dimensions);
  for (const { demand } of units) demand.forEach((amount, d) => (asked[d] = (asked[d] as number) + amount));
  return Float64Array.from(units, ({ demand }) => {
    let size = 0;
    for (let d = 0; d < dimensions; d += 1) {
      if ((total[d] as number) === 0) continue;
      const share = ((demand[d] as number) * hosts.length) / (total[d] as number);
      const weighted = share * ((asked[d] as number) / (total[d] as number));
      size = measure === 'sum' ? size + weighted : Math.max(size, share);
    }
    return size;
  });
}

/** Of profit the dearest for its size first, by priority; else what is most tied down by its pins first, then the largest. */
export function orderOf(problem: PlacementProblem, measure: Measure): Int32Array {
  const sizes = sizesOf(problem, measure);
  const { units } = problem;
  const size = (index: number) => sizes[index] as number;
  const unit = (index: number) => units[index] as Unit;
  const worth = (index: number) => unit(index).profit / Math.max(1e-9, size(index));
  const freedom = ({ allowed }: Unit) => (allowed === null || allowed.length > 3 ? 4 : allowed.length);
  const order = Int32Array.from(units.keys());
  if (isProfit(problem)) return order.sort((a, b) => worth(b) - worth(a) || unit(b).priority - unit(a).priority || a - b);
  return order.sort((a, b) => freedom(unit(a)) - freedom(unit(b)) || size(b) - size(a) || a - b);
}

/** The greater, the better is a host for a unit. */
function scoreOf({ free, problem: { room } }: PlacementState, { demand }: Unit, host: number, choice: Choice): number {
  const from = host * dimensions;
  let score = 0;
  for (let d = 0; d < dimensions; d += 1) {
    const whole = room[from + d] as number;
    if (whole === 0) continue;
    const left = free[from + d] as number;
    const asked = demand[d] as number;
    if (choice === 'dot-product') score += (left * asked) / (whole * whole);
    else if (choice === 'best-fit') score -= (left - asked) / whole;
    else score = Math.min(score, (left - asked) / whole - 1);
  }
  return score;
}

/** The host for a unit; −1 where none has room. A host that is in use goes before one that is not, unless the load is to be spread. */
export function chooseHost(state: PlacementState, unit: Unit, choice: Choice, order: Int32Array): number {
  if (!state.affordable(unit)) return -1;
  const { problem, on } = state;
  const candidates = unit.allowed ?? order;
  const moving = countsMoves(problem);
  const grouped = unit.apart.length + unit.spread.length > 0;
  let best = -1;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < candidates.length; at += 1) {
    const host = candidates[at] as number;
    if (!state.hasRoom(unit, host) || (grouped && !state.keepsApart(unit, host))) continue;
    if (choice === 'first-fit' && unit.allowed === null) return host;
    const opens = choice !== 'worst-fit' && (on[host] as Set<number>).size === 0;
    const stays = unit.kept.size === 0 ? 1 : costOf(unit, host) / unit.total;
    const score = scoreOf(state, unit, host, choice) - (opens ? 1000 : 0) - (moving ? 2000 : 0.01) * stays;
    if (score > bestScore) [best, bestScore] = [host, score];
    // Nothing tells one empty host from the next of its kind: looking at all of them would cost most of the time.
    if (opens && !moving && problem.hosts.length > 200) break;
  }
  return best;
}

/** Hosts by falling room, so that few are filled; with draining ones not among them. */
export function hostOrder({ hosts, room }: PlacementProblem): Int32Array {
  const greatest = new Float64Array(dimensions);
  room.forEach((amount, at) => (greatest[at % dimensions] = Math.max(greatest[at % dimensions] as number, amount)));
  const size = Float64Array.from(hosts, (_, host) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d += 1) if ((greatest[d] as number) > 0) sum += (room[host * dimensions + d] as number) / (greatest[d] as number);
    return sum;
  });
  return Int32Array.from(hosts.keys()).sort((a, b) => (size[b] as number) - (size[a] as number) || a - b);
}

/**
 * What may stay where it is, the dearest to move for its size first; what is left finds its place in `fill`. The present
 * placement, as far as it keeps the rules, is so the beginning of every plan of few moves.
 */
export function seatResidents(state: PlacementState): void {
  const { problem } = state;
  const sizes = sizesOf(problem, 'greatest');
  const worth = Float64Array.from(problem.units, ({ kept }, index) => Math.max(0, ...kept.values()) / Math.max(1e-9, sizes[index] as number));
  const order = [...problem.units.keys()].filter((index) => (worth[index] as number) > 0).sort((a, b) => (worth[b] as number) - (worth[a] as number) || a - b);
  for (const index of order) {
    const unit = problem.units[index] as Unit;
    const homes = [...unit.kept].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([host]) => host);
    const home = homes.find((host) => (unit.allowed === null || unit.allowed.includes(host)) && state.fits(unit, host));
    if (home !== undefined) state.put(index, home);
  }
}

/** Puts every unit that has no place on a host that has room; answers those that found none. */
export function fill(state: PlacementState, choice: Choice, measure: Measure, until: () => boolean): number[] {
  const { problem } = state;
  const hosts = hostOrder(problem);
  const left: number[] = [];
  orderOf(problem, measure).forEach((index, at) => {
    if ((state.hostOf[index] as number) >= 0) return;
    const host = (at & 15) === 0 && until() ? -1 : chooseHost(state, state.unit(index), choice, hosts);
    if (host < 0) left.push(index);
    else state.put(index, host);
  });
  return left;
}

/** Units for which room is made one by one where a rule found none. */
const fewLeft = 100;

/** As `fill`; for the few that found no host, room is made until `late`. */
export function fillWithRoom(state: PlacementState, choice: Choice, measure: Measure, until: () => boolean, late: () => boolean): void {
  const left = fill(state, choice, measure, until);
  if (left.length > fewLeft) return;
  const order = hostOrder(state.problem);
  for (const index of left) makeRoom(state, index, order, late);
}

/** Makes room for a unit by sending one other away to a host that has room for it. Answers whether it could. */
function makeRoom(state: PlacementState, index: number, order: Int32Array, until: () => boolean): boolean {
  const unit = state.unit(index);
  if (!state.affordable(unit)) return false;
  for (const host of hostsFor(state.problem, unit)) {
    if (until()) return false;
    for (const other of [...(state.on[host] ?? [])]) {
      state.take(other);
      const elsewhere = state.fits(unit, host) ? homeBeside(state, other, host, order) : -1;
      if (elsewhere >= 0) {
        state.put(other, elsewhere);
        state.put(index, host);
        return true;
      }
      state.put(other, host);
    }
  }
  return false;
}

function homeBeside(state: PlacementState, index: number, host: number, order: Int32Array): number {
  const unit = state.unit(index);
  for (const other of unit.allowed ?? order) if (other !== host && state.fits(unit, other)) return other;
  return -1;
}
