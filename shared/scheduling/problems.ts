import { z } from 'zod';

/**
 * The six problems of packing and scheduling that the models solve. Numbers are integers below 2^31, so that every sum
 * of up to a million of them is exact in a double.
 */
const size = z.int().min(0).max(2 ** 31 - 1);
const positive = size.min(1);
const count = z.int().min(1).max(1_000_000);
const name = z.string().max(200).default('');
const table = z.array(z.array(size).min(1)).min(1);

export const binPackingSchema = z.object({ name, capacity: positive, weights: z.array(size).min(1).max(1_000_000) });
export const vectorPackingSchema = z.object({ name, capacities: z.array(size).min(1).max(100), items: table });
export const identicalMachinesSchema = z.object({ name, machines: count, times: z.array(size).min(1).max(1_000_000) });
export const unrelatedMachinesSchema = z.object({ name, machines: count, jobs: count, times: table });
export const generalizedAssignmentSchema = z.object({
  name,
  agents: count,
  items: count,
  cost: table,
  weight: table,
  capacity: z.array(size).min(1),
  sense: z.enum(['min', 'max']).default('min'),
});
export const multidimensionalKnapsackSchema = z.object({ name, profits: z.array(size).min(1), weights: table, capacities: z.array(size).min(1) });

/** Pack every item into as few bins of `capacity` as possible. */
export type BinPacking = z.infer<typeof binPackingSchema> & { kind: 'bin-packing' };
/** The same in several dimensions: `items[item][dimension]`. */
export type VectorPacking = z.infer<typeof vectorPackingSchema> & { kind: 'vector-packing' };
/** P||Cmax: give every job to one of equal machines so that the last one ends as early as possible. */
export type IdenticalMachines = z.infer<typeof identicalMachinesSchema> & { kind: 'identical-machines' };
/** R||Cmax: the same with `times[machine][job]`. */
export type UnrelatedMachines = z.infer<typeof unrelatedMachinesSchema> & { kind: 'unrelated-machines' };
/** Give every item to one agent within `capacity[agent]`, at least cost (`min`) or greatest value (`max`): `cost[agent][item]`. */
export type GeneralizedAssignment = z.infer<typeof generalizedAssignmentSchema> & { kind: 'generalized-assignment' };
/** Choose items of greatest profit within every capacity: `weights[constraint][item]`. */
export type MultidimensionalKnapsack = z.infer<typeof multidimensionalKnapsackSchema> & { kind: 'multidimensional-knapsack' };

export type Problem = BinPacking | VectorPacking | IdenticalMachines | UnrelatedMachines | GeneralizedAssignment | MultidimensionalKnapsack;
export type ProblemKind = Problem['kind'];

/** Which fields make which problem, the most telling first. */
const schemas = [
  ['generalized-assignment', ['cost', 'weight'], generalizedAssignmentSchema],
  ['multidimensional-knapsack', ['profits'], multidimensionalKnapsackSchema],
  ['vector-packing', ['capacities', 'items'], vectorPackingSchema],
  ['unrelated-machines', ['machines', 'jobs'], unrelatedMachinesSchema],
  ['identical-machines', ['machines', 'times'], identicalMachinesSchema],
  ['bin-packing', ['capacity', 'weights'], binPackingSchema],
] as const;

/** What is wrong with an instance: `path` names the field (`weights.3`), `code` is zod's or one of ours. */
export interface ProblemIssue {
  path: string;
  code: string;
}

const shape = (rows: number[][], [height, width]: [number, number], path: string): ProblemIssue[] => [
  ...(rows.length === height ? [] : [{ path, code: 'wrong-length' }]),
  ...rows.flatMap((row, index) => (row.length === width ? [] : [{ path: `${path}.${index}`, code: 'wrong-length' }])),
];

function misfits(problem: Problem): ProblemIssue[] {
  switch (problem.kind) {
    case 'bin-packing':
    case 'identical-machines':
      return [];
    case 'vector-packing':
      return shape(problem.items, [problem.items.length, problem.capacities.length], 'items');
    case 'unrelated-machines':
      return shape(problem.times, [problem.machines, problem.jobs], 'times');
    case 'multidimensional-knapsack':
      return shape(problem.weights, [problem.capacities.length, problem.profits.length], 'weights');
    case 'generalized-assignment': {
      const size: [number, number] = [problem.agents, problem.items];
      const capacity = problem.capacity.length === problem.agents ? [] : [{ path: 'capacity', code: 'wrong-length' }];
      return [...shape(problem.cost, size, 'cost'), ...shape(problem.weight, size, 'weight'), ...capacity];
    }
  }
}

/** Reads an instance; the problem is known by its fields. Answers what is wrong, field by field, where it is none. */
export function parseProblem(input: unknown): { problem: Problem } | { issues: ProblemIssue[] } {
  if (typeof input !== 'object' || input === null) return { issues: [{ path: '', code: 'not-an-instance' }] };
  const found = schemas.find(([, fields]) => fields.every((field) => field in input));
  if (found === undefined) return { issues: [{ path: '', code: 'unknown-problem' }] };
  const [kind, , schema] = found;
  const parsed = schema.safeParse(input);
  if (!parsed.success) return { issues: parsed.error.issues.map(({ path, code }) => ({ path: path.join('.'), code })) };
  const problem = { kind, ...parsed.data } as Problem;
  const issues = misfits(problem);
  return issues.length > 0 ? { issues } : { problem };
}

/** Whether a greater value is the better one. */
export function isMaximised(problem: Problem): boolean {
  return problem.kind === 'multidimensional-knapsack' || (problem.kind === 'generalized-assignment' && problem.sense === 'max');
}
