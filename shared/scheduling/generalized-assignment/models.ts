import type { Answer } from '../answer.ts';
import type { Models } from '../models.ts';
import type { GeneralizedAssignment } from '../problems.ts';
import { secondsLeft, type Run } from '../run.ts';
import { cheapestBound, firstGreedy } from './greedy.ts';
import { answerOf, impossibleAtSight, instanceOf, type Instance } from './instance.ts';
import { lagrangian } from './lagrangian.ts';
import { programmed } from './programmed.ts';

const withInstance = (solve: (instance: Instance, run: Run) => Answer) => (problem: GeneralizedAssignment, run: Run): Answer => {
  const instance = instanceOf(problem);
  const proof = impossibleAtSight(instance);
  return proof === undefined ? solve(instance, run) : answerOf(instance, undefined, null, { foundBy: 'none', provedBy: 'size' }, proof);
};

const greedy = (instance: Instance, run: Run): Answer => {
  const { found, by } = firstGreedy(instance, () => secondsLeft(run) === 0);
  return answerOf(instance, found, cheapestBound(instance), { foundBy: by, provedBy: 'cheapest-agent' });
};

export const models: Models<'generalized-assignment'> = {
  greedy: withInstance(greedy),
  dp: withInstance(lagrangian),
  lp: withInstance((instance, run) => programmed(instance, run, false)),
  portfolio: withInstance((instance, run) => programmed(instance, run, true)),
};
