import type { MultidimensionalKnapsack } from '../problems.ts';
import { secondsLeft, type Run } from '../run.ts';
import { Breeding } from './breeding.ts';
import { Core } from './core.ts';
import type { Choice } from './instance.ts';
import { ReChoosing } from './re-choosing.ts';
import type { Relaxation } from './relaxation.ts';

export interface Walk {
  problem: MultidimensionalKnapsack;
  run: Run;
  relaxation: Relaxation;
  start: Choice;
  random: () => number;
  /** Takes a better choice; answers whether that is all there is to find. */
  take: (found: Choice, name: string) => boolean;
}

/** Items in a core of each walk: those in doubt, of which large instances have more. */
const [mostReChosen, mostBred] = [150, 100];
/** How far beyond the prices' order items are drawn, as a share of the mean profit. */
const spread = 0.007;

/** Some seconds of a walk among the `most` items in greatest doubt. */
function walk({ problem, run, relaxation, start, take }: Walk, most: number, seconds: number, name: string, walkOf: (core: Core) => { step(): boolean }): void {
  const core = new Core(problem, relaxation, most);
  if (!core.possible || core.items.length === 0) return;
  core.begin(start);
  if (!core.feasible || (core.profit > start.profit && take(core.snapshot(core.chosen, core.profit), name))) return;
  const walker = walkOf(core);
  const end = run.elapsed() + Math.min(seconds, secondsLeft(run));
  for (let step = 1; step % 16 !== 0 || (run.elapsed() < end && !run.cancelled()); step += 1) {
    if (walker.step() && take(core.snapshot(core.chosen, core.profit), name)) return;
  }
}

/** Chooses a few items anew by enumeration, again and again. */
export function walkByReChoosing(options: Walk, seconds: number): void {
  const { problem, random } = options;
  const mean = problem.profits.reduce((sum, profit) => sum + profit, 0) / problem.profits.length;
  walk(options, mostReChosen, seconds, 're-choosing', (core) => new ReChoosing(core, spread * mean, random));
}

/** Crosses good choices with one another. */
export function walkByBreeding(options: Walk, seconds: number): void {
  walk(options, mostBred, seconds, 'breeding', (core) => new Breeding(core, options.random));
}
