import { addColumn, addRow, emptyProgram, solveLinear } from '../common/linear-program.ts';
import type { Run } from '../run.ts';
import type { Pattern } from './stock.ts';

/** A packing, the proof that there is none, or null where time ran out. */
export type Verdict = Pattern[] | 'impossible' | null;

export interface Covering {
  run: Run;
  patterns: readonly Pattern[];
  demands: Int32Array;
  /** Bins that may be used. */
  bins: number;
  seconds: number;
  /** Whether to look for as few bins as possible, which leads to packings, or for any within `bins`, which leads to proofs. */
  aim: 'fewest' | 'any';
}

const near = 0.5;

/**
 * Covers the demand with given patterns, as an integer program for HiGHS. `impossible` says only that these patterns do
 * not do; the program has coefficients and right-hand sides that are small integers, far above the tolerances.
 */
export function cover({ run, patterns, demands, bins, seconds, aim }: Covering): Verdict {
  const program = emptyProgram('min', true);
  for (const demand of demands) addRow(program, demand, Number.POSITIVE_INFINITY);
  const total = addRow(program, 0, aim === 'any' ? bins : Number.POSITIVE_INFINITY);
  for (const { types, counts } of patterns) {
    const most = Math.max(...types.map((type, index) => Math.ceil((demands[type] as number) / (counts[index] as number))));
    addColumn(program, aim === 'any' ? 0 : 1, [0, most], [...types, total], [...counts, 1]);
  }
  const target = aim === 'any' ? {} : { objective_target: bins + 1e-6 };
  const { status, x, bound } = solveLinear(run.highs, program, { seconds, more: { ...target, random_seed: run.seed } });
  if (x !== undefined) {
    const used = patterns.flatMap((pattern, index) => new Array<Pattern>(Math.round(x[index] as number)).fill(pattern));
    if (used.length <= bins && covers(used, demands)) return used;
  }
  if (status === 'infeasible' || (status !== 'limit' && aim === 'fewest' && bound > bins + near)) return 'impossible';
  return aim === 'fewest' && Number.isFinite(bound) && bound > bins + near ? 'impossible' : null;
}

/** Whether patterns hold everything that is asked for: looked after, as the solver's answer is one in floating point. */
export function covers(patterns: readonly Pattern[], demands: Int32Array): boolean {
  const left = demands.slice();
  for (const { types, counts } of patterns) types.forEach((type, index) => (left[type] = (left[type] as number) - (counts[index] as number)));
  return left.every((count) => count <= 0);
}
