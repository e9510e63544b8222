import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it } from 'vitest';
import { checkAnswer } from '../check.ts';
import { models as binPacking } from '../bin-packing/models.ts';
import { models as identicalMachines } from '../identical-machines/models.ts';
import { modelNames } from '../models.ts';
import type { BinPacking, IdenticalMachines, VectorPacking } from '../problems.ts';
import type { Run } from '../run.ts';
import { models as vectorPacking } from '../vector-packing/models.ts';

const highs = await loadHighs();

/** A run that counts steps instead of seconds, so that nothing depends on how fast the machine is. */
const run = (): Run => ({ elapsed: () => 0, seconds: 60, cancelled: () => false, seed: 1, highs, progress: () => undefined });

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
const options = { seed, numRuns: 60 };

const bins = (capacity: number, weights: number[]): BinPacking => ({ kind: 'bin-packing', name: '', capacity, weights });
const vectors = (capacities: number[], items: number[][]): VectorPacking => ({ kind: 'vector-packing', name: '', capacities, items });
const machines = (count: number, times: number[]): IdenticalMachines => ({ kind: 'identical-machines', name: '', machines: count, times });

/** The fewest bins, by putting each item in turn into every open bin and a new one. */
function fewestBins(capacities: number[], items: number[][]): number {
  let best = items.length;
  const loads: number[][] = [];
  const place = (item: number): void => {
    if (loads.length >= best) return;
    if (item === items.length) {
      best = loads.length;
      return;
    }
    const size = items[item]!;
    for (const load of loads) {
      if (!size.every((amount, d) => load[d]! + amount <= capacities[d]!)) continue;
      size.forEach((amount, d) => (load[d]! += amount));
      place(item + 1);
      size.forEach((amount, d) => (load[d]! -= amount));
    }
    loads.push([...size]);
    place(item + 1);
    loads.pop();
  };
  place(0);
  return Math.max(1, best);
}

/** The least makespan, by giving each job in turn to every machine. */
function leastMakespan(count: number, times: number[]): number {
  let best = times.reduce((sum, time) => sum + time, 0);
  const loads = new Array<number>(count).fill(0);
  const place = (job: number): void => {
    if (Math.max(...loads) >= best) return;
    if (job === times.length) {
      best = Math.max(...loads);
      return;
    }
    for (let machine = 0; machine < count; machine += 1) {
      loads[machine]! += times[job]!;
      place(job + 1);
      loads[machine]! -= times[job]!;
      if (loads[machine] === 0) break;
    }
  };
  place(0);
  return best;
}

const smallBins = fc.integer({ min: 5, max: 40 }).chain((capacity) => fc.record({ capacity: fc.constant(capacity), weights: fc.array(fc.integer({ min: 0, max: capacity }), { minLength: 1, maxLength: 9 }) }));
const smallVectors = fc.integer({ min: 1, max: 3 }).chain((dimensions) => {
  const capacities = fc.array(fc.integer({ min: 3, max: 20 }), { minLength: dimensions, maxLength: dimensions });
  return capacities.chain((sizes) => fc.record({ capacities: fc.constant(sizes), items: fc.array(fc.tuple(...sizes.map((size) => fc.integer({ min: 0, max: size }))), { minLength: 1, maxLength: 8 }) }));
});
const smallMachines = fc.record({ count: fc.integer({ min: 1, max: 4 }), times: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 9 }) });

