import type { Answer, Solution } from '../answer.ts';
import { secondsLeft, type Run } from '../run.ts';

/** The best solution and the best lower bound of a run that minimises; reports each better one. */
export class Incumbent {
  readonly run: Run;
  value: number = Number.POSITIVE_INFINITY;
  bound = 0;
  solution: Solution | null = null;
  private foundBy = '';
  private provedBy = '';

  constructor(run: Run) {
    this.run = run;
  }

  /** The bound is met: nothing is left to do. */
  get closed(): boolean {
    return this.value <= this.bound;
  }

  /** Met, or out of time. */
  get over(): boolean {
    return this.closed || secondsLeft(this.run) <= 0;
  }

  /** Takes a solution if it is better than all before. */
  offer(value: number, solution: () => Solution, by: string): void {
    if (value >= this.value) return;
    this.value = value;
    this.solution = solution();
    this.foundBy = by;
    this.run.progress({ value, bound: this.bound, step: by });
  }

  /** Takes a lower bound if it is better than all before. */
  prove(bound: number, by: string): void {
    if (bound <= this.bound && this.provedBy !== '') return;
    this.bound = Math.max(bound, this.bound);
    this.provedBy = by;
    this.run.progress({ value: this.solution === null ? null : this.value, bound: this.bound, step: by });
  }

  answer(): Answer {
    const { value, bound, solution, foundBy, provedBy } = this;
    if (solution === null) return { status: 'stopped', value: null, bound, solution, foundBy, provedBy };
    return { status: value === bound ? 'optimal' : 'feasible', value, bound, solution, foundBy, provedBy };
  }
}
