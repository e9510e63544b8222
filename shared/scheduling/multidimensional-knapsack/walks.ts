import type { MultidimensionalKnapsack } from '../problems.ts';
import { secondsLeft, type Run } from '../run.ts';
import { Core } from './core.ts';
import type { Choice } from './instance.ts';
import { ReChoosing } from './re-choosing.ts';
import type { Relaxation } from './relaxation.ts';
import { TabuSearch } from './tabu-search.ts';

export interface Walk {
  problem: MultidimensionalKnapsack;
  run: Run;
  relaxation: Relaxation;
  start: Choice;
  random: () => number;
  /** Takes a better choice; answers whether that is all there is to find. */
  take: (found: Choice, name: string) => boolean;
}

/** Items in a core of each walk: those in doubt. */
const [mostReChosen, mostSearched] = [150, 60];
/** How far beyond the prices' order items are drawn, as a share of the mean profit. */
const spread = 0.007;
/** Steps of a tabu search without anything better before another one begins. */
const patience = 5000;

/** Some seconds of a walk within a core, whose choice is the best of the walk; true where that is all there is to find. */
function walk({ run, start, take }: Walk, core: Core, seconds: number, name: string, walker: { step(): boolean; isStuck?: boolean }): boolean {
  if (core.profit > start.profit && take(core.snapshot(core.chosen, core.profit), name)) return true;
  const end = run.elapsed() + Math.min(seconds, secondsLeft(run));
  for (let step = 1; step % 16 !== 0 || (run.elapsed() < end && !run.cancelled()); step += 1) {
    if (walker.step() && take(core.snapshot(core.chosen, core.profit), name)) return true;
    if (walker.isStuck === true) return false;
  }
  return false;
}

/** Chooses a few items anew by enumeration, again and again. */
export function walkByReChoosing(options: Walk, seconds: number): void {
  const { problem, relaxation, start, random } = options;
  const mean = problem.profits.reduce((sum, profit) => sum + profit, 0) / problem.profits.length;
  const core = new Core(problem, relaxation, mostReChosen);
  if (!core.possible || core.items.length === 0) return;
  core.begin(start);
  if (core.feasible) walk(options, core, seconds, 're-choosing', new ReChoosing(core, spread * mean, random));
}

/** Tabu searches one after the other, each among other items in doubt and from another choice, as chance blurs the prices' order. */
export function walkByTabuSearch(options: Walk, seconds: number): void {
  const { problem, run, relaxation, random } = options;
  const end = run.elapsed() + Math.min(seconds, secondsLeft(run));
  const nothing: Choice = { chosen: new Uint8Array(problem.profits.length), profit: 0 };
  let most = mostSearched;
  for (let isAllFound = false; !isAllFound && run.elapsed() < end && !run.cancelled(); ) {
    const core = new Core(problem, { ...relaxation, gain: relaxation.gain.map((gain) => gain * (0.5 + random())) }, most);
    if (core.items.length === 0) return;
    if (core.possible) {
      core.begin(nothing);
      isAllFound = walk(options, core, end - run.elapsed(), 'tabu-search', new TabuSearch(core, patience, random));
    } else most *= 2;
  }
}
