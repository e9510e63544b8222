import type { Answer } from '../answer.ts';
import type { MultidimensionalKnapsack } from '../problems.ts';
import { secondsLeft, type Run } from '../run.ts';
import { efficiencies, everythingBound, greedyChoice, repair } from './greedy.ts';
import { answerOf } from './instance.ts';

/** Cells of a table; a constraint with more is left out. */
const largestTable = 400_000_000;

/** The best choice within one constraint, by dynamic programming over its capacity (R. Bellman, 1957). */
function withinOne(profits: number[], weights: number[], capacity: number): { chosen: Uint8Array; profit: number } {
  const best = new Float64Array(capacity + 1);
  const taken = new Uint8Array(Math.ceil(((capacity + 1) * profits.length) / 8));
  profits.forEach((profit, item) => {
    const weight = weights[item] as number;
    for (let room = capacity; room >= weight; room -= 1) {
      const withItem = (best[room - weight] as number) + profit;
      if (withItem <= (best[room] as number)) continue;
      best[room] = withItem;
      const bit = item * (capacity + 1) + room;
      taken[bit >> 3] = (taken[bit >> 3] as number) | (1 << (bit & 7));
    }
  });
  const chosen = new Uint8Array(profits.length);
  for (let item = profits.length - 1, room = capacity; item >= 0; item -= 1) {
    const bit = item * (capacity + 1) + room;
    if ((((taken[bit >> 3] as number) >> (bit & 7)) & 1) === 0) continue;
    chosen[item] = 1;
    room -= weights[item] as number;
  }
  return { chosen, profit: best[capacity] as number };
}

/**
 * Dynamic programming: constraints one at a time, then all of them added up with weights that grow where the choice breaks them
 * (surrogate relaxation: F. Glover, Operations Research 13, 1965). Any such sum is a true upper bound; what it chooses is repaired.
 */
export function surrogate(problem: MultidimensionalKnapsack, run: Run): Answer {
  const { profits, weights, capacities } = problem;
  let best = greedyChoice(problem);
  let upper = everythingBound(problem);
  const by = { foundBy: 'efficiency', provedBy: 'everything' };
  const efficiency = efficiencies(problem);
  const look = (row: number[], capacity: number): Uint8Array | undefined => {
    if (capacity >= 2 ** 30 || ((capacity + 1) * profits.length) > largestTable || secondsLeft(run) === 0) return undefined;
    const { chosen, profit } = withinOne(profits, row, capacity);
    if (profit < upper) [upper, by.provedBy] = [profit, 'surrogate-knapsack'];
    const found = repair(problem, chosen.slice(), efficiency);
    if (found.profit > best.profit) [best, by.foundBy] = [found, 'surrogate-repair'];
    run.progress({ value: best.profit, bound: upper, step: 'surrogate' });
    return chosen;
  };
  weights.forEach((row, index) => look(row, capacities[index] as number));
  const factors = new Array<number>(capacities.length).fill(1);
  for (let round = 0; round < 50 && best.profit < upper && capacities.length > 1; round += 1) {
    const added = profits.map((_, item) => weights.reduce((sum, row, index) => sum + (row[item] as number) * (factors[index] as number), 0));
    const chosen = look(added, capacities.reduce((sum, capacity, index) => sum + capacity * (factors[index] as number), 0));
    if (chosen === undefined) break;
    let broken = false;
    weights.forEach((row, index) => {
      const load = row.reduce((sum, weight, item) => sum + weight * (chosen[item] as number), 0);
      if (load <= (capacities[index] as number)) return;
      broken = true;
      factors[index] = (factors[index] as number) + 1;
    });
    if (!broken) break;
  }
  return answerOf(best, upper, by);
}
