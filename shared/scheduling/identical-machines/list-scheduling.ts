import type { Solution } from '../answer.ts';
import { byFallingWeight, firstFit } from '../bin-packing/first-fit.ts';

/** Longest processing time first: each job to the machine that is free first (R. L. Graham, 1969), with a heap over the machines. */
export function longestFirst(times: readonly number[], machines: number): Solution {
  const count = Math.min(machines, times.length);
  const heap = Int32Array.from({ length: count }, (_, machine) => machine);
  const loads = new Float64Array(count);
  const solution = new Array<number>(times.length).fill(0);
  const later = (a: number, b: number) => (loads[a] as number) - (loads[b] as number) || a - b;
  for (const job of byFallingWeight(times)) {
    const machine = heap[0] as number;
    solution[job] = machine;
    loads[machine] = (loads[machine] as number) + (times[job] as number);
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      if (child + 1 < count && later(heap[child + 1] as number, heap[child] as number) < 0) child += 1;
      if (later(heap[child] as number, machine) >= 0) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = machine;
  }
  return solution;
}

/** When the last machine ends. */
export function makespanOf(times: readonly number[], solution: Solution): number {
  const loads = new Float64Array(solution.reduce((most, machine) => Math.max(most, machine + 1), 0));
  solution.forEach((machine, job) => (loads[machine] = (loads[machine] as number) + (times[job] as number)));
  return loads.reduce((most, load) => Math.max(most, load), 0);
}

/**
 * MULTIFIT: the least makespan, by halving between `low` and `high`, for which first fit decreasing needs no more bins
 * than there are machines (E. G. Coffman, M. R. Garey, D. S. Johnson, 1978). Null if none below `high` was met.
 */
export function multifit(times: readonly number[], machines: number, low: number, high: number, until: () => boolean): Solution | null {
  const order = byFallingWeight(times);
  let found: Solution | null = null;
  let [least, most] = [low, high];
  while (least < most && !until()) {
    const middle = Math.floor((least + most) / 2);
    const solution = firstFit(times, middle, order);
    if (solution.every((bin) => bin < machines)) {
      found = solution;
      most = middle;
    } else least = middle + 1;
  }
  return found;
}