describe.each(modelNames)('%s', (name) => {
  it('packs bins as the checker says and no bound passes the optimum', () => {
    fc.assert(
      fc.property(smallBins, ({ capacity, weights }) => {
        const answer = binPacking[name](bins(capacity, weights), run());
        const optimum = fewestBins([capacity], weights.map((weight) => [weight]));
        expect(checkAnswer(bins(capacity, weights), answer)).toEqual([]);
        expect(answer.bound).toBeLessThanOrEqual(optimum);
        if (name === 'lp' || name === 'portfolio') expect(answer.value).toBe(optimum);
      }),
      options,
    );
  });

  it('packs vectors as the checker says and no bound passes the optimum', () => {
    fc.assert(
      fc.property(smallVectors, ({ capacities, items }) => {
        const answer = vectorPacking[name](vectors(capacities, items), { ...run(), seconds: 60, elapsed: counting() });
        const optimum = fewestBins(capacities, items);
        expect(checkAnswer(vectors(capacities, items), answer)).toEqual([]);
        expect(answer.bound).toBeLessThanOrEqual(optimum);
      }),
      options,
    );
  });

  it('schedules as the checker says and no bound passes the optimum', () => {
    fc.assert(
      fc.property(smallMachines, ({ count, times }) => {
        const answer = identicalMachines[name](machines(count, times), { ...run(), elapsed: counting() });
        const optimum = leastMakespan(count, times);
        expect(checkAnswer(machines(count, times), answer)).toEqual([]);
        expect(answer.bound).toBeLessThanOrEqual(optimum);
        if (name === 'lp' || name === 'portfolio') expect(answer.value).toBe(optimum);
      }),
      options,
    );
  });

  it('says which item fits no bin, and in which dimension', () => {
    expect(binPacking[name](bins(10, [3, 11]), run())).toMatchObject({ status: 'infeasible', reason: { code: 'item-too-large', item: 1 } });
    expect(vectorPacking[name](vectors([10, 5], [[3, 1], [4, 6]]), run())).toMatchObject({ status: 'infeasible', reason: { code: 'item-too-large', item: 1, dimension: 1 } });
  });

  it('knows nothing, one, equal and huge items', () => {
    const huge = 2 ** 31 - 1;
    for (const [capacity, weights, value] of [
      [10, [0, 0], 1],
      [10, [10], 1],
      [10, [5, 5, 5, 5, 5], 3],
      [huge, [huge, huge, 1, huge - 1], 3],
    ] as const) {
      expect(binPacking[name](bins(capacity, [...weights]), run())).toMatchObject({ status: 'optimal', value });
      expect(vectorPacking[name](vectors([capacity, 7], weights.map((weight) => [weight, 0])), { ...run(), elapsed: counting() })).toMatchObject({ status: 'optimal', value });
    }
    expect(identicalMachines[name](machines(3, [0, 0]), run())).toMatchObject({ status: 'optimal', value: 0 });
    expect(identicalMachines[name](machines(5, [7, 3]), run())).toMatchObject({ status: 'optimal', value: 7 });
    expect(identicalMachines[name](machines(2, [huge, huge, huge]), { ...run(), elapsed: counting() }).value).toBe(2 * huge);
  });

  it('gives an answer even where there is no time', () => {
    const none = { ...run(), seconds: 0 };
    expect(checkAnswer(bins(10, [4, 5, 6]), binPacking[name](bins(10, [4, 5, 6]), none))).toEqual([]);
    expect(checkAnswer(vectors([10], [[4], [5], [6]]), vectorPacking[name](vectors([10], [[4], [5], [6]]), none))).toEqual([]);
    expect(checkAnswer(machines(2, [4, 5, 6]), identicalMachines[name](machines(2, [4, 5, 6]), none))).toEqual([]);
  });
});

/** A clock that goes on with every look at it, so that a run that cannot close its gap ends. */
function counting(): () => number {
  let looks = 0;
  return () => (looks += 1) / 200;
}

describe('the portfolio', () => {
  it('finds the same value whatever the order of the items, and no worse one with more capacity', () => {
    fc.assert(
      fc.property(smallBins, fc.integer({ min: 1, max: 20 }), ({ capacity, weights }, more) => {
        const { value } = binPacking.portfolio(bins(capacity, weights), run());
        expect(binPacking.portfolio(bins(capacity, [...weights].reverse()), run()).value).toBe(value);
        expect(binPacking.portfolio(bins(capacity * 7, weights.map((weight) => 7 * weight)), run()).value).toBe(value);
        expect(binPacking.portfolio(bins(capacity + more, weights), run()).value).toBeLessThanOrEqual(value ?? 0);
      }),
      options,
    );
  });
});
