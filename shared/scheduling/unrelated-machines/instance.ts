import type { Answer } from '../answer.ts';
import type { UnrelatedMachines } from '../problems.ts';

/** A schedule on its way: the machine of each job, and when the last machine ends. */
export interface Schedule {
  machineOf: Int32Array;
  makespan: number;
}

export function loadsOf({ machines, times }: UnrelatedMachines, machineOf: ArrayLike<number>): Float64Array {
  const loads = new Float64Array(machines);
  for (let job = 0; job < machineOf.length; job += 1) {
    const machine = machineOf[job] as number;
    loads[machine] = (loads[machine] as number) + (times[machine]?.[job] as number);
  }
  return loads;
}

export const scheduleOf = (problem: UnrelatedMachines, machineOf: Int32Array): Schedule => ({
  machineOf,
  makespan: loadsOf(problem, machineOf).reduce((most, load) => Math.max(most, load), 0),
});

export function answerOf(best: Schedule, bound: number, by: { foundBy: string; provedBy: string }): Answer {
  const lower = Math.min(bound, best.makespan);
  return { status: lower === best.makespan ? 'optimal' : 'feasible', value: best.makespan, bound: lower, solution: Array.from(best.machineOf), ...by };
}

/** Every job takes its shortest time at least, and all of them share the machines. */
export function simpleBound({ machines, jobs, times }: UnrelatedMachines): number {
  let [sum, longest] = [0, 0];
  for (let job = 0; job < jobs; job += 1) {
    const least = times.reduce((least, row) => Math.min(least, row[job] as number), Infinity);
    sum += least;
    longest = Math.max(longest, least);
  }
  return Math.max(longest, Math.ceil(sum / machines));
}
