import type { Highs } from 'highs';

/** The best solution and bound known at a moment of a run. */
export interface Progress {
  seconds: number;
  value: number | null;
  bound: number | null;
  /** What is being done: `local-search`, `column-generation` … */
  step: string;
}

/**
 * What a model is given beside its instance: the clock, chance and the linear solver come from outside, so that the
 * models stay pure, and the same seed gives the same answer as long as time does not run out.
 */
export interface Run {
  /** Seconds since the run began. */
  elapsed(): number;
  /** Seconds that the run may take. */
  seconds: number;
  /** Cancelled by a person. */
  cancelled(): boolean;
  seed: number;
  highs: Highs;
  progress(progress: Omit<Progress, 'seconds'>): void;
}

/** Seconds that are left; none when cancelled. */
export const secondsLeft = (run: Run): number => (run.cancelled() ? 0 : Math.max(0, run.seconds - run.elapsed()));

/** The same run with less time: at most `seconds` from now. */
export function slice(run: Run, seconds: number): Run {
  return { ...run, seconds: Math.min(run.seconds, run.elapsed() + seconds) };
}
