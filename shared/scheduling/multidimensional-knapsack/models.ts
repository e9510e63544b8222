import type { Models } from '../models.ts';
import { everythingBound, greedyChoice } from './greedy.ts';
import { answerOf } from './instance.ts';
import { programmed } from './programmed.ts';
import { surrogate } from './surrogate.ts';

export const models: Models<'multidimensional-knapsack'> = {
  greedy: (problem) => answerOf(greedyChoice(problem), everythingBound(problem), { foundBy: 'efficiency', provedBy: 'everything' }),
  dp: surrogate,
  lp: (problem, run) => programmed(problem, run, false),
  portfolio: (problem, run) => programmed(problem, run, true),
};
