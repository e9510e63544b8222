import type { ModelName } from '../../scheduling/models.ts';
import { secondsLeft, slice, type Run } from '../../scheduling/run.ts';
import type { Inventory } from '../inventory.ts';
import type { PlacementAnswer } from './answer.ts';
import { byKinds } from './by-kinds.ts';
import { byPatterns } from './by-patterns.ts';
import { byProgramme, byVectorPacking } from './by-programme.ts';
import { fillByKnapsacks } from './filling.ts';
import { impossibleAtOnce } from './impossible.ts';
import { improve } from './improve.ts';
import { PlacementIncumbent } from './incumbent.ts';
import type { PlacementOptions } from './options.ts';
import { problemOf, type Assignment } from './problem.ts';
import { partsToTry, survivesAnyLoss, withMargin } from './reserve.ts';
import { beginGreedily, packTight, placeSome } from './rules.ts';
import { solveBySubsets } from './subsets.ts';

type Steps = (incumbent: PlacementIncumbent) => void;

/** Each family begins with the greedy placement; the portfolio goes on, in order of promise, until the bound is met or time is up. */
const models: { readonly [Name in ModelName]: Steps } = {
  greedy: (incumbent) => {
    beginGreedily(incumbent);
    improve(incumbent);
  },
  dp: (incumbent) => {
    beginGreedily(incumbent);
    solveBySubsets(incumbent);
    fillByKnapsacks(incumbent);
    improve(incumbent);
  },
  lp: (incumbent) => {
    beginGreedily(incumbent);
    byKinds(incumbent);
    byPatterns(incumbent, secondsLeft(incumbent.run) / 3);
    byVectorPacking(incumbent, secondsLeft(incumbent.run) / 3);
    byProgramme(incumbent);
    improve(incumbent);
  },
  portfolio: (incumbent) => {
    beginGreedily(incumbent);
    solveBySubsets(incumbent);
    byKinds(incumbent);
    byPatterns(incumbent, secondsLeft(incumbent.run) / 2);
    improve(incumbent);
    byVectorPacking(incumbent, secondsLeft(incumbent.run) / 3);
    byProgramme(incumbent);
    improve(incumbent);
    fillByKnapsacks(incumbent);
    improve(incumbent);
  },
};

/** Placements that leave a part of every host free, so that they are there when a host is lost: the best that survive. */
function leaveMargin(incumbent: PlacementIncumbent): void {
  const { problem, run } = incumbent;
  for (const part of partsToTry(problem.hosts.length)) {
    if (incumbent.over) return;
    const limited = { ...slice(run, secondsLeft(run) / 8), progress: () => undefined };
    const tight = new PlacementIncumbent(withMargin(problem, part), limited, incumbent.accept);
    packTight(tight);
    models.greedy(tight);
    if (tight.hostOf !== null) incumbent.offer(tight.hostOf, 'margin');
  }
}

/**
 * Where to put every machine of an inventory, by one family of models, within a run's time; looks at the clock often enough
 * to be little late. Never throws for documents that their schemas have passed.
 */
export function placeMachines(inventory: Inventory, options: PlacementOptions, model: ModelName, run: Run): PlacementAnswer {
  const problem = problemOf(inventory, options);
  const accept = options.reserve === 'one-host' ? (hostOf: Assignment) => survivesAnyLoss(problem, hostOf) : () => true;
  const incumbent = new PlacementIncumbent(problem, run, accept);
  incumbent.impossible = impossibleAtOnce(inventory, problem);
  if (incumbent.impossible !== null) placeSome(incumbent);
  else {
    if (options.reserve === 'one-host') leaveMargin(incumbent);
    models[model](incumbent);
  }
  return incumbent.answer();
}
