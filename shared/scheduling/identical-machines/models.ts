import type { Models } from '../models.ts';
import { Incumbent } from '../packing/incumbent.ts';
import type { IdenticalMachines } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft, slice, type Run } from '../run.ts';
import { reachableBound, simpleBound } from './bounds.ts';
import { byColumns } from './column-model.ts';
import { mostJobs, searchAll } from './exhaustive.ts';
import { longestFirst, makespanOf, multifit } from './list-scheduling.ts';
import { splitPairs } from './pair-splitting.ts';
import { splitTriples } from './triple-splitting.ts';

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

/** Subset sums: which makespans are possible at all, and two or three machines dealt out anew. */
function bySubsetSums({ times, machines }: IdenticalMachines, incumbent: Incumbent): Incumbent {
  const { run } = incumbent;
  if (incumbent.over) return incumbent;
  incumbent.prove(reachableBound(times, incumbent.bound, incumbent.value), 'subset-sums');
  improve({ times, machines }, incumbent, randomNumbers(run.seed), secondsLeft(run) / 10);
  return incumbent;
}

function improve({ times, machines }: Pick<IdenticalMachines, 'times' | 'machines'>, incumbent: Incumbent, random: () => number, seconds: number): void {
  const { run, bound } = incumbent;
  for (const start of [longestFirst(times, machines), incumbent.solution ?? []]) {
    const inner = slice(run, seconds / 2);
    const until = () => secondsLeft(inner) <= 0;
    if (incumbent.over) return;
    const pairs = splitPairs(start, { times, machines, bound, random, until });
    incumbent.offer(makespanOf(times, pairs), () => pairs, 'pair-splitting');
    if (incumbent.over) return;
    const triples = splitTriples(pairs, { times, machines, bound, random, until });
    incumbent.offer(makespanOf(times, triples), () => triples, 'triple-splitting');
  }
}

/** Few jobs are soonest dealt out in all ways that there are. */
function bySearch({ times, machines }: IdenticalMachines, incumbent: Incumbent): Incumbent {
  if (incumbent.over || times.length > mostJobs) return incumbent;
  const { solution, complete } = searchAll(times, machines, { value: incumbent.value, bound: incumbent.bound, steps: Math.ceil(10_000_000 / machines), until: () => incumbent.over });
  if (solution !== null) incumbent.offer(makespanOf(times, solution), () => solution, 'exhaustive-search');
  if (complete) incumbent.prove(incumbent.value, 'exhaustive-search');
  return incumbent;
}

function withColumns(problem: IdenticalMachines, incumbent: Incumbent): Incumbent {
  byColumns(problem, incumbent);
  return incumbent;
}

/** Where column generation could not be done, local search has the rest of the time. */
function toTheEnd(problem: IdenticalMachines, incumbent: Incumbent): Incumbent {
  const random = randomNumbers(incumbent.run.seed + 1);
  while (!incumbent.over) improve(problem, incumbent, random, secondsLeft(incumbent.run));
  return incumbent;
}

export const models: Models<'identical-machines'> = {
  greedy: (problem, run) => begin(problem, run).answer(),
  dp: (problem, run) => bySubsetSums(problem, begin(problem, run)).answer(),
  lp: (problem, run) => withColumns(problem, begin(problem, run)).answer(),
  portfolio: (problem, run) => toTheEnd(problem, withColumns(problem, bySubsetSums(problem, bySearch(problem, begin(problem, run))))).answer(),
};
