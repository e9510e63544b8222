import fc from 'fast-check';
import loadHighs from 'highs';
import { expect, test } from 'vitest';
import { models } from '../bin-packing/models.ts';
import { checkAnswer } from '../check.ts';
import type { BinPacking } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { patternsWorth } from './enumeration.ts';
import { stockOf, type Pattern, type Stock } from './stock.ts';
import { wideKnapsackPricer } from './wide-knapsack.ts';

const options = { seed: Number(process.env['FUZZ_SEED'] ?? 20_261_122), numRuns: 50 };
const capacity = 2 ** 31 - 1;

const size = fc.integer({ min: Math.floor(capacity / 8), max: capacity - 1 });

/** Some types that share a bin of a capacity far above any table, and a price for each; two of them fill it to the last unit. */
const priced = fc
  .array(fc.record({ size, demand: fc.integer({ min: 1, max: 3 }), price: fc.integer({ min: 0, max: 1000 }) }), { minLength: 1, maxLength: 7 })
  .map(([first, ...others]) => [first!, { ...first!, size: capacity - first!.size }, ...others]);

function stockWith(types: readonly { size: number; demand: number }[]): Stock {
  const items = types.flatMap(({ size, demand }) => new Array<number>(demand).fill(size));
  return stockOf(items.length, [capacity], (item) => items[item] as number);
}

/** Every pattern that fits, by trying all. */
function allPatterns({ sizes, demands }: Stock): Pattern[] {
  const found: Pattern[] = [];
  const counts = new Int32Array(demands.length);
  const choose = (type: number, space: number): void => {
    if (type === demands.length) {
      const types = [...counts.keys()].filter((one) => counts[one]! > 0);
      found.push({ types, counts: types.map((one) => counts[one]!) });
      return;
    }
    for (let count = 0; count <= demands[type]! && count * sizes[type]! <= space; count += 1) {
      counts[type] = count;
      choose(type + 1, space - count * sizes[type]!);
    }
    counts[type] = 0;
  };
  choose(0, capacity);
  return found;
}

const worth = ({ types, counts }: Pattern, prices: Float64Array) => types.reduce((sum, type, index) => sum + counts[index]! * prices[type]!, 0);
const named = ({ types, counts }: Pattern) => types.map((type, index) => `${type}x${counts[index]!}`).sort().join();

test('a pattern of the greatest profit is found in a bin too large for a table, and no bound is below it', () => {
  fc.assert(
    fc.property(priced, fc.integer({ min: 0, max: 2000 }), (types, above) => {
      const stock = stockWith(types);
      const prices = Float64Array.from(stock.demands.keys(), (type) => types[type]?.price ?? 0);
      const greatest = Math.max(...allPatterns(stock).map((pattern) => worth(pattern, prices)));
      const { most, patterns } = wideKnapsackPricer(stock, 20)(prices, stock.demands, above)!;
      expect(most).toBeGreaterThanOrEqual(greatest);
      expect(patterns.map((pattern) => worth(pattern, prices)).filter((profit) => profit <= above)).toEqual([]);
      if (greatest > above) expect([most, worth(patterns[0]!, prices)]).toEqual([greatest, greatest]);
      else expect(most).toBeLessThanOrEqual(above);
    }),
    options,
  );
});

test('all patterns that are worth enough and hold no more items are listed, by units as by ones', () => {
  fc.assert(
    fc.property(priced, fc.integer({ min: 1, max: 2000 }), (types, least) => {
      const stock = stockWith(types);
      const prices = Float64Array.from(stock.demands.keys(), (type) => types[type]?.price ?? 0);
      const all = allPatterns(stock);
      const isMaximal = (pattern: Pattern) => {
        const space = capacity - pattern.types.reduce((sum, type, index) => sum + pattern.counts[index]! * stock.sizes[type]!, 0);
        return stock.demands.every((demand, type) => stock.sizes[type]! > space || (pattern.counts[pattern.types.indexOf(type)] ?? 0) === demand);
      };
      const expected = all.filter((pattern) => worth(pattern, prices) >= least && isMaximal(pattern)).map(named);
      const listed = patternsWorth({ stock, prices, least, mostPatterns: 10_000, until: () => false });
      expect(listed?.map(named).sort()).toEqual(expected.sort());
    }),
    options,
  );
});

test('bins of a huge capacity that three items each fill to the last unit are packed, and proved', async () => {
  const random = randomNumbers(1);
  const weights = Array.from({ length: 20 }, () => {
    const [first, second] = [0.25 + 0.12 * random(), 0.27 + 0.1 * random()].map((share) => Math.floor(share * capacity)) as [number, number];
    return [first, second, capacity - first - second];
  }).flat();
  const problem: BinPacking = { kind: 'bin-packing', name: '', capacity, weights };
  const answer = models.portfolio(problem, { elapsed: () => 0, seconds: 60, cancelled: () => false, seed: 1, highs: await loadHighs(), progress: () => undefined });
  expect(answer).toMatchObject({ status: 'optimal', value: 20, bound: 20 });
  expect(checkAnswer(problem, answer)).toEqual([]);
});
