import type { Highs } from 'highs';

/** A linear program as it grows, column by column; rows are there from the beginning. */
export interface LinearProgram {
  sense: 'min' | 'max';
  rowLower: number[];
  rowUpper: number[];
  cost: number[];
  lower: number[];
  upper: number[];
  integer: boolean;
  starts: number[];
  rows: number[];
  values: number[];
}

export const emptyProgram = (sense: 'min' | 'max', integer: boolean): LinearProgram => ({
  sense,
  integer,
  rowLower: [],
  rowUpper: [],
  cost: [],
  lower: [],
  upper: [],
  starts: [0],
  rows: [],
  values: [],
});

/** Adds a row and answers its index. */
export function addRow(program: LinearProgram, lower: number, upper: number): number {
  program.rowUpper.push(upper);
  return program.rowLower.push(lower) - 1;
}

/** Adds a column with `values` in `rows` and answers its index. */
export function addColumn(program: LinearProgram, cost: number, [lower, upper]: [number, number], rows: number[], values: number[]): number {
  program.cost.push(cost);
  program.lower.push(lower);
  program.upper.push(upper);
  for (const row of rows) program.rows.push(row);
  for (const value of values) program.values.push(value);
  program.starts.push(program.rows.length);
  return program.cost.length - 1;
}

export interface LinearAnswer {
  status: 'optimal' | 'infeasible' | 'limit';
  /** A solution; undefined where none was found in time. */
  x: Float64Array | undefined;
  objective: number;
  /** What no solution can be better than, as far as the solver's tolerances go. */
  bound: number;
  rowDual: Float64Array;
  reducedCost: Float64Array;
}

export interface SolveOptions {
  seconds: number;
  /** A solution to begin with. */
  start?: Float64Array;
  /** For integer programs: stop when value and bound are this near. */
  absoluteGap?: number;
  /** For integer programs: solutions better than this only. */
  cutoff?: number;
  /** HiGHS options beyond those. */
  more?: Record<string, number | string | boolean>;
}

/** HiGHS answers nothing for a program without columns: it says nothing but whether zero is in all rows. */
function withoutColumns({ rowLower, rowUpper }: LinearProgram): LinearAnswer {
  const feasible = rowLower.every((lower) => lower <= 0) && rowUpper.every((upper) => upper >= 0);
  const none = new Float64Array();
  return { status: feasible ? 'optimal' : 'infeasible', x: feasible ? none : undefined, objective: 0, bound: 0, rowDual: new Float64Array(rowLower.length), reducedCost: none };
}

/** Solves with HiGHS (Q. Huangfu, J. A. J. Hall, Math. Prog. Computation 10, 2018). Fails only where HiGHS itself does. */
export function solveLinear(highs: Highs, program: LinearProgram, { seconds, start, absoluteGap = 0, cutoff, more = {} }: SolveOptions): LinearAnswer {
  const { cost, lower, upper, rowLower, rowUpper, starts, rows, values, sense, integer } = program;
  if (cost.length === 0) return withoutColumns(program);
  const { modelStatus, objectiveSense, variableType } = highs.constants;
  return highs.withModel(
    {
      numCols: cost.length,
      numRows: rowLower.length,
      sense: sense === 'min' ? objectiveSense.minimize : objectiveSense.maximize,
      offset: 0,
      colCost: cost,
      colLower: lower,
      colUpper: upper,
      rowLower,
      rowUpper,
      matrix: { format: 'csc', numCols: cost.length, numRows: rowLower.length, starts: Int32Array.from(starts), indices: Int32Array.from(rows), values: Float64Array.from(values) },
      ...(integer && { integrality: new Int32Array(cost.length).fill(variableType.integer) }),
    } as never,
    (model): LinearAnswer => {
      model.options.set({ output_flag: false, time_limit: Math.max(0.01, seconds), mip_rel_gap: 0, mip_abs_gap: absoluteGap, ...more } as never);
      if (cutoff !== undefined) model.options.set({ objective_bound: cutoff });
      if (start !== undefined) model.setSolution({ colValue: start });
      const ran = model.run().modelStatus;
      const found = model.info.get('primal_solution_status') === 2;
      const solution = model.getSolution();
      return {
        status: ran === modelStatus.optimal ? 'optimal' : ran === modelStatus.infeasible ? 'infeasible' : 'limit',
        x: found ? solution.colValue : undefined,
        objective: found ? model.getObjectiveValue() : Number.NaN,
        bound: integer ? Number(model.info.get('mip_dual_bound')) : found ? model.getObjectiveValue() : Number.NaN,
        rowDual: solution.rowDual,
        reducedCost: solution.colDual,
      };
    },
  );
}
