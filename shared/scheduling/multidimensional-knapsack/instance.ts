import type { Answer } from '../answer.ts';
import type { MultidimensionalKnapsack } from '../problems.ts';

/** A choice on its way: `chosen[item]` is 1 or 0. */
export interface Choice {
  chosen: Uint8Array;
  profit: number;
}

export const profitOf = ({ profits }: MultidimensionalKnapsack, chosen: Uint8Array): number => profits.reduce((sum, profit, item) => sum + (chosen[item] === 1 ? profit : 0), 0);

export const roomOf = ({ weights, capacities }: MultidimensionalKnapsack, chosen: Uint8Array): Float64Array =>
  Float64Array.from(capacities, (capacity, row) => capacity - (weights[row] as number[]).reduce((sum, weight, item) => sum + (chosen[item] === 1 ? weight : 0), 0));

export function answerOf(best: Choice, bound: number, by: { foundBy: string; provedBy: string }): Answer {
  const solution = Array.from(best.chosen.keys()).filter((item) => best.chosen[item] === 1);
  const upper = Math.max(bound, best.profit);
  return { status: upper === best.profit ? 'optimal' : 'feasible', value: best.profit, bound: upper, solution, ...by };
}
