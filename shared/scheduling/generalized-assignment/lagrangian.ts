import type { Answer } from '../answer.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft, type Run } from '../run.ts';
import { cheapestBound, firstGreedy } from './greedy.ts';
import { answerOf, dearestCost, type Instance } from './instance.ts';
import { Knapsacks, priceScale } from './knapsacks.ts';
import { candidateAgents, PenaltySearch } from './local-search.ts';
import { improveMultipliers } from './multipliers.ts';

/** An item's price at the start: what its second cheapest agent costs. */
function firstPrices({ agents, items, cost }: Instance): Float64Array {
  return Float64Array.from({ length: items }, (_, item) => {
    const row = Array.from(cost.subarray(item * agents, (item + 1) * agents)).sort((one, other) => one - other);
    return (row[1] ?? row[0] ?? 0) * priceScale;
  });
}

/** What the knapsacks hold as a start for the search: who was taken twice goes to the cheaper agent, who was not to the cheapest of all. */
function assignedOnce({ agents, items, cost }: Instance, taken: Int32Array[], candidates: Int32Array[]): Int32Array {
  const agentOf = new Int32Array(items).fill(-1);
  const costAt = (item: number, agent: number) => (agent < 0 ? Infinity : (cost[item * agents + agent] as number));
  taken.forEach((row, agent) => row.forEach((item) => (agentOf[item] = costAt(item, agent) < costAt(item, agentOf[item] as number) ? agent : (agentOf[item] as number))));
  return agentOf.map((agent, item) => (agent < 0 ? (candidates[item]?.[0] as number) : agent));
}

/**
 * Lagrangian relaxation of the assignment with a knapsack by dynamic programming for each agent (M. L. Fisher, R. Jaikumar,
 * L. N. Van Wassenhove, Management Science 32, 1986); what the knapsacks hold is mended by local search.
 */
export function lagrangian(instance: Instance, run: Run): Answer {
  const first = firstGreedy(instance, () => secondsLeft(run) === 0);
  let best = first.found;
  let lower = cheapestBound(instance);
  const dearest = dearestCost(instance);
  const impossible = () => best === undefined && lower > dearest;
  const by = { foundBy: first.by, provedBy: 'cheapest-agent' };
  if (!Knapsacks.fits(instance)) return answerOf(instance, best, lower, by);
  const random = randomNumbers(run.seed);
  const candidates = candidateAgents(instance, instance.cost, instance.agents);
  const stop = () => secondsLeft(run) === 0 || impossible() || (best !== undefined && best.cost <= lower);
  const mend = (taken: Int32Array[]) => {
    const search = new PenaltySearch(instance, candidates, assignedOnce(instance, taken, candidates), random);
    for (let round = 0; round < 30 && !stop(); round += 1) {
      search.descend(stop);
      if (search.feasible && search.cost < (best?.cost ?? Infinity)) [best, by.foundBy] = [search.snapshot(), 'lagrangian-repair'];
      search.reprice();
    }
  };
  let looks = 0;
  improveMultipliers(instance, {
    start: firstPrices(instance),
    target: () => best?.cost ?? lower * 1.05 + 1,
    stop,
    looked: (taken, bound) => {
      if (bound > lower) [lower, by.provedBy] = [bound, 'lagrangian-knapsacks'];
      if (looks++ % 20 === 0) mend(taken);
      run.progress({ value: best?.cost ?? null, bound: lower, step: 'lagrangian' });
    },
  });
  return answerOf(instance, best, lower, by, impossible() ? { code: 'proved-by-search' } : undefined);
}
