import { expect, it } from 'vitest';
import { instanceOf } from './instance.ts';
import { candidateAgents, PenaltySearch } from './local-search.ts';

it('goes on to no other agent when it is told to stop, however much there is to improve', () => {
  const agents = 6;
  const cost = Array.from({ length: agents }, (_, agent) => Array.from({ length: 12 }, (_, item) => (item % agents === agent ? 1 : 2_000_000_000)));
  const weight = cost.map((row) => row.map(() => 5));
  const instance = instanceOf({ kind: 'generalized-assignment', name: '', agents, items: 12, cost, weight, capacity: cost.map(() => 20), sense: 'min' });
  const search = new PenaltySearch(instance, candidateAgents(instance, instance.cost, agents), Int32Array.from({ length: 12 }, (_, item) => (item + 1) % agents), () => 0);
  let asked = 0;
  search.descend(() => (asked += 1) > 0);
  expect(asked).toBeLessThanOrEqual(2);
  search.descend(() => false);
  expect(search.cost).toBe(12);
});
