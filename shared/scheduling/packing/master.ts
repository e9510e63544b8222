import type { Highs } from 'highs';
import type { Pattern } from './stock.ts';

type Model = ReturnType<Highs['createModel']>;

/** What the linear program over the known patterns says. */
export interface Relaxed {
  value: number;
  /** How often each pattern is used. */
  uses: Float64Array;
  /** Price of each type, never below 0. */
  prices: Float64Array;
}

/**
 * The restricted master program: as few patterns as cover the demand, over the patterns known so far, kept in HiGHS so
 * that each solve begins at the basis of the last. More than the demand may be covered, as any item can be left out of a
 * pattern. `dispose` frees its memory.
 */
export class Master {
  readonly patterns: Pattern[] = [];
  private readonly known = new Set<string>();
  private readonly model: Model;
  private readonly highs: Highs;
  private readonly rows: number;
  private columnsAreNew = true;

  constructor(highs: Highs, demands: Int32Array) {
    this.highs = highs;
    this.rows = demands.length;
    this.model = highs.createModel();
    this.model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });
    const none = new Int32Array(this.rows + 1);
    const matrix = { format: 'csr' as const, numRows: this.rows, numCols: 0, starts: none, indices: new Int32Array(0), values: new Float64Array(0) };
    this.model.addRows({ lower: Float64Array.from(demands), upper: new Float64Array(this.rows).fill(highs.infinity), matrix } as never);
  }

  /** Adds the patterns that are new; answers how many. */
  add(patterns: readonly Pattern[]): number {
    const fresh = patterns.filter((pattern) => {
      const key = pattern.types.map((type, index) => `${type}x${pattern.counts[index] as number}`).sort().join();
      return this.known.has(key) ? false : this.known.add(key);
    });
    if (fresh.length === 0) return 0;
    const starts = new Int32Array(fresh.length + 1);
    fresh.forEach(({ types }, index) => (starts[index + 1] = (starts[index] as number) + types.length));
    const matrix = {
      format: 'csc' as const,
      numRows: this.rows,
      numCols: fresh.length,
      starts,
      indices: Int32Array.from(fresh.flatMap(({ types }) => types)),
      values: Float64Array.from(fresh.flatMap(({ counts }) => counts)),
    };
    const one = new Float64Array(fresh.length).fill(1);
    this.model.addCols({ cost: one, lower: new Float64Array(fresh.length), upper: new Float64Array(fresh.length).fill(this.highs.infinity), matrix } as never);
    this.patterns.push(...fresh);
    this.columnsAreNew = true;
    return fresh.length;
  }

  /** What is to be covered from now on. */
  demand(demands: ArrayLike<number>): void {
    const upper = new Float64Array(this.rows).fill(this.highs.infinity);
    this.model.changeRowsBounds({ kind: 'range', from: 0, to: this.rows - 1 }, Float64Array.from(demands), upper);
    this.columnsAreNew = false;
  }

  /** Null where time ran out, or where HiGHS gave up. */
  solve(seconds: number): Relaxed | null {
    if (seconds <= 0) return null;
    this.model.options.set({ time_limit: this.model.getRunTime() + seconds, simplex_strategy: this.columnsAreNew ? 4 : 1 });
    const { modelStatus } = this.model.run();
    if (modelStatus !== this.highs.constants.modelStatus.optimal) return null;
    const { colValue, rowDual } = this.model.getSolution();
    return { value: this.model.getObjectiveValue(), uses: colValue, prices: rowDual.map((price) => Math.max(0, price)) };
  }

  dispose(): void {
    this.model.dispose();
  }
}
