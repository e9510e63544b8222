import type { Answer } from './answer.ts';
import type { Problem, ProblemKind } from './problems.ts';
import type { Run } from './run.ts';

/** The families of the design: greedy rules, dynamic programming, linear programming, and all of them in order of promise. */
export const modelNames = ['greedy', 'dp', 'lp', 'portfolio'] as const;
export type ModelName = (typeof modelNames)[number];

/** Solves an instance within a run's time; never throws for an instance that `parseProblem` has passed. */
export type Model<P extends Problem> = (problem: P, run: Run) => Answer;

export type Models<Kind extends ProblemKind> = { readonly [Name in ModelName]: Model<Extract<Problem, { kind: Kind }>> };
