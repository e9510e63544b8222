import type { Answer } from '../answer.ts';
import { solveLinear } from '../common/linear-program.ts';
import { randomNumbers } from '../random.ts';
import { secondsLeft, type Run } from '../run.ts';
import { relaxByPrices } from './capacity-prices.ts';
import { DiveSearch } from './dive-search.ts';
import { cheapestBound, firstGreedy, regretGreedy } from './greedy.ts';
import { answerOf, costOf, dearestCost, isFeasible, type Assignment, type Instance } from './instance.ts';
import { Knapsacks, priceScale } from './knapsacks.ts';
import { candidateAgents, PenaltySearch } from './local-search.ts';
import { forcedExcess, improveMultipliers } from './multipliers.ts';
import { reassignSome } from './neighbourhood.ts';
import { assignmentProgram, mayImprove, relax, relaxationScale, type Relaxation } from './relaxation.ts';
import { takeTurns, type Search } from './turns.ts';
import { canDive } from './wants.ts';

/** Above this many places an integer program of the whole instance gets nowhere within seconds. */
const wholeAtMost = 4000;

/** What is known while an instance is being solved. */
class Knowledge {
  readonly instance: Instance;
  readonly #run: Run;
  readonly #dearest: number;
  lower: number;
  best: Assignment | undefined;
  foundBy = 'none';
  provedBy: string;
  impossible = false;

