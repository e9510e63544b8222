import { ceilDivide } from '../bin-packing/bounds.ts';

/**
 * The longest job, the mean load rounded up, and for each k the k + 1 shortest of the k · machines + 1 longest jobs, of
 * which some machine runs k + 1 (M. Dell'Amico, S. Martello, ORSA J. Computing 7, 1995).
 */
export function simpleBound(times: readonly number[], machines: number): number {
  const sorted = Float64Array.from(times).sort().reverse();
  // Of all jobs before a place: on few machines each k would sum up a great part of a million jobs.
  const before = new Float64Array(sorted.length + 1);
  sorted.forEach((time, place) => (before[place + 1] = (before[place] as number) + time));
  let best = Math.max(sorted[0] as number, ceilDivide(before[sorted.length] as number, machines));
  for (let k = 1; k * machines < sorted.length; k += 1) {
    best = Math.max(best, (before[k * machines + 1] as number) - (before[k * machines - k] as number));
  }
  return best;
}

/** Steps beyond which subset sums are not worth their time. */
const mostSteps = 50_000_000;

/** The least sum of some jobs that is not below `bound`: a makespan is such a sum. At most `value`, which is one. */
export function reachableBound(times: readonly number[], bound: number, value: number): number {
  if (times.length * value > mostSteps) return bound;
  const reached = new Uint8Array(value + 1);
  reached[0] = 1;
  let top = 0;
  for (const time of times) {
    for (let sum = Math.min(top, value - time); sum >= 0; sum -= 1) if (reached[sum] === 1) reached[sum + time] = 1;
    top = Math.min(value, top + time);
  }
  let least = bound;
  while (least < value && reached[least] === 0) least += 1;
  return least;
}
