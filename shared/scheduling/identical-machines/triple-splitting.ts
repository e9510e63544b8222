import type { Solution } from '../answer.ts';
import type { Splitting } from './pair-splitting.ts';

/** Jobs of three machines together beyond which their subsets are too many. */
const mostJobs = 15;
/** Triples that are tried for one machine before the others are stirred. */
const mostTriples = 3000;

/**
 * Local search for few jobs a machine, where two machines have too few splits to meet a makespan exactly: the jobs of
 * three machines, one of them the one that ends last, are dealt out anew among the three by going through all subsets.
 * Where no triple helps, random ones are dealt out differently without a later end, and the search goes on.
 */
export function splitTriples(start: Solution, { times, machines, bound, random, until }: Splitting): Solution {
  const count = Math.min(machines, times.length);
  const jobsOf: number[][] = Array.from({ length: count }, () => []);
  start.forEach((machine, job) => jobsOf[machine]?.push(job));
  const loads = Float64Array.from(jobsOf, (jobs) => jobs.reduce((sum, job) => sum + (times[job] as number), 0));
  const sums = new Float64Array(1 << mostJobs);
  const pick = () => Math.floor(random() * count);

  /** Deals three machines out so that none ends after `goal`; false where there is no way, or too many jobs. */
  const split = (three: readonly number[], goal: number): boolean => {
    const pool = three.flatMap((machine) => jobsOf[machine] as number[]);
    const total = three.reduce((sum, machine) => sum + (loads[machine] as number), 0);
    if (pool.length > mostJobs || total > 3 * goal) return false;
    const subsets = 1 << pool.length;
    for (let bit = 0; bit < pool.length; bit += 1) {
      const time = times[pool[bit] as number] as number;
      for (let set = 0; set < 1 << bit; set += 1) sums[set | (1 << bit)] = (sums[set] as number) + time;
    }
    const least = total - 2 * goal;
    const from = Math.floor(random() * subsets);
    for (let step = 0; step < subsets; step += 1) {
      const first = (from + step) & (subsets - 1);
      const load = sums[first] as number;
      if (load > goal || load < least) continue;
      const rest = subsets - 1 - first;
      for (let second = rest; second > 0; second = (second - 1) & rest) {
        const other = sums[second] as number;
        if (other > goal || total - load - other > goal) continue;
        const parts = [first, second, rest - second];
        three.forEach((machine, index) => {
          const part = parts[index] as number;
          jobsOf[machine] = pool.filter((_, bit) => (part >> bit) & 1);
          loads[machine] = sums[part] as number;
        });
        return true;
      }
    }
    return false;
  };

  /** Shortens the last machine with two partners, of which one has time to spare. */
  const shorten = (last: number, goal: number): boolean => {
    const spare = [...loads.keys()].filter((machine) => machine !== last && (loads[machine] as number) < goal);
    for (let tried = 0; tried < mostTriples && spare.length > 0 && !until(); tried += 1) {
      const [a, b] = [spare[Math.floor(random() * spare.length)] as number, pick()];
      if (a !== b && b !== last && split([last, a, b], goal)) return true;
    }
    return false;
  };

  if (count < 3) return start;
  for (;;) {
    const most = loads.reduce((greatest, load) => Math.max(greatest, load), 0);
    if (most <= bound || until()) break;
    if (shorten(loads.indexOf(most), most - 1)) continue;
    for (let stirred = 0; stirred < count && !until(); stirred += 1) {
      const [a, b, c] = [pick(), pick(), pick()];
      if (a !== b && b !== c && a !== c) split([a, b, c], most);
    }
    if (jobsOf.every((jobs) => 3 * jobs.length > mostJobs)) break;
  }
  const solution = start.slice();
  jobsOf.forEach((jobs, machine) => jobs.forEach((job) => (solution[job] = machine)));
  return solution;
}
