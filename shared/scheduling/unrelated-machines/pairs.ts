import type { Answer } from '../answer.ts';
import type { UnrelatedMachines } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft, type Run } from '../run.ts';
import { bestList } from './greedy.ts';
import { answerOf, loadsOf, scheduleOf, simpleBound } from './instance.ts';

/** Cells of a table above which two machines are left as they are. */
const largestTable = 20_000_000;

/**
 * Divides the jobs of two machines so that the later one ends as early as possible: for each load of the first, the least of the
 * second (E. Horowitz, S. Sahni, J. ACM 23, 1976). Answers which jobs the first one gets.
 */
function divide(first: number[], second: number[], cap: number): { toFirst: boolean[]; end: number } | undefined {
  const width = cap + 1;
  if (width * first.length > largestTable) return undefined;
  let least = new Float64Array(width).fill(Infinity);
  least[0] = 0;
  const went = new Uint8Array(width * first.length);
  first.forEach((time, job) => {
    const next = new Float64Array(width).fill(Infinity);
    for (let load = 0; load < width; load += 1) {
      const stays = (least[load] as number) + (second[job] as number);
      const goes = load >= time ? (least[load - time] as number) : Infinity;
      next[load] = Math.min(stays, goes);
      if (goes < stays) went[job * width + load] = 1;
    }
    least = next;
  });
  let at = 0;
  for (let load = 0; load < width; load += 1) if (Math.max(load, least[load] as number) < Math.max(at, least[at] as number)) at = load;
  const end = Math.max(at, least[at] as number);
  if (!Number.isFinite(end)) return undefined;
  const toFirst = new Array<boolean>(first.length).fill(false);
  for (let job = first.length - 1, load = at; job >= 0; job -= 1) {
    if (went[job * width + load] !== 1) continue;
    toFirst[job] = true;
    load -= first[job] as number;
  }
  return { toFirst, end };
}

/**
 * Dynamic programming: exact for two machines; for more, the machine that ends last shares its jobs anew with each other one, until no
 * pair gets better. Its bound for more than two machines is the simple one.
 */
export function paired(problem: UnrelatedMachines, run: Run): Answer {
  const { machines, times } = problem;
  let best = bestList(problem);
  let lower = simpleBound(problem);
  const by = { foundBy: 'list-scheduling', provedBy: 'shortest-times' };
  const random = randomNumbers(run.seed);
  for (let improved = true; improved && best.makespan > lower && secondsLeft(run) > 0; ) {
    improved = false;
    const loads = loadsOf(problem, best.machineOf);
    for (let last = 0; last < machines && !improved; last += 1) {
      if (loads[last] !== best.makespan) continue;
      const others = Array.from(loads.keys()).filter((machine) => machine !== last).sort(() => random() - 0.5);
      for (const other of others) {
        if (secondsLeft(run) === 0) break;
        const jobs = Array.from(best.machineOf.keys()).filter((job) => best.machineOf[job] === last || best.machineOf[job] === other);
        const time = (machine: number) => jobs.map((job) => times[machine]?.[job] as number);
        const divided = divide(time(last), time(other), best.makespan);
        if (divided === undefined) continue;
        if (machines === 2) [lower, by.provedBy] = [divided.end, 'two-machine-program'];
        if (divided.end >= best.makespan) continue;
        const machineOf = Int32Array.from(best.machineOf);
        jobs.forEach((job, index) => (machineOf[job] = divided.toFirst[index] === true ? last : other));
        [best, by.foundBy] = [scheduleOf(problem, machineOf), 'two-machine-program'];
        run.progress({ value: best.makespan, bound: lower, step: 'two-machine-program' });
        improved = true;
        break;
      }
    }
  }
  return answerOf(best, lower, by);
}
