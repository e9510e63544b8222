import type { Models } from '../models.ts';
import { bestList } from './greedy.ts';
import { answerOf, simpleBound } from './instance.ts';
import { paired } from './pairs.ts';
import { programmed } from './programmed.ts';

export const models: Models<'unrelated-machines'> = {
  greedy: (problem) => answerOf(bestList(problem), simpleBound(problem), { foundBy: 'list-scheduling', provedBy: 'shortest-times' }),
  dp: paired,
  lp: (problem, run) => programmed(problem, run, false),
  portfolio: (problem, run) => programmed(problem, run, true),
};
