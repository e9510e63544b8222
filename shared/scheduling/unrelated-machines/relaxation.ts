import type { Highs } from 'highs';
import { addColumn, addRow, emptyProgram, solveLinear, type LinearAnswer, type LinearProgram } from '../common/linear-program.ts';
import type { UnrelatedMachines } from '../problems.ts';

const scale = 2 ** 20;

/** Column 0 is the makespan; then one per job and machine that can do it by `deadline`. */
export function makespanProgram({ machines, jobs, times }: UnrelatedMachines, deadline: number, integer: boolean): { program: LinearProgram; places: [machine: number, job: number][] } {
  const program = emptyProgram('min', integer);
  const ends = Array.from({ length: machines }, () => addRow(program, -Infinity, 0));
  const once = Array.from({ length: jobs }, () => addRow(program, 1, 1));
  addColumn(program, 1, [0, deadline], ends, ends.map(() => -1));
  const places: [number, number][] = [];
  for (let job = 0; job < jobs; job += 1) {
    for (let machine = 0; machine < machines; machine += 1) {
      const time = times[machine]?.[job] as number;
      if (time > deadline) continue;
      addColumn(program, 0, [0, 1], [ends[machine] as number, once[job] as number], [time, 1]);
      places.push([machine, job]);
    }
  }
  return { program, places };
}

/**
 * A true lower bound on every schedule whose jobs each take `deadline` at most, from machine prices that add up to one:
 * Σ over jobs of the least price·time. In integers, so that no rounding makes it too high.
 */
function pricedBound({ machines, jobs, times }: UnrelatedMachines, deadline: number, prices: ArrayLike<number>): number {
  const whole = Array.from({ length: machines }, (_, machine) => Math.max(0, Math.round(Math.abs(prices[machine] as number) * scale)));
  const total = whole.reduce((sum, price) => sum + price, 0);
  if (total === 0) return 0;
  let sum = 0;
  for (let job = 0; job < jobs; job += 1) {
    let least = Infinity;
    for (let machine = 0; machine < machines; machine += 1) {
      const time = times[machine]?.[job] as number;
      if (time <= deadline) least = Math.min(least, time * (whole[machine] as number));
    }
    sum += least;
  }
  return Math.ceil(sum / total);
}

export interface Relaxation {
  bound: number;
  /** The linear program at the bound, and what its columns are; undefined where time was up. */
  answer: LinearAnswer | undefined;
  places: [machine: number, job: number][];
}

/**
 * Least deadline at which the linear relaxation, without the pairs that take longer than the deadline, does not contradict it
 * (J. K. Lenstra, D. B. Shmoys, É. Tardos, Mathematical Programming 46, 1990): halving between bound and makespan.
 */
export function relax(highs: Highs, problem: UnrelatedMachines, lower: number, upper: number, left: () => number): Relaxation {
  let [low, high] = [lower, upper];
  let found: Relaxation = { bound: lower, answer: undefined, places: [] };
  // A deadline is contradicted where the bound without the longer pairs lies above it. Most instances need one look only.
  for (let deadline = upper; low <= high && left() > 0; deadline = low + Math.floor((high - low) / 8)) {
    const { program, places } = makespanProgram(problem, Math.max(deadline, low), false);
    const answer = solveLinear(highs, program, { seconds: left() });
    if (answer.status === 'limit') break;
    const bound = answer.status === 'infeasible' ? deadline + 1 : pricedBound(problem, deadline, answer.rowDual.subarray(0, problem.machines));
    if (bound > deadline) low = deadline + 1;
    else {
      // Every deadline between this bound and this one keeps the pairs that are in, or loses some: the bound holds for all of them.
      low = Math.max(low, bound);
      if (deadline <= low) {
        found = { bound: low, answer, places };
        break;
      }
      high = deadline;
    }
    found = { bound: low, answer: answer.x === undefined ? found.answer : answer, places: answer.x === undefined ? found.places : places };
  }
  return { ...found, bound: low };
}
