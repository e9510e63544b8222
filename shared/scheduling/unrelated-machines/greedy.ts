import type { UnrelatedMachines } from '../problems.ts';
import { scheduleOf, type Schedule } from './instance.ts';

/** The machine that would end soonest with the job, and when; and when the second would. */
function soonest({ machines, times }: UnrelatedMachines, loads: Float64Array, job: number) {
  let [machine, first, second] = [0, Infinity, Infinity];
  for (let candidate = 0; candidate < machines; candidate += 1) {
    const end = (loads[candidate] as number) + (times[candidate]?.[job] as number);
    if (end < first) [second, first, machine] = [first, end, candidate];
    else if (end < second) second = end;
  }
  return { machine, first, second };
}

/** Looks at a job on a machine that take a moment only. */
const mostLooks = 20_000_000;

/**
 * Gives the job whose soonest end is earliest (`min`), latest (`max`), or which loses most by its second choice (`sufferage`) to its
 * machine, again and again (O. H. Ibarra, C. E. Kim, J. ACM 24, 1977; M. Maheswaran and others, HCW 1999).
 */
export function listSchedule(problem: UnrelatedMachines, rule: 'min' | 'max' | 'sufferage'): Schedule {
  const loads = new Float64Array(problem.machines);
  const machineOf = new Int32Array(problem.jobs);
  const open = new Set<number>(machineOf.keys());
  // Looking at every open job each time is quadratic and would take seconds; of larger instances they come in order of their shortest time.
  const ordered = problem.jobs ** 2 * problem.machines > mostLooks ? [...open].sort((one, other) => Math.min(...problem.times.map((row) => row[other] as number)) - Math.min(...problem.times.map((row) => row[one] as number))) : undefined;
  while (open.size > 0) {
    let chosen = { job: -1, machine: 0, first: 0 };
    let most = -Infinity;
    for (const job of ordered === undefined ? open : [ordered[problem.jobs - open.size] as number]) {
      const { machine, first, second } = soonest(problem, loads, job);
      const score = rule === 'min' ? -first : rule === 'max' ? first : second - first;
      if (score > most) [most, chosen] = [score, { job, machine, first }];
    }
    machineOf[chosen.job] = chosen.machine;
    loads[chosen.machine] = chosen.first;
    open.delete(chosen.job);
  }
  return scheduleOf(problem, machineOf);
}

export const bestList = (problem: UnrelatedMachines): Schedule =>
  (['sufferage', 'max', 'min'] as const).map((rule) => listSchedule(problem, rule)).reduce((best, each) => (each.makespan < best.makespan ? each : best));
