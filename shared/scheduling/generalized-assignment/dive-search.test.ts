import { expect, it } from 'vitest';
import { randomNumbers } from '../random.ts';
import { relaxByPrices } from './capacity-prices.ts';
import { DiveSearch } from './dive-search.ts';
import { costOf, instanceOf, isFeasible, type Instance } from './instance.ts';

/** Cost falls as weight rises, and all agents together have little more room than they need (type D of P. C. Chu, J. E. Beasley, 1997). */
function tightInstance(agents: number, items: number, seed: number): Instance {
  const random = randomNumbers(seed);
  const weight = Array.from({ length: agents }, () => Array.from({ length: items }, () => 1 + Math.floor(random() * 100)));
  const cost = weight.map((row) => row.map((each) => 111 - each + Math.floor(random() * 21) - 10));
  const capacity = weight.map((row) => Math.floor((0.88 * row.reduce((sum, each) => sum + each, 0)) / agents));
  return instanceOf({ kind: 'generalized-assignment', name: '', agents, items, cost, weight, capacity, sense: 'min' });
}

it('never gets dearer from one dive to the next, ends with a place for all within four percent of the bound, and is the same again', () => {
  const instance = tightInstance(6, 36, 7);
  const relaxation = relaxByPrices(instance, undefined, () => false);
  const walk = (dives: number) => {
    const search = new DiveSearch(instance, relaxation, randomNumbers(1), 1);
    const costs: number[] = [];
    let last = new Int32Array();
    for (let dive = 0; dive < dives; dive += 1) {
      const agentOf = search.next(() => false);
      last = Int32Array.from(agentOf);
      if (agentOf.includes(-1)) continue;
      expect(isFeasible(instance, agentOf)).toBe(true);
      costs.push(costOf(instance, agentOf));
    }
    return { costs, last };
  };
  const { costs, last } = walk(30);
  expect(costs).toEqual(costs.toSorted((one, other) => other - one));
  expect(last).not.toContain(-1);
  expect(costs.at(-1)).toBeLessThanOrEqual(relaxation.bound * 1.04);
  const again = walk(8).costs;
  expect(again).toEqual(costs.slice(0, again.length));
});
