import type { Highs } from 'highs';
import { addColumn, addRow, emptyProgram, solveLinear } from '../common/linear-program.ts';
import { costOf, roomOf, type Assignment, type Instance } from './instance.ts';

/** The first agents and some more, the likelier the more items they share with those chosen: items that either could take. */
export function relatedAgents({ agents }: Instance, agentOf: Int32Array, candidates: Int32Array[], { first, most, random }: { first: readonly number[]; most: number; random: () => number }): Set<number> {
  const chosen = new Set<number>(first);
  const ties = new Float64Array(agents);
  while (ties.length > chosen.size && chosen.size < most) {
    ties.fill(0);
    agentOf.forEach((agent, item) => {
      if (agent < 0) return;
      const row = candidates[item] as Int32Array;
      if (chosen.has(agent)) for (const other of row) ties[other] = (ties[other] as number) + 1;
      else if (row.some((other) => chosen.has(other))) ties[agent] = (ties[agent] as number) + 1;
    });
    let best = -1;
    let most = -1;
    for (let agent = 0; agent < agents; agent += 1) {
      const score = chosen.has(agent) ? -1 : ((ties[agent] as number) + 0.1) * (0.2 + random());
      if (score > most) [best, most] = [agent, score];
    }
    chosen.add(best);
  }
  return chosen;
}

/**
 * Takes all items of a few agents and assigns them anew, as an integer program (large neighbourhood search: P. Shaw, 1998).
 * Answers a cheaper solution and whether the neighbourhood was searched to its end.
 */
export function reassignSome(
  highs: Highs,
  instance: Instance,
  best: Assignment,
  { candidates, size, seconds, random }: { candidates: Int32Array[]; size: number; seconds: number; random: () => number },
): { better: Assignment | undefined; exhausted: boolean } {
  const { agents, cost, weight } = instance;
  const chosen = relatedAgents(instance, best.agentOf, candidates, { first: [Math.floor(random() * agents)], most: size, random });
  const free = Array.from(best.agentOf.keys()).filter((item) => chosen.has(best.agentOf[item] as number));
  const room = roomOf(instance, best.agentOf);
  for (const item of free) {
    const agent = best.agentOf[item] as number;
    room[agent] = (room[agent] as number) + (weight[item * agents + agent] as number);
  }
  const program = emptyProgram('min', true);
  const rowOf = new Map<number, number>();
  for (const agent of chosen) rowOf.set(agent, addRow(program, -Infinity, room[agent] as number));
  const places: [item: number, agent: number][] = [];
  const start: number[] = [];
  for (const item of free) {
    const row = addRow(program, 1, 1);
    const now = best.agentOf[item] as number;
    const open = new Set([now, ...(candidates[item] as Int32Array)]);
    for (const agent of open) {
      const capacityRow = rowOf.get(agent);
      if (capacityRow === undefined || (weight[item * agents + agent] as number) > (room[agent] as number)) continue;
      addColumn(program, cost[item * agents + agent] as number, [0, 1], [capacityRow, row], [weight[item * agents + agent] as number, 1]);
      places.push([item, agent]);
      start.push(agent === now ? 1 : 0);
    }
  }
  const { x, status } = solveLinear(highs, program, { seconds, start: Float64Array.from(start), absoluteGap: 0.999 });
  if (x === undefined) return { better: undefined, exhausted: status !== 'limit' };
  const agentOf = Int32Array.from(best.agentOf);
  places.forEach(([item, agent], column) => {
    if ((x[column] as number) > 0.5) agentOf[item] = agent;
  });
  const found = { agentOf, cost: costOf(instance, agentOf) };
  return { better: found.cost < best.cost && roomOf(instance, agentOf).every((left) => left >= 0) ? found : undefined, exhausted: status === 'optimal' };
}
