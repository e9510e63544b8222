/**
 * For each item, task or job the index of its bin, machine or agent; for a knapsack the chosen items in ascending order.
 * Bins are numbered from 0 without a gap.
 */
export type Solution = number[];

/**
 * - `optimal`: the value meets the bound.
 * - `feasible`: a solution, and a bound that it does not meet.
 * - `infeasible`: proved that there is no solution; `reason` says why.
 * - `stopped`: time was up, or the run was cancelled, before a solution was found.
 */
export type Status = 'optimal' | 'feasible' | 'infeasible' | 'stopped';

/** Which item, agent or constraint makes an instance impossible; translated as `scheduling.infeasible.<code>`. */
export interface InfeasibleReason {
  code: 'item-too-large' | 'total-too-large' | 'proved-by-search';
  /** Index of the item, where one is to blame. */
  item?: number;
  /** Index of the dimension, where one is to blame. */
  dimension?: number;
}

/** What a model says of an instance. The bound is a lower one where less is better and an upper one where more is. */
export interface Answer {
  status: Status;
  /** Bins, makespan, cost or profit of the solution; null without one. */
  value: number | null;
  /** Null where nothing better than nothing is known, as of an instance without a solution. */
  bound: number | null;
  solution: Solution | null;
  reason?: InfeasibleReason;
  /** What found the solution and what proved the bound, for those who compare models: `first-fit-decreasing`, `column-generation` … */
  foundBy: string;
  provedBy: string;
}

/** (value − bound) / value without sign, the usual relative gap; 0 where both are equal, null where one is missing. */
export function gapOf({ value, bound }: Pick<Answer, 'value' | 'bound'>): number | null {
  if (value === null || bound === null) return null;
  return value === bound ? 0 : Math.abs(value - bound) / Math.max(Math.abs(value), 1);
}
