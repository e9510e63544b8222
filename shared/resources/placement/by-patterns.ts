import { solveLinear } from '../../scheduling/common/linear-program.ts';
import type { Pattern } from '../../scheduling/packing/stock.ts';
import { secondsLeft } from '../../scheduling/run.ts';
import { fillWithRoom } from './greedy.ts';
import type { PlacementIncumbent } from './incumbent.ts';
import { fleetOf, generatePatterns, masterProgram, type Fleet, type HostPattern } from './patterns.ts';
import type { Assignment, PlacementProblem } from './problem.ts';
import { PlacementState } from './state.ts';

const by = 'column-generation';
/** Units of one demand that are tried on a host, some of which a rule may keep away. */
const tries = 20;

/** What the hosts in use hold in a placement. */
function patternsOf({ kinds, types }: Fleet, hostOf: Assignment): HostPattern[] {
  const held = new Map<number, Pattern>();
  types.forEach((units, type) => {
    for (const index of units) {
      const host = hostOf[index] as number;
      const pattern = held.get(host) ?? { types: [], counts: [] };
      held.set(host, pattern);
      if (pattern.types.at(-1) !== type) {
        pattern.types.push(type);
        pattern.counts.push(0);
      }
      pattern.counts.push((pattern.counts.pop() as number) + 1);
    }
  });
  return kinds.flatMap(({ hosts }, kind) => hosts.flatMap((host) => held.get(host) ?? []).map((pattern) => ({ kind, pattern })));
}

/** Pinned units of each host, and hosts in an order in which the first cover all pins (greedy covering: V. Chvátal, 1979). */
function pinsOf({ units, hosts }: PlacementProblem): { pinned: Map<number, number[]>; order: number[] } {
  const pinned = Map.groupBy(units.flatMap(({ allowed }, index) => (allowed ?? []).map((host) => ({ host, index }))), ({ host }) => host);
  const uncovered = Int32Array.from(hosts, (_, host) => pinned.get(host)?.length ?? 0);
  const covered = new Set<number>();
  const order: number[] = [];
  const rest = new Set(hosts.keys());
  for (;;) {
    const next = [...rest].reduce((best, host) => ((uncovered[host] as number) > (uncovered[best] ?? 0) ? host : best), -1);
    if (next < 0) return { pinned: new Map([...pinned].map(([host, pairs]) => [host, pairs.map(({ index }) => index)])), order: [...order, ...rest] };
    order.push(next);
    rest.delete(next);
    for (const { index } of pinned.get(next) ?? []) {
      if (covered.has(index)) continue;
      covered.add(index);
      for (const host of units[index]?.allowed ?? []) uncovered[host] = (uncovered[host] as number) - 1;
    }
  }
}

/** Hosts filled by so many copies of each pattern, as far as the rules allow; the rest goes where there is room. */
function placementBy(problem: PlacementProblem, { kinds, types }: Fleet, patterns: readonly HostPattern[], copies: ArrayLike<number>, until: () => boolean): Assignment {
  const state = new PlacementState(problem);
  const { pinned, order } = pinsOf(problem);
  const place = new Map(order.map((host, at) => [host, at]));
  const hosts = kinds.map((kind) => kind.hosts.toSorted((a, b) => (place.get(a) as number) - (place.get(b) as number)));
  const free = types.map((units) => new Set(units.filter((index) => state.unit(index).allowed === null)));
  const typeOf = new Map(types.flatMap((units, type) => units.map((index) => [index, type])));
  function* candidates(host: number, type: number) {
    for (const index of pinned.get(host) ?? []) if (typeOf.get(index) === type && (state.hostOf[index] as number) < 0) yield index;
    yield* free[type] ?? [];
  }
  const fillHost = (host: number, { types: held, counts }: Pattern) =>
    held.forEach((type, at) => {
      let [left, tried] = [counts[at] as number, 0];
      for (const index of candidates(host, type)) {
        if (left === 0 || tried > tries) return;
        if (!state.fits(state.unit(index), host)) tried += 1;
        else {
          state.put(index, host);
          free[type]?.delete(index);
          left -= 1;
        }
      }
    });
  patterns.forEach(({ kind, pattern }, column) => {
    for (const host of hosts[kind]?.splice(0, Math.floor((copies[column] as number) + 1e-6)) ?? []) fillHost(host, pattern);
  });
  fillWithRoom(state, 'best-fit', 'greatest', until, until);
  return state.hostOf;
}

/**
 * For `hosts`: machines come in few sizes and hosts in few kinds, so that patterns of what a host holds bound the hosts from
 * below and, chosen in whole numbers, fill them (restricted master). Rules are left out of the bound and kept in the placement.
 */
export function byPatterns(incumbent: PlacementIncumbent, seconds: number): void {
  const { problem, run } = incumbent;
  if (incumbent.over || problem.options.objective !== 'hosts') return;
  const fleet = fleetOf(problem, run);
  if (fleet === null || fleet.types.length === 0) return;
  const end = run.elapsed() + seconds;
  const left = () => Math.max(0, Math.min(end - run.elapsed(), secondsLeft(run)));
  const half = run.elapsed() + left() / 2;
  const { patterns, bound } = generatePatterns(fleet, incumbent.hostOf === null ? [] : patternsOf(fleet, incumbent.hostOf), run, () => incumbent.over || run.elapsed() > half);
  incumbent.prove(bound, by);
  for (const integer of [false, true]) {
    if (incumbent.over) return;
    const { x } = solveLinear(run.highs, masterProgram(fleet, patterns, integer), { seconds: left(), absoluteGap: 0.999 });
    if (x !== undefined) incumbent.offer(placementBy(problem, fleet, patterns, x, () => incumbent.over), by);
  }
}
