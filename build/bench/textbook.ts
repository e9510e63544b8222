import type { Answer } from '../../shared/scheduling/answer.ts';
import { checkSolution } from '../../shared/scheduling/check.ts';
import { addColumn, addRow, emptyProgram, solveLinear, type LinearProgram } from '../../shared/scheduling/common/linear-program.ts';
import { isMaximised, type Problem } from '../../shared/scheduling/problems.ts';
import type { Run } from '../../shared/scheduling/run.ts';
import { solve } from '../../shared/scheduling/solve.ts';

interface Formulation {
  program: LinearProgram;
  /** Reads a solution out of the columns. */
  read: (x: Float64Array) => number[];
}

/** One column for each item and place, in the order of items; `place` rows are added by the caller. */
function assigned(program: LinearProgram, items: number, places: number, column: (item: number, place: number) => { cost: number; rows: number[]; values: number[] }): (x: Float64Array) => number[] {
  const once = Array.from({ length: items }, () => addRow(program, 1, 1));
  const first = program.cost.length;
  for (let item = 0; item < items; item += 1) {
    for (let place = 0; place < places; place += 1) {
      const { cost, rows, values } = column(item, place);
      addColumn(program, cost, [0, 1], [once[item] as number, ...rows], [1, ...values]);
    }
  }
  return (x) => Array.from({ length: items }, (_, item) => Array.from({ length: places }, (_, place) => x[first + item * places + place] as number).findIndex((share) => share > 0.5));
}

/** Bins by the textbook (L. V. Kantorovich, 1939): a column for each bin, as many as greedy needs, and for each item in each bin. */
function binned(items: number, bins: number, dimensions: number, size: (item: number, dimension: number) => number, capacity: (dimension: number) => number): Formulation {
  const program = emptyProgram('min', true);
  const rows = Array.from({ length: bins }, () => Array.from({ length: dimensions }, () => addRow(program, -Infinity, 0)));
  for (const own of rows) addColumn(program, 1, [0, 1], own, own.map((_, dimension) => -capacity(dimension)));
  const read = assigned(program, items, bins, (item, bin) => ({ cost: 0, rows: rows[bin] as number[], values: (rows[bin] as number[]).map((_, dimension) => size(item, dimension)) }));
  return {
    program,
    read: (x) => {
      const numbers = new Map<number, number>();
      return read(x).map((bin) => numbers.get(bin) ?? (numbers.set(bin, numbers.size), numbers.size - 1));
    },
  };
}

function scheduled(jobs: number, machines: number, time: (machine: number, job: number) => number): Formulation {
  const program = emptyProgram('min', true);
  const ends = Array.from({ length: machines }, () => addRow(program, -Infinity, 0));
  addColumn(program, 1, [0, Infinity], ends, ends.map(() => -1));
  return { program, read: assigned(program, jobs, machines, (job, machine) => ({ cost: 0, rows: [ends[machine] as number], values: [time(machine, job)] })) };
}

function formulate(problem: Problem, bins: number): Formulation {
  switch (problem.kind) {
    case 'bin-packing':
      return binned(problem.weights.length, bins, 1, (item) => problem.weights[item] as number, () => problem.capacity);
    case 'vector-packing':
      return binned(problem.items.length, bins, problem.capacities.length, (item, dimension) => problem.items[item]?.[dimension] as number, (dimension) => problem.capacities[dimension] as number);
    case 'identical-machines':
      return scheduled(problem.times.length, problem.machines, (_, job) => problem.times[job] as number);
    case 'unrelated-machines':
      return scheduled(problem.jobs, problem.machines, (machine, job) => problem.times[machine]?.[job] as number);
    case 'generalized-assignment': {
      const program = emptyProgram(problem.sense, true);
      const rows = problem.capacity.map((capacity) => addRow(program, -Infinity, capacity));
      return { program, read: assigned(program, problem.items, problem.agents, (item, agent) => ({ cost: problem.cost[agent]?.[item] as number, rows: [rows[agent] as number], values: [problem.weight[agent]?.[item] as number] })) };
    }
    case 'multidimensional-knapsack': {
      const program = emptyProgram('max', true);
      const rows = problem.capacities.map((capacity) => addRow(program, -Infinity, capacity));
      problem.profits.forEach((profit, item) => addColumn(program, profit, [0, 1], rows, problem.weights.map((row) => row[item] as number)));
      return { program, read: (x) => Array.from(x.keys()).filter((item) => (x[item] as number) > 0.5) };
    }
  }
}

/** What anybody gets who writes the problem down as in a textbook and gives it to HiGHS; the peer of the models. */
export function textbook(problem: Problem, run: Run): Answer {
  const by = { foundBy: 'plain-highs', provedBy: 'plain-highs' };
  const greedy = solve(problem, 'greedy', run);
  const { program, read } = formulate(problem, greedy.value ?? 1);
  const { x, bound, status } = solveLinear(run.highs, program, { seconds: run.seconds, absoluteGap: 0.999 });
  const solution = x && read(x);
  const up = isMaximised(problem);
  const rounded = Number.isFinite(bound) ? (up ? Math.floor(bound + 1e-4) : Math.ceil(bound - 1e-4)) : null;
  if (solution === undefined || solution.includes(-1)) return { status: status === 'infeasible' ? 'infeasible' : 'stopped', value: null, bound: rounded, solution: null, ...by };
  const { value } = checkSolution(problem, solution);
  const proved = rounded === null ? null : up ? Math.max(rounded, value) : Math.min(rounded, value);
  return { status: proved === value ? 'optimal' : 'feasible', value, bound: proved, solution, ...by };
}
