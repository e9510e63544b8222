import { costOf, type Assignment, type Instance } from './instance.ts';

/** Each asks all agents: some milliseconds. */
const itemsBetweenLooks = 1000;

/**
 * Assigns in order of regret, the difference between an item's best and second best agent that still has room (S. Martello,
 * P. Toth, Knapsack Problems, 1990, MTHG). `price` tells what an item costs at an agent: its cost, or what duals add to it.
 * Undefined where an item finds no room. Once `until` holds, what is left is assigned as its turn comes, whatever its regret is by then.
 */
export function regretGreedy(instance: Instance, until: () => boolean, price: Float64Array = instance.cost): Assignment | undefined {
  const { agents, items, weight, capacity } = instance;
  const room = Float64Array.from(capacity);
  const agentOf = new Int32Array(items).fill(-1);
  const open = new Set<number>(Array.from({ length: items }, (_, item) => item));
  const choice = (item: number) => {
    let best = -1;
    let [least, second] = [Infinity, Infinity];
    for (let agent = 0; agent < agents; agent += 1) {
      const at = item * agents + agent;
      if ((weight[at] as number) > (room[agent] as number)) continue;
      const here = price[at] as number;
      if (here < least) [second, least, best] = [least, here, agent];
      else if (here < second) second = here;
    }
    return { item, best, regret: second - least, room: best };
  };
  // A choice stays right until its agent, or its second best one, loses room: those are looked at again when their turn comes.
  let ranked = [...open].map(choice).sort((one, other) => other.regret - one.regret);
  while (ranked.length > 0) {
    const next: typeof ranked = [];
    let late = false;
    for (const [place, { item, regret }] of ranked.entries()) {
      if (place % itemsBetweenLooks === 0) late = until();
      const now = choice(item);
      if (now.best < 0) return undefined;
      if (now.regret > regret && !late) {
        next.push(now);
        continue;
      }
      agentOf[item] = now.best;
      room[now.best] = (room[now.best] as number) - (weight[item * agents + now.best] as number);
    }
    ranked = next.sort((one, other) => other.regret - one.regret);
  }
  return { agentOf, cost: costOf(instance, agentOf) };
}

/** What a unit of weight costs, in parts of the dearest cost over the heaviest weight. */
const rates = [1 / 16, 1 / 4, 1, 4, 16, 1024];

/**
 * An assignment within moments, however tight the room is: by cost alone or, where that leaves an item without room, with a price
 * on each unit of weight that rises until all find some. Undefined where none did.
 */
export function firstGreedy(instance: Instance, until: () => boolean): { found: Assignment | undefined; by: string } {
  const { cost, weight } = instance;
  const cheapest = regretGreedy(instance, until);
  if (cheapest !== undefined) return { found: cheapest, by: 'regret' };
  const most = (row: Float64Array) => row.reduce((greatest, each) => Math.max(greatest, each), 1);
  const unit = most(cost) / most(weight);
  for (const rate of rates) {
    const found = regretGreedy(instance, until, cost.map((each, at) => each + rate * unit * (weight[at] as number)));
    if (found !== undefined) return { found, by: 'priced-regret' };
  }
  return { found: undefined, by: 'none' };
}

/** What is no more than any solution's cost: each item at its cheapest agent that can carry it at all. */
export function cheapestBound({ agents, items, cost, weight, capacity }: Instance): number {
  let sum = 0;
  for (let item = 0; item < items; item += 1) {
    let least = Infinity;
    for (let agent = 0; agent < agents; agent += 1) {
      const at = item * agents + agent;
      if ((weight[at] as number) <= (capacity[agent] as number)) least = Math.min(least, cost[at] as number);
    }
    sum += least;
  }
  return sum;
}