  constructor(instance: Instance, run: Run, lower: number, provedBy: string) {
    [this.instance, this.#run, this.lower, this.provedBy] = [instance, run, lower, provedBy];
    this.#dearest = dearestCost(instance);
    this.impossible = lower > this.#dearest;
  }

  get closed(): boolean {
    return this.impossible || (this.best !== undefined && this.best.cost <= this.lower);
  }

  take(found: Assignment | undefined, by: string): void {
    if (found === undefined || !isFeasible(this.instance, found.agentOf) || found.cost >= (this.best?.cost ?? Infinity)) return;
    [this.best, this.foundBy] = [found, by];
    this.#run.progress({ value: found.cost, bound: this.lower, step: by });
  }

  /** Prices rise without end where there is no solution: a bound that no solution could meet is the proof of it. */
  raise(lower: number, by: string): void {
    if (lower <= this.lower) return;
    if (this.best === undefined && lower > this.#dearest) this.impossible = true;
    if (this.impossible) return;
    [this.lower, this.provedBy] = [lower, by];
    this.#run.progress({ value: this.best?.cost ?? null, bound: lower, step: by });
  }

  answer(): Answer {
    const { instance, best, lower, foundBy, provedBy, impossible } = this;
    return answerOf(instance, best, lower, { foundBy, provedBy }, impossible && best === undefined ? { code: 'proved-by-search' } : undefined);
  }
}

/** The agent with the greatest share of each item, or else the least excess; it may overfill some. */
const rounded = ({ agents, items }: Instance, x: Float64Array): Int32Array =>
  Int32Array.from({ length: items }, (_, item) => {
    let most = item * agents;
    for (let at = most; at < (item + 1) * agents; at += 1) if ((x[at] as number) > (x[most] as number)) most = at;
    return most - item * agents;
  });

/** The integer program of all places that may still lead to something better; what HiGHS proves of it holds for the whole. */
function solveWhole(known: Knowledge, run: Run, relaxation: Relaxation, seconds: number): void {
  const { instance, best } = known;
  const open = best === undefined ? () => true : mayImprove(relaxation, best.cost);
  const { program, places } = assignmentProgram(instance, true, (at) => open(at));
  const start = best === undefined ? undefined : Float64Array.from(places, (at) => (best.agentOf[Math.floor(at / instance.agents)] === at % instance.agents ? 1 : 0));
  const whole = start === undefined || start.reduce((sum, each) => sum + each, 0) === instance.items;
  const { status, x, bound } = solveLinear(run.highs, program, { seconds, absoluteGap: 0.999, ...(start && whole && { start }) });
  if (x !== undefined) {
    const agentOf = new Int32Array(instance.items);
    places.forEach((at, column) => {
      if ((x[column] as number) > 0.5) agentOf[Math.floor(at / instance.agents)] = at % instance.agents;
    });
    known.take({ agentOf, cost: costOf(instance, agentOf) }, 'branch-and-cut');
  }
  // Nothing among the places that could be better: the best that is known is the best there is.
  const proved = status === 'infeasible' ? (best?.cost ?? Infinity) : Math.min(best?.cost ?? Infinity, Math.ceil(bound - 1e-4));
  if (status === 'infeasible' && best === undefined) known.impossible = true;
  else if (Number.isFinite(proved)) known.raise(proved, 'branch-and-cut');
}

/** Kicks and descents from one solution to the next, for some seconds; a worse one is kept while it is a little worse only. */
function searchLocally(known: Knowledge, search: PenaltySearch, run: Run, seconds: number, random: () => number): void {
  const begin = run.elapsed();
  const length = Math.min(seconds, secondsLeft(run));
  const done = () => (run.cancelled() || known.closed ? 1 : (run.elapsed() - begin) / length);
  const stop = () => done() >= 1;
  let home = search.feasible ? search.cost : Infinity;
  while (!stop()) {
    if (home < Infinity) search.kick(1 + Math.floor(random() * 2));
    search.descend(stop);
    for (let attempt = 0; attempt < 6 && !search.feasible && !stop(); attempt += 1) {
      search.reprice();
      search.descend(stop);
    }
    if (search.feasible) search.chain(stop);
    const keep = home === Infinity || (search.feasible && search.cost <= home - Math.log(1 - random()) * (1 - done()));
    if (search.feasible && search.cost < (known.best?.cost ?? Infinity)) known.take(search.snapshot(), 'penalty-search');
    search.settle(keep);
    if (keep) home = search.feasible ? search.cost : Infinity;
    search.reprice();
  }
}

/** A bound by knapsacks, nearer than the linear one; and for instances of modest size what it says of each place. */
function sharpen(known: Knowledge, run: Run, relaxation: Relaxation, seconds: number): Relaxation {
  const { instance } = known;
  if (relaxation.itemPrices === undefined || !Knapsacks.fits(instance)) return relaxation;
  const end = run.elapsed() + Math.min(seconds, secondsLeft(run));
  const stop = () => run.cancelled() || run.elapsed() >= end || known.closed;
  const multipliers = improveMultipliers(instance, {
    start: relaxation.itemPrices.map((price) => price * priceScale),
    target: () => known.best?.cost ?? known.lower * 1.01 + 1,
    stop,
    looked: (_, bound) => known.raise(bound, 'lagrangian-knapsacks'),
  });
  known.raise(multipliers.bound, 'lagrangian-knapsacks');
  if (instance.agents * instance.items > wholeAtMost || known.closed) return relaxation;
  const factor = relaxationScale / priceScale;
  const excess = forcedExcess(instance, multipliers).map((each) => each * factor);
  return { ...relaxation, bound: multipliers.bound, scaledBound: multipliers.scaledBound * factor, excess };
}

/** Neighbourhoods grow while they are searched to the end in a moment, and shrink where time runs out. */
function neighbourhoodSearch(known: Knowledge, run: Run, relaxation: Relaxation, random: () => number): Search {
  const { instance } = known;
  const candidates = candidateAgents(instance, relaxation.excess, Math.min(instance.agents, 6));
  let size = Math.min(instance.agents, Math.max(2, Math.round((60 * instance.agents) / instance.items)));
  return (seconds) => {
    const end = run.elapsed() + seconds;
    while (known.best !== undefined && !known.closed && run.elapsed() < end && !run.cancelled()) {
      const began = run.elapsed();
      const { better, exhausted } = reassignSome(run.highs, instance, known.best, { candidates, size, seconds: Math.min(1, end - began), random });
      known.take(better, 'neighbourhoods');
      const took = run.elapsed() - began;
      if (exhausted && took < 0.15) size = Math.min(instance.agents, size + 1);
      else if (took > 0.6) size = Math.max(2, size - 1);
    }
  };
}

/** Shifts, swaps and chains, going on where they stopped, or from the best that is known where another search has found it since. */
function localSearch(known: Knowledge, run: Run, relaxation: Relaxation, start: Int32Array, random: () => number): Search {
  const { instance } = known;
  const candidates = candidateAgents(instance, relaxation.excess, Math.min(instance.agents, 5));
  const searchFrom = (agentOf: Int32Array) => new PenaltySearch(instance, candidates, agentOf, random, relaxation);
  let [search, seen] = [searchFrom(start), known.best];
  return (seconds) => {
    if (known.best !== undefined && known.best !== seen && known.foundBy !== 'penalty-search') search = searchFrom(known.best.agentOf);
    searchLocally(known, search, run, seconds, random);
    seen = known.best;
  };
}

/** Dives; the first turn lasts as long as they help, as what a first dive leaves undone comes to be a solution, and a good one, only by those that follow. */
function diveSearch(known: Knowledge, run: Run, relaxation: Relaxation, random: () => number): Search {
  const dives = new DiveSearch(known.instance, relaxation, random, run.seconds);
  const stop = () => known.closed || secondsLeft(run) === 0;
  let longer = 6;
  return (seconds) => {
    const end = run.elapsed() + longer * seconds;
    const isFirst = longer > 1;
    longer = 1;
    if (known.best !== undefined) dives.offer(known.best.agentOf);
    while (!stop() && run.elapsed() < end && !(isFirst && dives.isStill)) {
      const agentOf = dives.next(stop);
      if (!agentOf.includes(-1)) known.take({ agentOf, cost: costOf(known.instance, agentOf) }, 'diving');
    }
  };
}

/** The whole integer program, each time with more time: what it learned the last time is lost. */
function wholeSearch(known: Knowledge, run: Run, relaxation: Relaxation): Search {
  let longer = 2;
  return (seconds) => {
    solveWhole(known, run, relaxation, Math.min(secondsLeft(run), longer * seconds));
    longer += 1;
  };
}

/** The relaxation, by linear program or, where that takes too long for a search to follow, by prices alone. */
function relaxed({ instance, best, foundBy }: Knowledge, run: Run, searches: boolean, small: boolean): Relaxation | 'infeasible' {
  if (!searches || small) return relax(run.highs, instance, secondsLeft(run) * (searches ? 0.6 : 0.8));
  const end = run.elapsed() + secondsLeft(run) * 0.15;
  // One that was found for its weight costs so much that steps measured by it would be too long.
  return relaxByPrices(instance, foundBy === 'regret' ? best?.cost : undefined, () => run.cancelled() || run.elapsed() >= end);
}

/**
 * Linear programming: relaxation, duals as prices, integer program of what may still improve. With `searches`, penalty search, dives and
 * large neighbourhoods take their turns first, as they find good solutions of large instances sooner.
 */
export function programmed(instance: Instance, run: Run, searches: boolean): Answer {
  const small = instance.agents * instance.items <= wholeAtMost;
  const known = new Knowledge(instance, run, cheapestBound(instance), 'cheapest-agent');
  const outOfTime = () => secondsLeft(run) === 0;
  const first = firstGreedy(instance, outOfTime);
  known.take(first.found, first.by);
  const relaxation = relaxed(known, run, searches, small);
  const by = { foundBy: 'none', provedBy: 'linear-relaxation' };
  if (relaxation === 'infeasible') return answerOf(instance, undefined, null, by, { code: 'proved-by-search' });
  known.raise(relaxation.bound, relaxation.x === undefined ? 'capacity-prices' : 'linear-relaxation');
  // What the searches are made ready with, of a million costs, takes as long as all before.
  if (known.closed || outOfTime()) return known.answer();
  const random = randomNumbers(run.seed);
  known.take(regretGreedy(instance, outOfTime, relaxation.excess), 'priced-regret');
  if (searches) {
    const start = rounded(instance, relaxation.x ?? relaxation.excess.map((each) => -each));
    const local = localSearch(known, run, relaxation, start, random);
    local(secondsLeft(run) * 0.05);
    const sharp = small ? sharpen(known, run, relaxation, Math.min(1, run.seconds * 0.1)) : relaxation;
    const searches = [
      ...(small ? [wholeSearch(known, run, sharp)] : []),
      ...(canDive(instance) ? [diveSearch(known, run, relaxation, random)] : []),
      // What is kept though it is worse gets less and less in a turn: the longer it is, the further the search gets.
      (seconds: number) => local(Math.min(secondsLeft(run), 3 * seconds)),
      neighbourhoodSearch(known, run, sharp, random),
    ];
    takeTurns(searches, run, { seconds: Math.max(0.1, 0.05 * run.seconds), cost: () => known.best?.cost ?? Infinity, done: () => known.closed });
    if (known.best === undefined && !known.closed && secondsLeft(run) > 0.05) solveWhole(known, run, relaxation, secondsLeft(run));
  } else if (!known.closed) solveWhole(known, run, relaxation, secondsLeft(run));
  return known.answer();
}
