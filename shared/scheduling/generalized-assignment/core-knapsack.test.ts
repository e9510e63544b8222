import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CoreKnapsack } from './core-knapsack.ts';

/** The most that any of all choices brings. */
function mostOf(sizes: number[], gains: number[], capacity: number): number {
  let most = 0;
  for (let chosen = 0; chosen < 2 ** sizes.length; chosen += 1) {
    let [load, gain] = [0, 0];
    sizes.forEach((size, item) => {
      if (((chosen >> item) & 1) === 0) return;
      load += size;
      gain += gains[item] as number;
    });
    if (load <= capacity) most = Math.max(most, gain);
  }
  return most;
}

const sumOf = (values: number[], items: number[]) => items.reduce((sum, item) => sum + (values[item] as number), 0);

it('brings what the best of all choices brings, and what is in it fits', () => {
  // Gains near the sizes make many choices equally good, others few.
  const item = fc.record({ size: fc.integer({ min: 0, max: 30 }), extra: fc.integer({ min: 1, max: 12 }), tight: fc.boolean() });
  const core = new CoreKnapsack(10);
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 10 }), fc.integer({ min: 0, max: 90 }), (items, capacity) => {
      const sizes = items.map(({ size }) => size);
      const gains = items.map(({ size, extra, tight }) => (tight ? size + (extra % 3) + 0.25 : extra * 2.5));
      core.begin(capacity, 1e-6);
      sizes.forEach((size, index) => {
        if (size <= capacity) core.add(index, size, gains[index] as number);
      });
      const most = mostOf(sizes, gains, capacity);
      const found = core.solve();
      expect(found?.gain ?? 0).toBeCloseTo(most, 9);
      expect(sumOf(gains, found?.items ?? [])).toBeCloseTo(most, 9);
      expect(sumOf(sizes, found?.items ?? [])).toBeLessThanOrEqual(capacity);
      expect(new Set(found?.items).size).toBe(found?.items.length);
      expect(core.solve(most)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

it('keeps its memory small where hardly two fillings weigh the same', () => {
  const core = new CoreKnapsack(200);
  core.begin(50 * 2 ** 30, 1e-6);
  for (let item = 0; item < 200; item += 1) {
    const size = 2 ** 29 + Math.imul(item + 1, 2654435761 >>> 4) % 2 ** 28;
    core.add(item, size, size + (item % 7) / 8);
  }
  const found = core.solve();
  expect(found?.gain).toBeGreaterThan(49 * 2 ** 30);
});
