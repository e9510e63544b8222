import type { Instance } from './instance.ts';
import { pricedBound, type Relaxation } from './relaxation.ts';

const mostSteps = 1500;

/** Where each item goes at these prices of capacity; answers the Lagrangian bound and leaves in `over` by how much each agent is overfull. */
function look({ agents, items, cost, weight, capacity }: Instance, prices: Float64Array, over: Float64Array): number {
  let bound = 0;
  for (let agent = 0; agent < agents; agent += 1) {
    over[agent] = -(capacity[agent] as number);
    bound -= (prices[agent] as number) * (capacity[agent] as number);
  }
  for (let item = 0; item < items; item += 1) {
    let [least, chosen] = [Infinity, 0];
    for (let agent = 0, at = item * agents; agent < agents; agent += 1, at += 1) {
      const price = (cost[at] as number) + (prices[agent] as number) * (weight[at] as number);
      if (price < least && (weight[at] as number) <= (capacity[agent] as number)) [least, chosen] = [price, agent];
    }
    bound += least;
    over[chosen] = (over[chosen] as number) + (weight[item * agents + chosen] as number);
  }
  return bound;
}

/**
 * Prices of capacity by subgradient steps (M. Held, P. Wolfe, H. P. Crowder, Mathematical Programming 6, 1974): within a moment as good as
 * the duals of a linear program whose 100,000 columns would take longer than there is. Steps are measured by `target`, the cost of some solution, where there is one.
 */
function capacityPrices(instance: Instance, target: number | undefined, stop: () => boolean): Float64Array {
  const { agents } = instance;
  const prices = new Float64Array(agents);
  const over = new Float64Array(agents);
  const best = { prices: prices.slice(), bound: -Infinity };
  let [factor, still] = [2, 0];
  for (let step = 0; step < mostSteps && factor > 1e-5 && (step === 0 || !stop()); step += 1) {
    const bound = look(instance, prices, over);
    if (bound > best.bound + 1e-6) {
      best.bound = bound;
      best.prices.set(prices);
      still = 0;
    } else {
      still += 1;
      if (still >= 10) {
        [factor, still] = [factor * 0.6, 0];
        prices.set(best.prices);
      }
    }
    let norm = 0;
    for (let agent = 0; agent < agents; agent += 1) if ((over[agent] as number) > 0 || (prices[agent] as number) > 0) norm += (over[agent] as number) ** 2;
    if (norm === 0) break;
    const length = (factor * Math.max(1, (target ?? best.bound + 0.05 * Math.abs(best.bound)) - bound)) / norm;
    for (let agent = 0; agent < agents; agent += 1) prices[agent] = Math.max(0, (prices[agent] as number) + length * (over[agent] as number));
  }
  return best.prices;
}

/** What the linear relaxation says, nearly, without a linear program. */
export function relaxByPrices(instance: Instance, target: number | undefined, stop: () => boolean): Relaxation {
  const { agents, items, cost, weight, capacity } = instance;
  const prices = capacityPrices(instance, target, stop);
  const itemPrices = Float64Array.from({ length: items }, (_, item) => {
    let least = Infinity;
    for (let agent = 0, at = item * agents; agent < agents; agent += 1, at += 1) {
      if ((weight[at] as number) <= (capacity[agent] as number)) least = Math.min(least, (cost[at] as number) + (prices[agent] as number) * (weight[at] as number));
    }
    return least;
  });
  return { ...pricedBound(instance, prices), x: undefined, itemPrices, capacityPrices: prices };
}
