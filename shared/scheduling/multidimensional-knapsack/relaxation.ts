import type { Highs } from 'highs';
import { addColumn, addRow, emptyProgram, solveLinear, type LinearProgram } from '../common/linear-program.ts';
import type { MultidimensionalKnapsack } from '../problems.ts';

/** Prices are multiples of this, so that sums below 2^53 are exact and the bound true. */
const scale = 2 ** 16;

export interface Relaxation {
  bound: number;
  /** Before rounding, in units of 1/2^16. */
  scaledBound: number;
  /** What an item adds to the bound where it is taken, in the same units; negative: what it costs. */
  gain: Float64Array;
  prices: Float64Array;
  x: Float64Array | undefined;
}

/** Columns of the items that are `open`, within the room that is left. */
export function choiceProgram(problem: MultidimensionalKnapsack, room: ArrayLike<number>, open: number[], integer: boolean): LinearProgram {
  const program = emptyProgram('max', integer);
  const rows = problem.capacities.map((_, index) => addRow(program, -Infinity, room[index] as number));
  for (const item of open) addColumn(program, problem.profits[item] as number, [0, 1], rows, problem.weights.map((row) => row[item] as number));
  return program;
}

/** The linear relaxation, and the bound its prices give in exact integers: Σ price·capacity + Σ max(0, profit − Σ price·weight). */
export function relax(highs: Highs, problem: MultidimensionalKnapsack, seconds: number): Relaxation {
  const { profits, weights, capacities } = problem;
  const items = profits.map((_, item) => item).filter((item) => weights.every((row, index) => (row[item] as number) <= (capacities[index] as number)));
  const fits = new Set(items);
  const answer = solveLinear(highs, choiceProgram(problem, capacities, items, false), { seconds });
  const prices = Float64Array.from(capacities, (_, row) => (answer.x === undefined ? 0 : Math.max(0, Math.round(Math.abs(answer.rowDual[row] as number) * scale))));
  const gain = Float64Array.from(profits, (profit, item) =>
    fits.has(item) ? profit * scale - weights.reduce((sum, row, index) => sum + (row[item] as number) * (prices[index] as number), 0) : -Infinity,
  );
  const scaledBound = capacities.reduce((sum, capacity, row) => sum + capacity * (prices[row] as number), 0) + gain.reduce((sum, each) => sum + Math.max(0, each), 0);
  const x = answer.x && new Float64Array(profits.length);
  items.forEach((item, column) => x !== undefined && (x[item] = answer.x?.[column] as number));
  return { bound: Math.floor(scaledBound / scale), scaledBound, gain, prices: prices.map((price) => price / scale), x };
}

/** Items whose choice is open for anything better than `profit`: for the others the bound alone says in or out. */
export function openItems({ scaledBound, gain }: Relaxation, profit: number): number[] {
  return Array.from(gain.keys()).filter((item) => scaledBound - Math.abs(gain[item] as number) >= (profit + 1) * scale);
}
