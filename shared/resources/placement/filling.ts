import { models } from '../../scheduling/multidimensional-knapsack/models.ts';
import { secondsLeft, slice } from '../../scheduling/run.ts';
import { fill, hostOrder } from './greedy.ts';
import type { PlacementIncumbent } from './incumbent.ts';
import { dimensions, type Unit } from './problem.ts';
import { PlacementState } from './state.ts';

/** Units and hosts up to which a knapsack for each host is worth its time. */
const mostUnits = 400;
const mostHosts = 200;

/** What a unit is worth in a host's knapsack: what it is worth at all, what staying saves, or how much of the host it fills. */
function worthOf(unit: Unit, host: number, room: Float64Array, objective: string): number {
  if (objective === 'profit') return unit.profit;
  if (objective === 'moves' || objective === 'time') return unit.kept.get(host) ?? 0;
  let share = 0;
  for (let d = 0; d < dimensions; d += 1) {
    const whole = room[host * dimensions + d] as number;
    if (whole > 0) share += (unit.demand[d] as number) / whole;
  }
  return Math.round(share * 10_000);
}

/**
 * Host by host: the best set of what is left, by the dynamic program for knapsacks with several constraints (minimum bin
 * slack: J. N. D. Gupta, J. C. Ho, 1999, in several dimensions); what remains in the end goes where there is room.
 */
export function fillByKnapsacks(incumbent: PlacementIncumbent): void {
  const { problem, run } = incumbent;
  const { hosts, units, options } = problem;
  if (incumbent.over || units.length > mostUnits || hosts.length > mostHosts || options.objective === 'balance') return;
  const state = new PlacementState(problem);
  const order = hostOrder(problem);
  for (const [at, host] of order.entries()) {
    if (incumbent.over) return;
    const candidates = [...units.keys()].filter((index) => {
      const unit = state.unit(index);
      return (state.hostOf[index] as number) < 0 && (unit.allowed?.includes(host) ?? true) && state.fits(unit, host) && worthOf(unit, host, problem.room, options.objective) > 0;
    });
    if (candidates.length === 0) continue;
    const limited = slice(run, secondsLeft(run) / (2 * (order.length - at)));
    const answer = models.dp({ kind: 'multidimensional-knapsack', name: '', profits: candidates.map((index) => worthOf(state.unit(index), host, problem.room, options.objective)), weights: weightsOf(state, candidates), capacities: roomOf(state, host) }, { ...limited, progress: () => undefined });
    for (const chosen of answer.solution ?? []) {
      const index = candidates[chosen] as number;
      const unit = state.unit(index);
      if (state.affordable(unit) && state.fits(unit, host)) state.put(index, host);
    }
  }
  fill(state, 'best-fit', 'sum', () => incumbent.over);
  incumbent.offer(state.hostOf, 'knapsacks');
}

const weightsOf = (state: PlacementState, candidates: readonly number[]): number[][] =>
  Array.from({ length: dimensions }, (_, d) => candidates.map((index) => state.unit(index).demand[d] as number));

const roomOf = (state: PlacementState, host: number): number[] => [...state.free.subarray(host * dimensions, (host + 1) * dimensions)];
