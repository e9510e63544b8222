import { ceilDivide } from '../bin-packing/bounds.ts';

/**
 * The longest job, the mean load rounded up, and for each k the k + 1 shortest of the k · machines + 1 longest jobs, of
 * which some machine runs k + 1 (M. Dell'Amico, S. Martello, ORSA J. Computing 7, 1995).
 */
export function simpleBound(times: readonly number[], machines: number): number {
  const sorted = Float64Array.from(times).sort().reverse();
  let total = 0;
  for (const time of sorted) total += time;
  let best = Math.max(sorted[0] as number, ceilDivide(total, machines));
  for (let k = 1; k * machines < sorted.length; k += 1) {
    let sum = 0;
    for (let place = k * machines; place >= k * machines - k; place -= 1) sum += sorted[place] as number;
    best = Math.max(best, sum);
  }
  return best;
}
