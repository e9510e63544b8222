import fc from 'fast-check';
import { expect, it } from 'vitest';
import { relaxByPrices } from './capacity-prices.ts';
import { Chains } from './chains.ts';
import { regretGreedy } from './greedy.ts';
import { costOf, instanceOf, isFeasible, roomOf, type Instance } from './instance.ts';
import { candidateAgents } from './local-search.ts';

function chainsOf(instance: Instance, agentOf: Int32Array) {
  const relaxation = relaxByPrices(instance, undefined, () => false);
  const candidates = candidateAgents(instance, relaxation.excess, instance.agents);
  const suitors = Array.from({ length: instance.agents }, (_, agent) => Int32Array.from(Array.from(candidates.keys()).filter((item) => candidates[item]?.includes(agent))));
  const position = { agentOf, room: roomOf(instance, agentOf) };
  return { position, chains: new Chains(instance, relaxation, candidates, suitors, position) };
}

it('finds the ring in which three items change places, where no shift and no swap fits', () => {
  // Each agent is full with one item; item i costs least, and fits, at the next agent alone.
  const [cost, weight] = [[[9, 9, 1], [1, 9, 9], [9, 1, 9]], [[5, 9, 5], [5, 5, 9], [9, 5, 5]]];
  const instance = instanceOf({ kind: 'generalized-assignment', name: '', agents: 3, items: 3, cost, weight, capacity: [5, 5, 5], sense: 'min' });
  const { chains } = chainsOf(instance, Int32Array.of(0, 1, 2));
  expect(chains.find(0)).toBe(true);
  expect(Object.fromEntries(Array.from({ length: 3 }, (_, at) => [chains.links[2 * at], chains.links[2 * at + 1]]))).toEqual({ 0: 1, 1: 2, 2: 0 });
});

it('makes a feasible solution cheaper and keeps it feasible, and leaves the position alone while it looks', () => {
  const size = { agents: fc.integer({ min: 2, max: 5 }), items: fc.integer({ min: 4, max: 24 }), seed: fc.infiniteStream(fc.integer({ min: 1, max: 30 })) };
  let found = 0;
  fc.assert(
    fc.property(fc.record(size), ({ agents, items, seed }) => {
      const rows = () => Array.from({ length: agents }, () => Array.from({ length: items }, () => seed.next().value as number));
      const [cost, weight] = [rows(), rows()];
      const capacity = weight.map((row) => Math.max(...row, Math.round((0.9 * row.reduce((sum, each) => sum + each, 0)) / agents)));
      const instance = instanceOf({ kind: 'generalized-assignment', name: '', agents, items, cost, weight, capacity, sense: 'min' });
      const start = regretGreedy(instance, () => false);
      fc.pre(start !== undefined);
      const { chains, position } = chainsOf(instance, Int32Array.from((start as NonNullable<typeof start>).agentOf));
      for (let item = 0; item < items; item += 1) {
        const before = { agentOf: Int32Array.from(position.agentOf), room: Float64Array.from(position.room) };
        const better = chains.find(item);
        expect(position).toEqual(before);
        if (!better) continue;
        const after = Int32Array.from(before.agentOf);
        for (let at = 0; at < chains.links.length; at += 2) after[chains.links[at] as number] = chains.links[at + 1] as number;
        expect(isFeasible(instance, after)).toBe(true);
        expect(costOf(instance, after)).toBeLessThan(costOf(instance, before.agentOf));
        found += 1;
      }
    }),
  );
  expect(found).toBeGreaterThan(0);
});
