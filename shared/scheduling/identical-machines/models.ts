import type { Models } from '../models.ts';
import { Incumbent } from '../packing/incumbent.ts';
import type { IdenticalMachines } from '../problems.ts';
import type { Run } from '../run.ts';
import { simpleBound } from './bounds.ts';
import { longestFirst, makespanOf, multifit } from './list-scheduling.ts';

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

export const models: Models<'identical-machines'> = {
  greedy: (problem, run) => begin(problem, run).answer(),
  dp: (problem, run) => begin(problem, run).answer(),
  lp: (problem, run) => begin(problem, run).answer(),
  portfolio: (problem, run) => begin(problem, run).answer(),
};
