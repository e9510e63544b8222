import type { Highs } from 'highs';
import { addColumn, addRow, emptyProgram, solveLinear, type LinearAnswer, type LinearProgram } from '../common/linear-program.ts';
import type { UnrelatedMachines } from '../problems.ts';

const scale = 2 ** 20;

/** Column 0 is the makespan; then one per job and machine that can do it by `deadline`. */
export function makespanProgram(
  { machines, jobs, times }: UnrelatedMachines,
  deadline: number,
  integer: boolean,
  allowed: (machine: number, job: number) => boolean = () => true,
): { program: LinearProgram; places: [machine: number, job: number][] } {
  const program = emptyProgram('min', integer);
  const ends = Array.from({ length: machines }, () => addRow(program, -Infinity, 0));
  const once = Array.from({ length: jobs }, () => addRow(program, 1, 1));
  addColumn(program, 1, [0, deadline], ends, ends.map(() => -1));
  const places: [number, number][] = [];
  for (let job = 0; job < jobs; job += 1) {
    for (let machine = 0; machine < machines; machine += 1) {
      const time = times[machine]?.[job] as number;
      if (time > deadline || !allowed(machine, job)) continue;
      addColumn(program, 0, [0, 1], [ends[machine] as number, once[job] as number], [time, 1]);
      places.push([machine, job]);
    }
  }
  return { program, places };
}

const wholePrices = (prices: ArrayLike<number>, machines: number): Float64Array =>
  Float64Array.from({ length: machines }, (_, machine) => Math.max(0, Math.round(Math.abs(prices[machine] as number) * scale)));

/** Σ over jobs of the least price·time among the pairs that take `deadline` at most, and the least of each job. */
function leastPrices({ machines, jobs, times }: UnrelatedMachines, deadline: number, whole: Float64Array): { least: Float64Array; sum: number } {
  const least = new Float64Array(jobs).fill(Infinity);
  for (let machine = 0; machine < machines; machine += 1) {
    const row = times[machine] as number[];
    for (let job = 0; job < jobs; job += 1) {
      const time = row[job] as number;
      if (time <= deadline) least[job] = Math.min(least[job] as number, time * (whole[machine] as number));
    }
  }
  return { least, sum: least.reduce((sum, each) => sum + each, 0) };
}

/**
 * A true lower bound on every schedule whose jobs each take `deadline` at most, from prices of the machines: no makespan is less than
 * the sum of the least price·time over the sum of the prices. In integers, so that no rounding makes it too high.
 */
export function pricedBound(problem: UnrelatedMachines, deadline: number, prices: ArrayLike<number>): number {
  const whole = wholePrices(prices, problem.machines);
  const total = whole.reduce((sum, price) => sum + price, 0);
  return total === 0 ? 0 : Math.ceil(leastPrices(problem, deadline, whole).sum / total);
}

/**
 * What each place costs beyond the job's cheapest at these prices, in units of time; infinite where no schedule that ends by the makespan
 * can have it. `[job * machines + machine]`.
 */
export function excessOf(problem: UnrelatedMachines, makespan: number, prices: ArrayLike<number>): Float64Array {
  const { machines, jobs, times } = problem;
  const whole = wholePrices(prices, machines);
  const total = whole.reduce((sum, price) => sum + price, 0);
  const { least, sum } = leastPrices(problem, makespan, whole);
  const room = total * makespan - sum;
  return Float64Array.from({ length: machines * jobs }, (_, at) => {
    const [job, machine] = [Math.floor(at / machines), at % machines];
    const time = times[machine]?.[job] as number;
    const above = time * (whole[machine] as number) - (least[job] as number);
    return time <= makespan && above <= room ? (above * machines) / Math.max(1, total) : Infinity;
  });
}

export interface Core {
  allowed: (machine: number, job: number) => boolean;
  /** Every schedule that ends by the makespan is within the core. */
  whole: boolean;
}

/**
 * The pairs that a schedule ending by `makespan` can use, by what the prices say of each; of more than `most` for each job only the most
 * promising (size reduction: L. Fanjul-Peyro, R. Ruiz, Computers & Operations Research 38, 2011).
 */
export function coreOf(problem: UnrelatedMachines, makespan: number, prices: ArrayLike<number>, most: number): Core {
  const { machines, jobs } = problem;
  const excess = excessOf(problem, makespan, prices);
  const open = excess.filter(Number.isFinite).sort();
  const isWhole = open.length <= most * jobs;
  const limit = isWhole ? Infinity : (open[most * jobs - 1] as number);
  return { whole: isWhole, allowed: (machine, job) => (excess[job * machines + machine] as number) < Infinity && (excess[job * machines + machine] as number) <= limit };
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
