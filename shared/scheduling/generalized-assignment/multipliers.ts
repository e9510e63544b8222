import { dearestCost, type Instance } from './instance.ts';
import { Knapsacks, priceScale } from './knapsacks.ts';

/** The best prices that were found, and what they say. */
export interface Multipliers {
  prices: Float64Array;
  scaledBound: number;
  bound: number;
  /** How often each place was in a knapsack of late, 0 to 1: near the fractions of the relaxation. `[item * agents + agent]`. */
  share: Float64Array;
}

export interface MultiplierOptions {
  start: Float64Array;
  /** Cost of a solution that is thought possible, to measure steps by. */
  target: () => number;
  stop: () => boolean;
  /** Called with each look: what the knapsacks hold is near to being a solution. */
  looked: (taken: Int32Array[], bound: number) => void;
}

/**
 * Prices of the items by subgradient steps that remember where they came from, and an average of the knapsacks (F. Barahona,
 * R. Anbil, The volume algorithm, Mathematical Programming 87, 2000).
 */
export function improveMultipliers(instance: Instance, { start, target, stop, looked }: MultiplierOptions): Multipliers {
  const { agents, items } = instance;
  const knapsacks = new Knapsacks(instance);
  const dearest = dearestCost(instance) * priceScale;
  const best = { prices: Float64Array.from(start, Math.round), scaledBound: -Infinity };
  const share = new Float64Array(agents * items);
  const averageTimes = new Float64Array(items);
  const prices = Float64Array.from(best.prices);
  let [factor, still] = [0.1, 0];
  for (let look = 0; (look === 0 || !stop()) && factor > 1e-4; look += 1) {
    // Beyond this the sums are not exact, and what they say no bound.
    if (prices.reduce((sum, price) => sum + Math.abs(price), dearest) > Number.MAX_SAFE_INTEGER) break;
    const { scaledBound, taken, times } = knapsacks.price(prices);
    const weight = look === 0 ? 1 : 0.1;
    for (let at = 0; at < share.length; at += 1) share[at] = (share[at] as number) * (1 - weight);
    taken.forEach((row, agent) => row.forEach((item) => (share[item * agents + agent] = (share[item * agents + agent] as number) + weight)));
    for (let item = 0; item < items; item += 1) averageTimes[item] = (averageTimes[item] as number) * (1 - weight) + weight * (times[item] as number);
    if (scaledBound > best.scaledBound) {
      const much = scaledBound > best.scaledBound + 1;
      best.scaledBound = scaledBound;
      best.prices.set(prices);
      still = 0;
      if (much) factor = Math.min(2, factor * 1.1);
    } else {
      still += 1;
      if (still >= 10) [factor, still] = [factor * 0.66, 0];
    }
    looked(taken, Math.ceil(best.scaledBound / priceScale));
    let norm = 0;
    for (const each of averageTimes) norm += (1 - each) ** 2;
    if (norm < 1e-9) break;
    const step = (factor * Math.max(priceScale, target() * priceScale - best.scaledBound)) / norm;
    for (let item = 0; item < items; item += 1) prices[item] = Math.round((best.prices[item] as number) + step * (1 - (averageTimes[item] as number)));
  }
  return { ...best, bound: Math.ceil(best.scaledBound / priceScale), share };
}

/**
 * By how much the bound rises, in units of 1/2^10, where an item goes to an agent: that agent has to take it and no other may.
 */
export function forcedExcess(instance: Instance, { prices }: Multipliers): Float64Array {
  const { agents, items } = instance;
  const knapsacks = new Knapsacks(instance);
  const rows = Array.from({ length: agents }, (_, agent) => knapsacks.forced(agent, prices));
  const excess = new Float64Array(agents * items);
  for (let item = 0; item < items; item += 1) {
    const barred = rows.reduce((sum, { gain, outside }) => sum + gain - (outside[item] as number), 0);
    rows.forEach(({ inside, outside }, agent) => {
      const at = item * agents + agent;
      excess[at] = barred + (outside[item] as number) - (inside[item] as number);
    });
  }
  return excess;
}
