import type { PushOutcome, Verdict } from './protocol.ts';

/** An outcome as the answer to a push tells it, which is in the order of the change sets. */
export const verdictOf = ({ id: _id, ...verdict }: PushOutcome): Verdict => verdict;
