import type { Answer } from '../answer.ts';
import { solveLinear } from '../common/linear-program.ts';
import type { UnrelatedMachines } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft, slice, type Run } from '../run.ts';
import { bestList } from './greedy.ts';
import { answerOf, scheduleOf, simpleBound, type Schedule } from './instance.ts';
import { meetDeadline } from './deadline-search.ts';
import { machinePrices } from './machine-prices.ts';
import { coreOf, excessOf, makespanProgram, pricedBound, relax, type Relaxation } from './relaxation.ts';

/** Columns above which the solver looks at the clock too seldom to end in time, and gets nowhere anyway. */
const [largestRelaxation, largestProgram] = [200_000, 50_000];

/** The machine with the greatest fraction of each job. */
function rounded({ jobs }: UnrelatedMachines, { answer, places }: Relaxation): Int32Array | undefined {
  if (answer?.x === undefined) return undefined;
  const machineOf = new Int32Array(jobs);
  const most = new Float64Array(jobs).fill(-1);
  places.forEach(([machine, job], index) => {
    const share = answer.x?.[index + 1] as number;
    if (share > (most[job] as number)) [most[job], machineOf[job]] = [share, machine];
  });
  return machineOf;
}

/**
 * Linear programming: the relaxation with deadlines, then an integer program for a schedule that ends sooner than the best. With
 * `searches`, searches for schedules by deadlines between bound and best go first.
 */
export function programmed(problem: UnrelatedMachines, run: Run, searches: boolean): Answer {
  let best = bestList(problem);
  const by = { foundBy: 'list-scheduling', provedBy: 'shortest-times' };
  const random = randomNumbers(run.seed);
  let lower = simpleBound(problem);
  const take = (found: Schedule | undefined, name: string): boolean => {
    if (found === undefined || found.makespan >= best.makespan) return false;
    [best, by.foundBy] = [found, name];
    run.progress({ value: best.makespan, bound: lower, step: name });
    return true;
  };
  const isSolvable = problem.machines * problem.jobs <= largestRelaxation;
  const relaxation = relax(run.highs, problem, lower, best.makespan, () => (isSolvable ? Math.min(secondsLeft(run), run.seconds * 0.5 - run.elapsed()) : 0));
  if (relaxation.bound > lower) [lower, by.provedBy] = [relaxation.bound, 'linear-relaxation'];
  // Without an answer of the linear program, prices found by steps have to do.
  const stepped = relaxation.answer?.x === undefined && searches ? machinePrices(problem, () => secondsLeft(run) < 0.3 * run.seconds) : undefined;
  const prices = stepped?.prices ?? (relaxation.answer?.x && relaxation.answer.rowDual.subarray(0, problem.machines));
  const byPrices = stepped === undefined ? 0 : pricedBound(problem, best.makespan, stepped.prices);
  if (byPrices > lower) [lower, by.provedBy] = [Math.min(byPrices, best.makespan), 'machine-prices'];
  const start = stepped?.machineOf ?? rounded(problem, relaxation);
  if (start !== undefined) take(scheduleOf(problem, start), 'rounding');
  const search = (from: ArrayLike<number>, deadline: number, seconds: number) => {
    const part = slice(run, seconds);
    const excess = excessOf(problem, deadline, prices ?? new Float64Array(problem.machines).fill(1));
    return take(meetDeadline(problem, from, { deadline, excess, random, stop: () => secondsLeft(part) === 0 }), 'deadline-search');
  };
  if (searches) {
    const isOpen = (low: number) => best.makespan > low && secondsLeft(run) > 0.02;
    // Halving the deadlines that may still be met; one that is missed in a moment may be met in another.
    for (let low = lower; isOpen(low); ) {
      const deadline = low + Math.floor((best.makespan - low) / 2);
      if (!search(start ?? best.machineOf, deadline, secondsLeft(run) * 0.04)) low = deadline + 1;
    }
    // Steps grow while they succeed: of large instances one unit at a time would take all the time there is.
    for (let step = 1; isOpen(lower); ) {
      const isMet = search(best.machineOf, Math.max(lower, best.makespan - step), secondsLeft(run) * 0.4);
      if (!isMet && step === 1) break;
      step = isMet ? 2 * step : 1;
    }
  }
  for (let most = searches ? 3 : Infinity; isSolvable && best.makespan > lower && secondsLeft(run) > 0.02; most += 3) {
    const core = prices === undefined ? { allowed: () => true, whole: true } : coreOf(problem, best.makespan - 1, prices, most);
    const { program, places } = makespanProgram(problem, best.makespan - 1, true, core.allowed);
    if (places.length > largestProgram) break;
    program.lower[0] = lower;
    program.upper[0] = best.makespan - 1;
    const { x, status, bound } = solveLinear(run.highs, program, { seconds: secondsLeft(run) * (core.whole ? 1 : 0.6), absoluteGap: 0.999 });
    const machineOf = Int32Array.from(best.machineOf);
    if (x !== undefined) places.forEach(([machine, job], index) => ((x[index + 1] as number) > 0.5 ? (machineOf[job] = machine) : undefined));
    const proved = status === 'infeasible' ? best.makespan : Math.ceil(bound - 1e-4);
    take(x && scheduleOf(problem, machineOf), 'branch-and-cut');
    if (core.whole && proved > lower && Number.isFinite(proved)) [lower, by.provedBy] = [Math.min(proved, best.makespan), 'branch-and-cut'];
    if (core.whole && status === 'limit') break;
  }
  return answerOf(best, lower, by);
}
