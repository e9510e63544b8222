import type { Highs } from 'highs';
import type { Pattern } from './stock.ts';

/** How far beyond the bins a linear program must be before a pattern is given up: far above the solver's tolerances. */
const clearly = 1e-5;
/** A pattern that some fractional packing uses once needs no probe. */
const once = 0.999;

/**
 * Leaves out every pattern that no fractional packing into `bins` can use even once, found by asking the linear program,
 * one pattern after the other, again and again while that thins them out. `impossible`: nothing is left to pack with.
 */
export function probe(highs: Highs, patterns: readonly Pattern[], demands: Int32Array, bins: number, until: () => boolean): Pattern[] | 'impossible' {
  let left = [...patterns];
  for (;;) {
    const kept = pass(highs, left, demands, bins, until);
    if (kept === 'impossible' || until() || kept.length > 0.95 * left.length) return kept;
    left = kept;
  }
}

function pass(highs: Highs, patterns: readonly Pattern[], demands: Int32Array, bins: number, until: () => boolean): Pattern[] | 'impossible' {
  const rows = demands.length;
  const starts = new Int32Array(patterns.length + 1);
  patterns.forEach(({ types }, index) => (starts[index + 1] = (starts[index] as number) + types.length));
  const data = {
    numCols: patterns.length,
    numRows: rows,
    sense: highs.constants.objectiveSense.minimize,
    offset: 0,
    colCost: new Float64Array(patterns.length).fill(1),
    colLower: new Float64Array(patterns.length),
    colUpper: new Float64Array(patterns.length).fill(highs.infinity),
    rowLower: Float64Array.from(demands),
    rowUpper: new Float64Array(rows).fill(highs.infinity),
    matrix: {
      format: 'csc' as const,
      numCols: patterns.length,
      numRows: rows,
      starts,
      indices: Int32Array.from(patterns.flatMap(({ types }) => types)),
      values: Float64Array.from(patterns.flatMap(({ counts }) => counts)),
    },
  };
  return highs.withModel(data as never, (model) => {
    model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex', objective_bound: bins + clearly });
    const { infeasible, optimal, objectiveBound } = highs.constants.modelStatus;
    const beyond = () => {
      const { modelStatus } = model.run();
      return modelStatus === infeasible || modelStatus === objectiveBound || (modelStatus === optimal && model.getObjectiveValue() > bins + clearly);
    };
    const usable = new Uint8Array(patterns.length);
    const note = () => {
      const uses = model.getSolution().colValue;
      for (let index = 0; index < usable.length; index += 1) if ((uses[index] as number) > once) usable[index] = 1;
    };
    if (beyond()) return 'impossible';
    note();
    const kept: Pattern[] = [];
    patterns.forEach((pattern, index) => {
      if (usable[index] === 0 && !until()) {
        model.changeColBounds(index, 1, highs.infinity);
        const useless = beyond();
        if (!useless) note();
        model.changeColBounds(index, 0, useless ? 0 : highs.infinity);
        if (useless) return;
      }
      kept.push(pattern);
    });
    return kept;
  });
}
