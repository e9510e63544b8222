import type { Answer } from '../answer.ts';
import { solveLinear } from '../common/linear-program.ts';
import type { UnrelatedMachines } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft, slice, type Run } from '../run.ts';
import { bestList } from './greedy.ts';
import { answerOf, loadsOf, scheduleOf, simpleBound, type Schedule } from './instance.ts';
import { meetDeadline } from './local-search.ts';
import { coreOf, makespanProgram, relax, type Relaxation } from './relaxation.ts';

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

/** Schedules the jobs of some machines anew, as an integer program; undefined where the last of them does not end sooner. */
function reschedule(problem: UnrelatedMachines, run: Run, best: Schedule, chosen: number[], seconds: number): Schedule | undefined {
  const jobs = Array.from(best.machineOf.keys()).filter((job) => chosen.includes(best.machineOf[job] as number));
  const part = { ...problem, machines: chosen.length, jobs: jobs.length, times: chosen.map((machine) => jobs.map((job) => problem.times[machine]?.[job] as number)) };
  const { program, places } = makespanProgram(part, best.makespan - 1, true);
  program.upper[0] = best.makespan - 1;
  const { x } = solveLinear(run.highs, program, { seconds, absoluteGap: 0.999, more: { mip_max_improving_sols: 1 } });
  if (x === undefined) return undefined;
  const machineOf = Int32Array.from(best.machineOf);
  places.forEach(([machine, job], index) => {
    if ((x[index + 1] as number) > 0.5) machineOf[jobs[job] as number] = chosen[machine] as number;
  });
  return scheduleOf(problem, machineOf);
}

/** A machine that ends last and some others at random. */
function someMachines(problem: UnrelatedMachines, best: Schedule, most: number, random: () => number): number[] {
  const loads = loadsOf(problem, best.machineOf);
  const last = loads.indexOf(best.makespan);
  const others = Array.from(loads.keys()).filter((machine) => machine !== last);
  const order = new Map(others.map((machine) => [machine, random() * (0.5 + (loads[machine] as number) / Math.max(1, best.makespan))]));
  return [last, ...others.sort((one, other) => (order.get(one) as number) - (order.get(other) as number)).slice(0, most - 1)];
}

/**
 * Linear programming: the relaxation with deadlines, then an integer program for a schedule that ends sooner than the best. With
 * `searches`, a search for the next better deadline and integer programs of a few machines go first.
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
  const relaxation = relax(run.highs, problem, lower, best.makespan, () => Math.min(secondsLeft(run), run.seconds * 0.5 - run.elapsed()));
  if (relaxation.bound > lower) [lower, by.provedBy] = [relaxation.bound, 'linear-relaxation'];
  const prices = relaxation.answer?.x && relaxation.answer.rowDual.subarray(0, problem.machines);
  const start = rounded(problem, relaxation);
  if (start !== undefined) take(scheduleOf(problem, start), 'rounding');
  const search = (from: ArrayLike<number>, deadline: number, seconds: number) => {
    const part = slice(run, seconds);
    return take(meetDeadline(problem, from, deadline, random, () => secondsLeft(part) === 0), 'deadline-search');
  };
  if (searches) {
    // The bound itself is worth a first look: most instances have a schedule there, or one step above.
    for (let step = 0; step < 3 && best.makespan > lower + step; step += 1) if (search(start ?? best.machineOf, lower + step, secondsLeft(run) * 0.07)) break;
    while (best.makespan > lower && search(best.machineOf, best.makespan - 1, secondsLeft(run) * 0.12));
    let size = 3;
    while (best.makespan > lower && secondsLeft(run) > 0.05 && problem.jobs <= 2000) {
      if (size >= problem.machines || secondsLeft(run) < run.seconds * 0.6) break;
      const better = reschedule(problem, run, best, someMachines(problem, best, size, random), Math.min(1, secondsLeft(run)));
      if (!take(better, 'neighbourhoods')) size += random() < 0.15 ? 1 : 0;
      if (random() < 0.1) search(best.machineOf, best.makespan - 1, secondsLeft(run) * 0.1);
    }
  }
  for (let most = searches ? 3 : Infinity; best.makespan > lower && secondsLeft(run) > 0.02; most += 3) {
    const core = prices === undefined ? { allowed: () => true, whole: true } : coreOf(problem, best.makespan - 1, prices, most);
    const { program, places } = makespanProgram(problem, best.makespan - 1, true, core.allowed);
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
