import type { Solution } from '../answer.ts';
import { byFallingWeight } from './first-fit.ts';

/** Sums tried before the clock is looked at again: some milliseconds. */
const stepsBetweenLooks = 2_000_000;

/**
 * Fills one bin after the other as full as it goes: the heaviest item left, then the subset of the others that leaves
 * least space, by subset sums; among the fullest the one with the heaviest items (minimum bin slack, J. N. D. Gupta and
 * J. C. Ho, 1999, with the seed item of K. Fleszar and K. S. Hindi, 2002). `until` says when to give up: null then.
 */
export function minimumBinSlack(weights: readonly number[], capacity: number, until: () => boolean): Solution | null {
  const left = byFallingWeight(weights).filter((item) => (weights[item] as number) > 0);
  const solution = new Array<number>(weights.length).fill(0);
  // The first item, in falling order, with which a sum is reached; later items never overwrite it, so that heavy items go first.
  const reachedBy = new Int32Array(capacity + 1);
  for (let bin = 0; left.length > 0; bin += 1) {
    if (until()) return null;
    const seed = left.shift() as number;
    solution[seed] = bin;
    const space = capacity - (weights[seed] as number);
    reachedBy.fill(-1, 0, space + 1);
    let top = 0;
    let best = 0;
    let steps = 0;
    for (let index = 0; index < left.length && best < space; index += 1) {
      const weight = weights[left[index] as number] as number;
      // One bin alone may have a million items to choose from.
      steps += 1 + Math.min(top, Math.max(0, space - weight));
      if (steps > stepsBetweenLooks) {
        if (until()) return null;
        steps = 0;
      }
      if (weight > space) continue;
      for (let sum = Math.min(top, space - weight); sum >= 0; sum -= 1) {
        if ((sum === 0 || (reachedBy[sum] as number) >= 0) && (reachedBy[sum + weight] as number) < 0) reachedBy[sum + weight] = index;
      }
      top = Math.min(space, top + weight);
      while (best < top && (reachedBy[top] as number) < 0) top -= 1;
      best = Math.max(best, top);
    }
    const taken: number[] = [];
    for (let sum = best; sum > 0; ) {
      const index = reachedBy[sum] as number;
      taken.push(index);
      solution[left[index] as number] = bin;
      sum -= weights[left[index] as number] as number;
    }
    for (const index of taken.sort((a, b) => b - a)) left.splice(index, 1);
  }
  return solution;
}
