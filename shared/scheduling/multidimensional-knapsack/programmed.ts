import type { Answer } from '../answer.ts';
import { solveLinear } from '../common/linear-program.ts';
import type { MultidimensionalKnapsack } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft, type Run } from '../run.ts';
import { byEfficiency, efficiencies, greedyChoice, repair } from './greedy.ts';
import { answerOf, profitOf, roomOf, type Choice } from './instance.ts';
import { choiceProgram, openItems, relax, type Relaxation } from './relaxation.ts';
import { walkByReChoosing, walkByTabuSearch } from './walks.ts';

/** Chooses anew among some items, the rest staying as they are; undefined where nothing better was found. */
function chooseAmong(problem: MultidimensionalKnapsack, run: Run, best: Choice, open: number[], seconds: number): { better: Choice | undefined; bound: number; exhausted: boolean } {
  const kept = Uint8Array.from(best.chosen);
  for (const item of open) kept[item] = 0;
  const base = profitOf(problem, kept);
  const { x, status, bound } = solveLinear(run.highs, choiceProgram(problem, roomOf(problem, kept), open, true), {
    seconds,
    start: Float64Array.from(open, (item) => best.chosen[item] as number),
    absoluteGap: 0.999,
  });
  if (x !== undefined) open.forEach((item, column) => (kept[item] = (x[column] as number) > 0.5 ? 1 : 0));
  const found = { chosen: kept, profit: profitOf(problem, kept) };
  const better = x !== undefined && found.profit > best.profit && roomOf(problem, kept).every((left) => left >= 0) ? found : undefined;
  // Nothing fits beside what is kept: nothing among the open items is better than what is known.
  const proved = status === 'infeasible' ? -Infinity : Number.isFinite(bound) ? base + Math.floor(bound + 1e-4) : Infinity;
  return { better, bound: proved, exhausted: status !== 'limit' };
}

/** Items to choose anew: those whose place is least certain, blurred by chance so that each look is another one. */
function blurred({ gain }: Relaxation, among: number[], most: number, random: () => number): number[] {
  const doubt = new Map(among.map((item) => [item, Math.abs(gain[item] as number) * (0.3 + random())]));
  return [...among].sort((one, other) => (doubt.get(one) as number) - (doubt.get(other) as number)).slice(0, most).sort((one, other) => one - other);
}

/**
 * Linear programming: relaxation, reduced costs that fix what is certain, integer programs of growing cores around the items in doubt
 * (E. Balas, E. Zemel, Operations Research 28, 1980; J. Puchinger, G. R. Raidl, U. Pferschy, INFORMS J. Computing 22, 2010), and at last of
 * all that is open. With `searches` walks and cores come first, as they find the good choices of large instances.
 */
export function programmed(problem: MultidimensionalKnapsack, run: Run, searches: boolean): Answer {
  const relaxation = relax(run.highs, problem, secondsLeft(run) * 0.5);
  let best = greedyChoice(problem);
  let upper = relaxation.bound;
  const by = { foundBy: 'efficiency', provedBy: 'linear-relaxation' };
  const take = (found: Choice | undefined, name: string) => {
    // Walks keep their own count of room; a slip there must cost a solution and never give one that does not fit.
    if (found === undefined || found.profit <= best.profit || roomOf(problem, found.chosen).some((left) => left < 0)) return;
    [best, by.foundBy] = [found, name];
    run.progress({ value: best.profit, bound: upper, step: name });
  };
  const efficiency = efficiencies(problem, relaxation.prices);
  take(greedyChoice(problem, relaxation.prices), 'priced-efficiency');
  if (relaxation.x !== undefined) take(repair(problem, Uint8Array.from(relaxation.x, (share) => (share > 0.999 ? 1 : 0)), efficiency), 'rounding');
  const random = randomNumbers(run.seed);
  const all = byEfficiency(efficiency).filter((item) => Number.isFinite(relaxation.gain[item]));
  let size = Math.min(all.length, 25 + problem.capacities.length);
  /** What prices say is in or out stays so; the rest is an integer program, whose bound holds where all open items are in it. */
  const settleOpen = (open: number[], seconds: number, name: string): number => {
    const fixed: Choice = { chosen: Uint8Array.from(relaxation.gain, (gain) => (gain > 0 ? 1 : 0)), profit: best.profit };
    const agrees = best.chosen.every((each, item) => each === fixed.chosen[item] || open.includes(item));
    for (const item of open) fixed.chosen[item] = agrees ? (best.chosen[item] as number) : 0;
    const { better, bound } = chooseAmong(problem, run, fixed, open, seconds);
    take(better, name);
    return bound;
  };
  const prove = (seconds: number) => {
    const proved = Math.max(best.profit, settleOpen(openItems(relaxation, best.profit), seconds, 'branch-and-cut'));
    if (proved < upper) [upper, by.provedBy] = [proved, 'branch-and-cut'];
  };
  const walks = (seconds: number) => {
    const walk = (start: Choice) => ({ problem, run, relaxation, start, random, take: (found: Choice, name: string) => (take(found, name), best.profit >= upper) });
    walkByTabuSearch(walk(best), 0.8 * seconds);
    if (best.profit < upper) walkByReChoosing(walk(best), 0.2 * seconds);
  };
  // What is small is settled by an integer program at once, before walks take their time.
  if (best.profit < upper && openItems(relaxation, best.profit).length <= 60) prove(secondsLeft(run) * (searches ? 0.1 : 1));
  if (searches && best.profit < upper) walks(secondsLeft(run) * 0.65);
  const doubtful = all.toSorted((one, other) => Math.abs(relaxation.gain[one] as number) - Math.abs(relaxation.gain[other] as number));
  if (searches && best.profit < upper) settleOpen(doubtful.slice(0, Math.max(40, Math.ceil(all.length * 0.15))), secondsLeft(run) * 0.3, 'core');
  let [still, looks] = [0, 0];
  while (best.profit < upper && secondsLeft(run) > 0.02) {
    if (!searches || (looks > 3 && openItems(relaxation, best.profit).length <= size) || secondsLeft(run) < 0.3) {
      prove(secondsLeft(run));
      continue;
    }
    const core = blurred(relaxation, all, size, random);
    const began = run.elapsed();
    const { better, exhausted } = chooseAmong(problem, run, best, core, Math.min(secondsLeft(run), 0.2 * run.seconds));
    take(better, 'core');
    looks += 1;
    still = better === undefined ? still + 1 : 0;
    if (exhausted && run.elapsed() - began < 0.05 * run.seconds && still > 1) size = Math.min(all.length, Math.ceil(size * 1.15));
    else if (!exhausted) size = Math.max(20, Math.floor(size * 0.85));
  }
  return answerOf(best, upper, by);
}
