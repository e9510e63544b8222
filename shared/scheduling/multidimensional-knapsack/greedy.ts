import type { MultidimensionalKnapsack } from '../problems.ts';
import { profitOf, roomOf, type Choice } from './instance.ts';

/** Profit per weight, where each constraint's weight counts by its price. */
export function efficiencies({ profits, weights, capacities }: MultidimensionalKnapsack, prices?: ArrayLike<number>): Float64Array {
  const price = (row: number) => prices?.[row] ?? 1 / Math.max(1, capacities[row] as number);
  return Float64Array.from(profits, (profit, item) => profit / Math.max(1e-12, weights.reduce((sum, row, index) => sum + (row[item] as number) * price(index), 0)));
}

/** Adds to a choice whatever still fits, in the order given. */
export function fill(problem: MultidimensionalKnapsack, chosen: Uint8Array, order: ArrayLike<number>): Choice {
  const room = roomOf(problem, chosen);
  for (let at = 0; at < order.length; at += 1) {
    const item = order[at] as number;
    if (chosen[item] === 1 || !problem.weights.every((row, index) => (row[item] as number) <= (room[index] as number))) continue;
    chosen[item] = 1;
    problem.weights.forEach((row, index) => (room[index] = (room[index] as number) - (row[item] as number)));
  }
  return { chosen, profit: profitOf(problem, chosen) };
}

export const byEfficiency = (efficiency: Float64Array): number[] => Array.from(efficiency.keys()).sort((one, other) => (efficiency[other] as number) - (efficiency[one] as number));

/** Takes items by profit per weight, all constraints scaled alike (Y. Toyoda, Management Science 21, 1975, in its simplest form). */
export function greedyChoice(problem: MultidimensionalKnapsack, prices?: ArrayLike<number>): Choice {
  return fill(problem, new Uint8Array(problem.profits.length), byEfficiency(efficiencies(problem, prices)));
}

/** No choice brings more than all items that fit alone. */
export const everythingBound = ({ profits, weights, capacities }: MultidimensionalKnapsack): number =>
  profits.reduce((sum, profit, item) => sum + (weights.every((row, index) => (row[item] as number) <= (capacities[index] as number)) ? profit : 0), 0);

/** Drops the least efficient items until everything fits, then fills up again. */
export function repair(problem: MultidimensionalKnapsack, chosen: Uint8Array, efficiency: Float64Array): Choice {
  const order = byEfficiency(efficiency);
  const room = roomOf(problem, chosen);
  for (const item of order.toReversed()) {
    if (room.every((left) => left >= 0)) break;
    if (chosen[item] !== 1) continue;
    chosen[item] = 0;
    problem.weights.forEach((row, index) => (room[index] = (room[index] as number) + (row[item] as number)));
  }
  return fill(problem, chosen, order);
}
