import type { Highs } from 'highs';
import { addColumn, addRow, emptyProgram, solveLinear, type LinearAnswer, type LinearProgram } from '../common/linear-program.ts';
import type { Instance } from './instance.ts';

/** Duals are kept as multiples of this, so that every sum below 2^53 is exact and the bound true. */
export const relaxationScale = 2 ** 20;
const scale = relaxationScale;

/** What the linear relaxation says: a true lower bound, and the price of each item at each agent above its cheapest. */
export interface Relaxation {
  bound: number;
  /** In units of 1/2^20: by how much the bound rises where the item goes to that agent. */
  excess: Float64Array;
  /** `bound` before rounding up, in the same units. */
  scaledBound: number;
  /** Fractions, `x[item * agents + agent]`; undefined where time was up. */
  x: Float64Array | undefined;
  /** Duals of "each item once", where the program was solved. */
  itemPrices: Float64Array | undefined;
  /** Duals of the capacities, none below zero. */
  capacityPrices: Float64Array;
}

/** Assignment rows, then capacity rows; columns where `allowed`, and for each its place `item * agents + agent`. */
export function assignmentProgram(instance: Instance, integer: boolean, allowed: (at: number) => boolean): { program: LinearProgram; places: number[] } {
  const { agents, items, cost, weight, capacity } = instance;
  const program = emptyProgram('min', integer);
  for (let item = 0; item < items; item += 1) addRow(program, 1, 1);
  capacity.forEach((most) => addRow(program, -Infinity, most));
  const places: number[] = [];
  for (let at = 0; at < agents * items; at += 1) {
    const [item, agent] = [Math.floor(at / agents), at % agents];
    if ((weight[at] as number) > (capacity[agent] as number) || !allowed(at)) continue;
    addColumn(program, cost[at] as number, [0, 1], [item, items + agent], [1, weight[at] as number]);
    places.push(at);
  }
  return { program, places };
}

/**
 * Lagrangian bound for capacity prices (M. L. Fisher, Management Science 27, 1981): whatever the prices are, it is a true lower
 * bound, and with the duals of the linear program it equals that. Computed in integers, so that no rounding makes it too high.
 */
export function pricedBound(instance: Instance, prices: ArrayLike<number>): Pick<Relaxation, 'bound' | 'excess' | 'scaledBound'> {
  const { agents, items, cost, weight, capacity } = instance;
  const scaled = Float64Array.from(prices, (price) => Math.max(0, Math.round(price * scale)));
  const excess = new Float64Array(agents * items);
  let sum = 0;
  for (let item = 0; item < items; item += 1) {
    let least = Infinity;
    for (let agent = 0; agent < agents; agent += 1) {
      const at = item * agents + agent;
      const fits = (weight[at] as number) <= (capacity[agent] as number);
      const price = fits ? (cost[at] as number) * scale + (scaled[agent] as number) * (weight[at] as number) : Infinity;
      excess[at] = price;
      least = Math.min(least, price);
    }
    for (let at = item * agents; at < (item + 1) * agents; at += 1) excess[at] = (excess[at] as number) - least;
    sum += least;
  }
  let greatest = Math.abs(sum);
  for (let agent = 0; agent < agents; agent += 1) {
    const paid = (scaled[agent] as number) * (capacity[agent] as number);
    sum -= paid;
    greatest += paid;
  }
  // Huge costs and capacities make sums that a double does not hold exactly: what rounding may have added does not count.
  if (greatest > Number.MAX_SAFE_INTEGER) sum -= greatest * (items + agents) * 2 * Number.EPSILON;
  return { bound: Math.ceil(sum / scale), scaledBound: sum, excess };
}

/** Places that a solution cheaper than `cost` may use: elsewhere the bound alone reaches it. */
export const mayImprove = ({ scaledBound, excess }: Pick<Relaxation, 'scaledBound' | 'excess'>, cost: number) => (at: number): boolean =>
  scaledBound + (excess[at] as number) <= (cost - 1) * scale;

/** Solves the linear relaxation; 'infeasible' where even that has no solution. */
export function relax(highs: Highs, instance: Instance, seconds: number): Relaxation | 'infeasible' {
  const { agents, items } = instance;
  const { program, places } = assignmentProgram(instance, false, () => true);
  const answer: LinearAnswer = solveLinear(highs, program, { seconds });
  if (answer.status === 'infeasible') return 'infeasible';
  const prices = answer.x === undefined ? new Float64Array(agents) : answer.rowDual.subarray(items, items + agents).map((dual) => -dual);
  const x = new Float64Array(agents * items);
  if (answer.x !== undefined) places.forEach((at, column) => (x[at] = answer.x?.[column] as number));
  return { ...pricedBound(instance, prices), x: answer.x && x, itemPrices: answer.x && answer.rowDual.slice(0, items), capacityPrices: Float64Array.from(prices, (price) => Math.max(0, price)) };
}
