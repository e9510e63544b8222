import { secondsLeft, type Run } from '../run.ts';

/** A search that goes on from where it stopped for some seconds at a time. */
export type Search = (seconds: number) => void;

/** Every so many turns the search that has waited longest has one, whatever the others gain. */
const patience = 4;

/**
 * Searches take turns: the one that gained most per second of late, those not tried yet first, and those that gain nothing one after the other. `cost` is what the best solution costs, Infinity without one.
 */
export function takeTurns(searches: readonly Search[], run: Run, { seconds, cost, done }: { seconds: number; cost: () => number; done: () => boolean }): void {
  const turns = searches.map((search) => ({ search, rate: Infinity, last: 0 }));
  for (let turn = 1; !done() && secondsLeft(run) > 0.05; turn += 1) {
    const waited = turns.toSorted((one, other) => one.last - other.last);
    const next = turn % patience === 0 ? waited[0] : waited.reduce((first, each) => (each.rate > first.rate ? each : first), waited[0] as (typeof turns)[number]);
    if (next === undefined) return;
    const [before, began] = [cost(), run.elapsed()];
    next.search(Math.min(seconds, secondsLeft(run)));
    const gain = cost() === Infinity ? 0 : before - cost();
    const rate = gain / Math.max(1e-3, run.elapsed() - began);
    [next.rate, next.last] = [Number.isFinite(next.rate) ? (next.rate + rate) / 2 : rate, turn];
  }
}
