import { secondsLeft } from '../../scheduling/run.ts';
import { fill, fillWithRoom, seatResidents, type Choice, type Measure } from './greedy.ts';
import type { PlacementIncumbent } from './incumbent.ts';
import type { PlacementObjective } from './options.ts';
import { PlacementState } from './state.ts';

interface Attempt {
  /** Whether what is placed stays where it is as far as it may. */
  residents: boolean;
  choice: Choice;
  measure: Measure;
}

const anew = (choice: Choice, measure: Measure): Attempt => ({ residents: false, choice, measure });
const staying = (choice: Choice): Attempt => ({ residents: true, choice, measure: 'greatest' });
/** First and best fit decreasing (D. S. Johnson, 1974, in several dimensions), and the dot product, on two measures of size. */
const packings = [anew('best-fit', 'greatest'), anew('best-fit', 'sum'), anew('first-fit', 'greatest'), anew('dot-product', 'sum'), anew('worst-fit', 'greatest')];

/** Of two placements of the same value the first stays: so those with fewer moves come first, except of profit. */
const attempts: { readonly [Objective in PlacementObjective]: readonly Attempt[] } = {
  hosts: packings,
  moves: [staying('best-fit'), staying('worst-fit'), ...packings],
  time: [staying('best-fit'), staying('worst-fit'), ...packings],
  balance: [staying('worst-fit'), anew('worst-fit', 'greatest'), anew('worst-fit', 'sum'), anew('best-fit', 'greatest')],
  profit: packings,
};

function attempt({ problem, run }: PlacementIncumbent, { residents, choice, measure }: Attempt, until: () => boolean): PlacementState {
  const state = new PlacementState(problem);
  if (residents) seatResidents(state);
  if (problem.options.objective === 'profit') fill(state, choice, measure, until);
  else fillWithRoom(state, choice, measure, until, () => secondsLeft(run) <= 0);
  return state;
}

/** The placement of every greedy rule, until one meets the bound. */
export function beginGreedily(incumbent: PlacementIncumbent): void {
  const { problem } = incumbent;
  for (const [at, each] of attempts[problem.options.objective].entries()) {
    if (incumbent.over && at > 0) return;
    const { hostOf } = attempt(incumbent, each, () => incumbent.over && at > 0);
    incumbent.offer(hostOf, `${each.residents ? 'staying, ' : ''}${each.choice}`);
  }
}

/** As many as go in, staying where they are as far as they may: what is shown beside the reason why not all do. */
export function placeSome(incumbent: PlacementIncumbent): void {
  incumbent.offer(attempt(incumbent, staying('best-fit'), () => false).hostOf, '');
}

/** Packed as tightly as can be, whatever the objective: what leaves whole hosts empty survives the loss of one most likely. */
export function packTight(incumbent: PlacementIncumbent): void {
  incumbent.offer(attempt(incumbent, anew('best-fit', 'greatest'), () => false).hostOf, 'best-fit');
}
