import type { ModelCourse } from '../../../shared/contract/solver-run.ts';

/** What all models answer, whatever they solve. */
export type AnyCourse = ModelCourse<{ status: 'optimal' | 'feasible' | 'infeasible' | 'stopped'; value: number | null; bound: number | null; foundBy: string; provedBy: string }>;
