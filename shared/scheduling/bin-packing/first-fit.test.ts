import { expect, test } from 'vitest';
import { bestFit, binsOf, byFallingWeight } from './first-fit.ts';

test('best fit gives up in the middle where its time is over, and looks at the clock no oftener than it need', () => {
  const weights = Array.from({ length: 2000 }, (_, item) => 501 + ((item * 7919) % 400));
  const order = [...weights.keys()];
  let looks = 0;
  expect(bestFit(weights, 1000, order, () => ++looks === 3)).toBeNull();
  expect(looks).toBe(3);
  expect(binsOf(bestFit(weights, 1000, order, () => false) ?? [])).toBe(2000);
});

test('the heaviest come first, and equals as they came, up to the greatest weights', () => {
  expect(byFallingWeight([3, 2 ** 31 - 1, 0, 3, 2 ** 31 - 2, 0])).toEqual([1, 4, 0, 3, 2, 5]);
});
