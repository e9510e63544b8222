import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { MultidimensionalKnapsack } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { Core } from './core.ts';
import { profitOf, roomOf } from './instance.ts';
import { ReChoosing } from './re-choosing.ts';
import { TabuSearch } from './tabu-search.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);

/** An instance like those of Chu and Beasley, and prices that are somewhere near. */
function instanceOf(from: number): { problem: MultidimensionalKnapsack; core: Core } {
  const random = randomNumbers(from);
  const weights = Array.from({ length: 12 }, () => Array.from({ length: 100 }, () => 1 + Math.floor(random() * 1000)));
  const profits = Array.from({ length: 100 }, (_, item) => Math.floor(weights.reduce((sum, row) => sum + (row[item] as number), 0) / 12 + 500 * random()));
  const capacities = weights.map((row) => Math.floor(row.reduce((sum, weight) => sum + weight, 0) / 4));
  const problem: MultidimensionalKnapsack = { kind: 'multidimensional-knapsack', name: '', profits, weights, capacities };
  const prices = Float64Array.from(capacities, () => 0.1 + 0.05 * random());
  const gain = Float64Array.from(profits, (profit, item) => 2 ** 16 * (profit - weights.reduce((sum, row, index) => sum + (row[item] as number) * (prices[index] as number), 0)));
  const core = new Core(problem, { gain, prices, bound: 0, scaledBound: 0, x: undefined }, 90);
  core.begin({ chosen: new Uint8Array(100), profit: 0 });
  return { problem, core };
}

const walks = { 're-choosing': (core: Core) => new ReChoosing(core, 50, randomNumbers(1)), 'tabu search': (core: Core) => new TabuSearch(core, 1000, randomNumbers(1)) };

test.each(Object.entries(walks))('%s keeps count of profit and room, and all it keeps fits', (_, walkOf) => {
  fc.assert(
    fc.property(fc.nat(), (from) => {
      const { problem, core } = instanceOf(from);
      fc.pre(core.possible);
      let best = core.profit;
      const walk = walkOf(core);
      for (let step = 0; step < 250; step += 1) {
        const better = walk.step();
        const { chosen, profit } = core.snapshot(core.chosen, core.profit);
        const room = roomOf(problem, chosen);
        expect(profit).toBe(profitOf(problem, chosen));
        expect(Array.from(core.room)).toEqual(Array.from(room));
        expect(Math.min(...room)).toBeGreaterThanOrEqual(0);
        if (better) expect(profit).toBeGreaterThan(best);
        best = Math.max(best, walk.best);
      }
      expect(walk.best).toBe(best);
    }),
    { seed, numRuns: 5 },
  );
});

it('finds by re-choosing what no single change would', () => {
  // Swapping the one large item for the two small ones brings more, each step towards it less.
  const problem: MultidimensionalKnapsack = { kind: 'multidimensional-knapsack', name: '', profits: [10, 6, 6], weights: [[10, 5, 5]], capacities: [10] };
  const core = new Core(problem, { gain: Float64Array.from([0, 2 ** 16, 2 ** 16]), prices: Float64Array.from([1]), bound: 12, scaledBound: 12 * 2 ** 16, x: undefined }, 3);
  core.set([1, 0, 0]);
  const walk = new ReChoosing(core, 1, randomNumbers(1));
  expect(walk.step()).toBe(true);
  expect(core.profit).toBe(12);
});

it('finds by tabu search the best choice of what is small enough to try all', () => {
  fc.assert(
    fc.property(fc.nat(), (from) => {
      const random = randomNumbers(from);
      const draw = (most: number) => Array.from({ length: 10 }, () => 1 + Math.floor(random() * most));
      const [profits, weights] = [draw(50), [draw(40), draw(40), draw(40)]];
      const capacities = weights.map((row) => Math.max(40, Math.floor(row.reduce((sum, weight) => sum + weight, 0) / 2)));
      const problem: MultidimensionalKnapsack = { kind: 'multidimensional-knapsack', name: '', profits, weights, capacities };
      const core = new Core(problem, { gain: new Float64Array(10), prices: new Float64Array(3).fill(0.5), bound: 0, scaledBound: 0, x: undefined }, 10);
      const search = new TabuSearch(core, 500, random);
      while (!search.isStuck) search.step();
      const all = Array.from({ length: 1024 }, (_, bits) => Uint8Array.from(profits, (_, item) => (bits >> item) & 1));
      const best = all.filter((chosen) => roomOf(problem, chosen).every((room) => room >= 0)).map((chosen) => profitOf(problem, chosen));
      expect(core.profit).toBe(Math.max(...best));
    }),
    { seed, numRuns: 30 },
  );
});
