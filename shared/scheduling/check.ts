import type { Answer, Solution } from './answer.ts';
import { isMaximised, type Problem } from './problems.ts';

/** What the checker found wrong with an answer. */
export type Violation =
  | 'wrong-length'
  | 'no-such-place'
  | 'over-capacity'
  | 'empty-bin'
  | 'chosen-twice'
  | 'wrong-value'
  | 'bound-beyond-value'
  | 'wrong-status'
  | 'not-an-integer';

const loadsOf = (places: number, solution: Solution, amount: (place: number, index: number) => number): number[] => {
  const loads = new Array<number>(places).fill(0);
  solution.forEach((place, index) => (loads[place] = (loads[place] ?? 0) + amount(place, index)));
  return loads;
};

/** Not as arguments of a function: of some hundred thousand loads they are too many. */
const greatest = (loads: readonly number[]): number => loads.reduce((most, load) => Math.max(most, load), 0);

interface Measured {
  value: number;
  violations: Violation[];
}

const packed = (places: number, solution: Solution, dimensions: number, amount: (index: number, dimension: number) => number, capacity: (dimension: number) => number): Measured => {
  const violations: Violation[] = [];
  for (let dimension = 0; dimension < dimensions; dimension += 1) {
    const loads = loadsOf(places, solution, (_, index) => amount(index, dimension));
    if (loads.some((load) => load > capacity(dimension))) violations.push('over-capacity');
  }
  if (new Set(solution).size !== places) violations.push('empty-bin');
  return { value: places, violations };
};

const bins = (solution: Solution) => solution.reduce((most, bin) => Math.max(most, bin + 1), 0);

function measure(problem: Problem, solution: Solution): Measured {
  switch (problem.kind) {
    case 'bin-packing':
      return packed(bins(solution), solution, 1, (index) => problem.weights[index] ?? 0, () => problem.capacity);
    case 'vector-packing':
      return packed(bins(solution), solution, problem.capacities.length, (index, dimension) => problem.items[index]?.[dimension] ?? 0, (dimension) => problem.capacities[dimension] ?? 0);
    case 'identical-machines':
      return { value: greatest(loadsOf(problem.machines, solution, (_, job) => problem.times[job] ?? 0)), violations: [] };
    case 'unrelated-machines':
      return { value: greatest(loadsOf(problem.machines, solution, (machine, job) => problem.times[machine]?.[job] ?? 0)), violations: [] };
    case 'generalized-assignment': {
      const loads = loadsOf(problem.agents, solution, (agent, item) => problem.weight[agent]?.[item] ?? 0);
      const over = loads.some((load, agent) => load > (problem.capacity[agent] ?? 0));
      return { value: solution.reduce((sum, agent, item) => sum + (problem.cost[agent]?.[item] ?? 0), 0), violations: over ? ['over-capacity'] : [] };
    }
    case 'multidimensional-knapsack': {
      const over = problem.capacities.some((capacity, constraint) => solution.reduce((sum, item) => sum + (problem.weights[constraint]?.[item] ?? 0), 0) > capacity);
      const twice = new Set(solution).size !== solution.length;
      return {
        value: solution.reduce((sum, item) => sum + (problem.profits[item] ?? 0), 0),
        violations: [...(over ? (['over-capacity'] as const) : []), ...(twice ? (['chosen-twice'] as const) : [])],
      };
    }
  }
}

/** How long a solution is (undefined: as long as it likes) and how many places there are to name. */
function extent(problem: Problem): { length?: number; places: number } {
  switch (problem.kind) {
    case 'bin-packing':
      return { length: problem.weights.length, places: problem.weights.length };
    case 'vector-packing':
      return { length: problem.items.length, places: problem.items.length };
    case 'identical-machines':
      return { length: problem.times.length, places: problem.machines };
    case 'unrelated-machines':
      return { length: problem.jobs, places: problem.machines };
    case 'generalized-assignment':
      return { length: problem.items, places: problem.agents };
    case 'multidimensional-knapsack':
      return { places: problem.profits.length };
  }
}

/** Value of a solution and what is wrong with it, computed from the instance alone and by no code of the models. */
export function checkSolution(problem: Problem, solution: Solution): Measured {
  const { length, places } = extent(problem);
  if (length !== undefined && solution.length !== length) return { value: Number.NaN, violations: ['wrong-length'] };
  if (!solution.every(Number.isInteger)) return { value: Number.NaN, violations: ['not-an-integer'] };
  if (solution.some((place) => place < 0 || place >= places)) return { value: Number.NaN, violations: ['no-such-place'] };
  return measure(problem, solution);
}

/** Everything that is wrong with an answer; none: the checker agrees. It cannot know whether a bound is true, only that none contradicts. */
export function checkAnswer(problem: Problem, answer: Answer): Violation[] {
  const { status, value, bound, solution } = answer;
  if (solution === null) return value !== null || status === 'optimal' || status === 'feasible' ? ['wrong-status'] : [];
  const { value: measured, violations } = checkSolution(problem, solution);
  const found = [...violations];
  if (measured !== value) found.push('wrong-value');
  const sign = isMaximised(problem) ? -1 : 1;
  if (bound !== null && sign * bound > sign * measured) found.push('bound-beyond-value');
  if ((status === 'optimal') !== (bound === measured) || status === 'infeasible' || status === 'stopped') found.push('wrong-status');
  return found;
}
