import { addColumn, addRow, emptyProgram, solveLinear, type LinearProgram } from '../../scheduling/common/linear-program.ts';
import { secondsLeft } from '../../scheduling/run.ts';
import { chooseHost, fill, hostOrder } from './greedy.ts';
import type { PlacementIncumbent } from './incumbent.ts';
import { fleetOf, type Fleet } from './patterns.ts';
import { dimensions, type Assignment, type PlacementProblem } from './problem.ts';
import { boundFrom } from './programme.ts';
import { PlacementState } from './state.ts';
import { millionths } from './value.ts';

/** x(type, kind) units of a demand on all hosts of a kind, in the order of kinds within types; and the greatest share, in millionths. */
function programOf({ room }: PlacementProblem, { kinds, types, demands }: Fleet, sizes: readonly number[][]): LinearProgram {
  const program = emptyProgram('min', false);
  const asked = [...demands].map((count) => addRow(program, count, count));
  const shares = kinds.map(({ hosts: [first = 0] }) => Array.from({ length: dimensions }, (_, d) => ((room[first * dimensions + d] as number) > 0 ? addRow(program, Number.NEGATIVE_INFINITY, 0) : -1)));
  types.forEach((_, type) => {
    const demand = sizes[type] as number[];
    kinds.forEach(({ hosts }, kind) => {
      const from = (hosts[0] as number) * dimensions;
      const used = demand.flatMap((amount, d) => (amount > 0 ? [d] : []));
      const fits = used.every((d) => (demand[d] as number) <= (room[from + d] as number));
      const most = fits ? (demands[type] as number) : 0;
      const each = fits ? used : [];
      addColumn(program, 0, [0, most], [asked[type] as number, ...each.map((d) => shares[kind]?.[d] as number)], [1, ...each.map((d) => (millionths * (demand[d] as number)) / ((room[from + d] as number) * hosts.length))]);
    });
  });
  const rows = shares.flat().filter((row) => row >= 0);
  addColumn(program, 1, [0, millionths], rows, rows.map(() => -1));
  return program;
}

/** The same of each demand on every host of a kind, what is pinned there counted in; what is left, or kept away by a rule, where most room is. */
function spread(problem: PlacementProblem, { kinds, types }: Fleet, x: Float64Array, until: () => boolean): Assignment {
  const state = new PlacementState(problem);
  const order = hostOrder(problem);
  const isPinned = (index: number) => state.unit(index).allowed !== null;
  for (const index of types.flat().filter(isPinned)) {
    const host = chooseHost(state, state.unit(index), 'worst-fit', order);
    if (host >= 0) state.put(index, host);
  }
  types.forEach((units, type) => {
    const waiting = new Set(units.filter((index) => !isPinned(index)));
    const there = Map.groupBy(units.filter(isPinned), (index) => state.hostOf[index] as number);
    kinds.forEach(({ hosts }, kind) => {
      const each = Math.floor((x[type * kinds.length + kind] as number) / hosts.length + 1e-6);
      for (const host of hosts) {
        let left = each - (there.get(host)?.length ?? 0);
        for (const index of waiting) {
          if (left <= 0 || !state.fits(state.unit(index), host)) break;
          state.put(index, host);
          waiting.delete(index);
          left -= 1;
        }
      }
    });
  });
  fill(state, 'worst-fit', 'greatest', until);
  return state.hostOf;
}

/**
 * For `balance`: hosts of a kind are alike, so that the linear relaxation is the same with each kind as one host, and small whatever
 * their number; its solution is dealt out evenly. Rules are left out of the bound and kept in the placement.
 */
export function byKinds(incumbent: PlacementIncumbent): void {
  const { problem, run } = incumbent;
  if (incumbent.over || problem.options.objective !== 'balance') return;
  const fleet = fleetOf(problem, run);
  if (fleet === null || fleet.types.length === 0 || fleet.kinds.length === 0) return;
  const program = programOf(problem, fleet, fleet.types.map(([first = 0]) => problem.units[first]?.demand ?? []));
  const { x, rowDual, status } = solveLinear(run.highs, program, { seconds: secondsLeft(run) / 4 });
  if (status === 'infeasible') return;
  const bound = boundFrom(program, rowDual);
  incumbent.prove(Math.ceil(bound - 1e-6 * Math.max(1, bound)), 'linear-relaxation');
  if (x !== undefined) incumbent.offer(spread(problem, fleet, x, () => incumbent.over), 'linear-relaxation');
}
