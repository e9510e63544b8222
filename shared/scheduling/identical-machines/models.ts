import type { Models } from '../models.ts';
import { Incumbent } from '../packing/incumbent.ts';
import type { IdenticalMachines } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft, slice, type Run } from '../run.ts';
import { reachableBound, simpleBound } from './bounds.ts';
import { byColumns } from './column-model.ts';
import { longestFirst, makespanOf, multifit } from './list-scheduling.ts';
import { splitPairs } from './pair-splitting.ts';

function begin({ times, machines }: IdenticalMachines, run: Run): Incumbent {
  const incumbent = new Incumbent(run);
  incumbent.prove(simpleBound(times, machines), 'simple-bounds');
  const longest = longestFirst(times, machines);
  incumbent.offer(makespanOf(times, longest), () => longest, 'longest-processing-time');
  if (incumbent.over) return incumbent;
  const fitted = multifit(times, machines, incumbent.bound, incumbent.value, () => incumbent.over);
  if (fitted !== null) incumbent.offer(makespanOf(times, fitted), () => fitted, 'multifit');
  return incumbent;
}

/** Subset sums: which makespans are possible at all, and pairs of machines dealt out anew. */
function bySubsetSums({ times, machines }: IdenticalMachines, incumbent: Incumbent): Incumbent {
  const { run } = incumbent;
  if (incumbent.over) return incumbent;
  incumbent.prove(reachableBound(times, incumbent.bound, incumbent.value), 'subset-sums');
  const inner = slice(run, secondsLeft(run) / 5);
  const until = () => secondsLeft(inner) <= 0;
  const starts = [longestFirst(times, machines), incumbent.solution ?? []];
  for (const start of starts) {
    if (incumbent.over || until()) break;
    const split = splitPairs(start, { times, machines, bound: incumbent.bound, random: randomNumbers(run.seed), until });
    incumbent.offer(makespanOf(times, split), () => split, 'pair-splitting');
  }
  return incumbent;
}

function withColumns(problem: IdenticalMachines, incumbent: Incumbent): Incumbent {
  byColumns(problem, incumbent);
  return incumbent;
}

export const models: Models<'identical-machines'> = {
  greedy: (problem, run) => begin(problem, run).answer(),
  dp: (problem, run) => bySubsetSums(problem, begin(problem, run)).answer(),
  lp: (problem, run) => withColumns(problem, begin(problem, run)).answer(),
  portfolio: (problem, run) => withColumns(problem, bySubsetSums(problem, begin(problem, run))).answer(),
};
