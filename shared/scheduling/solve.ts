import type { Answer } from './answer.ts';
import { models as binPacking } from './bin-packing/models.ts';
import { models as generalizedAssignment } from './generalized-assignment/models.ts';
import { models as identicalMachines } from './identical-machines/models.ts';
import type { Model, ModelName, Models } from './models.ts';
import { models as multidimensionalKnapsack } from './multidimensional-knapsack/models.ts';
import type { Problem, ProblemKind } from './problems.ts';
import type { Run } from './run.ts';
import { models as unrelatedMachines } from './unrelated-machines/models.ts';
import { models as vectorPacking } from './vector-packing/models.ts';

const models: { readonly [Kind in ProblemKind]: Models<Kind> } = {
  'bin-packing': binPacking,
  'vector-packing': vectorPacking,
  'identical-machines': identicalMachines,
  'unrelated-machines': unrelatedMachines,
  'generalized-assignment': generalizedAssignment,
  'multidimensional-knapsack': multidimensionalKnapsack,
};

/** Solves an instance with one family of models. */
export function solve(problem: Problem, name: ModelName, run: Run): Answer {
  return (models[problem.kind][name] as Model<Problem>)(problem, run);
}
