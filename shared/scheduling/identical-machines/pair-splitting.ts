import type { Solution } from '../answer.ts';

/** Jobs that change places at once, and the sums that are looked at for them. */
const mostJobs = 24;
const mostSums = 400_000;

export interface Splitting {
  times: readonly number[];
  machines: number;
  /** No schedule ends earlier: when to stop. */
  bound: number;
  random(): number;
  until(): boolean;
}

/**
 * The subset with the greatest sum of at most `most`, by subset sums over the jobs in the given order; an index list.
 * `reachedBy` is working memory of more than `most` places.
 */
function greatestSum(times: readonly number[], jobs: readonly number[], most: number, reachedBy: Int32Array): number[] {
  reachedBy.fill(-1, 0, most + 1);
  let top = 0;
  for (let index = 0; index < jobs.length && ((reachedBy[most] as number) < 0 || most === 0); index += 1) {
    const time = times[jobs[index] as number] as number;
    if (time === 0 || time > most) continue;
    for (let sum = Math.min(top, most - time); sum >= 0; sum -= 1) {
      if ((sum === 0 || (reachedBy[sum] as number) >= 0) && (reachedBy[sum + time] as number) < 0) reachedBy[sum + time] = index;
    }
    top = Math.min(most, top + time);
  }
  while (top > 0 && (reachedBy[top] as number) < 0) top -= 1;
  const chosen: number[] = [];
  for (let sum = top; sum > 0; sum -= times[jobs[reachedBy[sum] as number] as number] as number) chosen.push(reachedBy[sum] as number);
  return chosen;
}

function shuffle(list: number[], random: () => number): void {
  for (let place = list.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1));
    [list[place], list[other]] = [list[other] as number, list[place] as number];
  }
}

/**
 * Local search: the jobs of the machine that ends last and of another one are dealt out anew between the two, as evenly
 * as subset sums allow, until no partner helps. Where two machines have very many jobs, or very long ones, only some of
 * them change places. Cf. the multi-exchange neighbourhoods of A. Frangioni, E. Necciari, M. G. Scutellà (2004).
 */
export function splitPairs(start: Solution, { times, machines, bound, random, until }: Splitting): Solution {
  const jobsOf: number[][] = Array.from({ length: Math.min(machines, times.length) }, () => []);
  start.forEach((machine, job) => jobsOf[machine]?.push(job));
  const loads = jobsOf.map((jobs) => jobs.reduce((sum, job) => sum + (times[job] as number), 0));
  const reachedBy = new Int32Array(mostSums + 1);

  /** Deals the jobs of two machines out anew; says whether the longer of them became shorter. */
  const split = (a: number, b: number): boolean => {
    const pool = [...(jobsOf[a] as number[]), ...(jobsOf[b] as number[])];
    shuffle(pool, random);
    const total = (loads[a] as number) + (loads[b] as number);
    let count = 0;
    let sum = 0;
    while (count < pool.length && count < mostJobs && (sum + (times[pool[count] as number] as number)) / 2 < mostSums) {
      sum += times[pool[count] as number] as number;
      count += 1;
    }
    const moving = pool.slice(0, count);
    const first = (jobsOf[a] as number[]).filter((job) => !moving.includes(job));
    const second = (jobsOf[b] as number[]).filter((job) => !moving.includes(job));
    const kept = first.reduce((load, job) => load + (times[job] as number), 0);
    const most = Math.floor(total / 2) - kept;
    if (most < 0 || most > mostSums) return false;
    const chosen = new Set(greatestSum(times, moving, most, reachedBy));
    const load = kept + moving.reduce((part, job, index) => part + (chosen.has(index) ? (times[job] as number) : 0), 0);
    if (Math.max(load, total - load) >= Math.max(loads[a] as number, loads[b] as number)) return false;
    moving.forEach((job, index) => (chosen.has(index) ? first : second).push(job));
    [jobsOf[a], jobsOf[b], loads[a], loads[b]] = [first, second, load, total - load];
    return true;
  };

  const others = [...loads.keys()];
  for (let failures = 0; failures < 3 && !until(); ) {
    const last = loads.indexOf(loads.reduce((most, load) => Math.max(most, load), 0));
    if ((loads[last] as number) <= bound) break;
    others.sort((x, y) => (loads[x] as number) - (loads[y] as number));
    const partner = others.find((other) => other !== last && !until() && split(last, other));
    failures = partner === undefined ? failures + 1 : 0;
  }
  const solution = start.slice();
  jobsOf.forEach((jobs, machine) => jobs.forEach((job) => (solution[job] = machine)));
  return solution;
}
