import type { Answer, InfeasibleReason, Solution } from '../answer.ts';
import type { GeneralizedAssignment } from '../problems.ts';

/** An instance as the solvers read it: always a least cost, flat rows of numbers, item by agent. */
export interface Instance {
  agents: number;
  items: number;
  /** `cost[item * agents + agent]`. */
  cost: Float64Array;
  weight: Float64Array;
  capacity: Float64Array;
  /** What a cost of zero stands for: a value to be maximised is `complement` minus cost, per item. */
  complement: number | null;
}

/** A solution on its way: its agent for each item, and its cost. */
export interface Assignment {
  agentOf: Int32Array;
  cost: number;
}

/** Turns a greatest value into a least cost: each item is assigned exactly once, so a constant per item changes nothing. */
export function instanceOf({ agents, items, cost, weight, capacity, sense }: GeneralizedAssignment): Instance {
  const flat = (rows: number[][]) => Float64Array.from({ length: agents * items }, (_, at) => rows[at % agents]?.[Math.floor(at / agents)] as number);
  const costs = flat(cost);
  const complement = sense === 'max' ? costs.reduce((most, each) => Math.max(most, each), 0) : null;
  return { agents, items, cost: complement === null ? costs : costs.map((each) => complement - each), weight: flat(weight), capacity: Float64Array.from(capacity), complement };
}

const valueOf = ({ complement, items }: Instance, cost: number) => (complement === null ? cost : complement * items - cost);

export function costOf({ cost, agents }: Instance, agentOf: ArrayLike<number>): number {
  let sum = 0;
  for (let item = 0; item < agentOf.length; item += 1) sum += cost[item * agents + (agentOf[item] as number)] as number;
  return sum;
}

/** Room left at each agent; below zero where it has too much. */
export function roomOf({ weight, agents, capacity }: Instance, agentOf: ArrayLike<number>): Float64Array {
  const room = Float64Array.from(capacity);
  for (let item = 0; item < agentOf.length; item += 1) {
    const agent = agentOf[item] as number;
    room[agent] = (room[agent] as number) - (weight[item * agents + agent] as number);
  }
  return room;
}

export const isFeasible = (instance: Instance, agentOf: ArrayLike<number>): boolean => roomOf(instance, agentOf).every((room) => room >= 0);

/** What makes an instance impossible at sight: an item that no agent can carry, or items that at their lightest are more than all agents together carry. */
export function impossibleAtSight({ agents, items, weight, capacity }: Instance): InfeasibleReason | undefined {
  let total = 0;
  for (let item = 0; item < items; item += 1) {
    let lightest = Infinity;
    for (let agent = 0, at = item * agents; agent < agents; agent += 1, at += 1) if ((weight[at] as number) <= (capacity[agent] as number)) lightest = Math.min(lightest, weight[at] as number);
    if (lightest === Infinity) return { code: 'item-too-large', item };
    total += lightest;
  }
  return total > capacity.reduce((sum, each) => sum + each, 0) ? { code: 'total-too-large' } : undefined;
}

/** What no solution costs more than: each item at its dearest agent that can carry it at all. A true bound above it says that there is none. */
export function dearestCost({ agents, items, cost, weight, capacity }: Instance): number {
  let sum = 0;
  for (let item = 0; item < items; item += 1) {
    let most = 0;
    for (let agent = 0, at = item * agents; agent < agents; agent += 1, at += 1) if ((weight[at] as number) <= (capacity[agent] as number)) most = Math.max(most, cost[at] as number);
    sum += most;
  }
  return sum;
}

/** What is known of an instance, as an answer in its own sense. */
export function answerOf(instance: Instance, best: Assignment | undefined, lower: number | null, by: { foundBy: string; provedBy: string }, proof?: InfeasibleReason): Answer {
  if (best === undefined) {
    const bound = lower === null || proof !== undefined ? null : valueOf(instance, lower);
    return { status: proof === undefined ? 'stopped' : 'infeasible', value: null, bound, solution: null, ...(proof && { reason: proof }), ...by };
  }
  const solution: Solution = Array.from(best.agentOf);
  const bound = lower === null ? null : valueOf(instance, Math.min(lower, best.cost));
  const value = valueOf(instance, best.cost);
  return { status: bound === value ? 'optimal' : 'feasible', value, bound, solution, ...by };
}
