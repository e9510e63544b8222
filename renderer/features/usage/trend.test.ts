import { expect, test } from 'vitest';
import { growthOf, trendOf } from './trend.ts';

const hour = 3600_000;
const line = (count: number, value: (index: number) => number) => Array.from({ length: count }, (_, index): [number, number] => [index * hour, value(index)]);

test('a rising line leads on, and says when there is no more', () => {
  const trend = trendOf(line(11, (index) => 10 + index), 30);
  expect(trend?.from.value).toBeCloseTo(10);
  expect([trend?.ahead.at, trend?.ahead.value]).toEqual([15 * hour, expect.closeTo(25)]);
  expect(trend?.fullAt).toBeCloseTo(20 * hour, -2);
});

test('what stands still is never full, what is too far away is not told, and a few measurements are no trend', () => {
  expect(trendOf(line(11, () => 10), 30)?.fullAt).toBeNull();
  expect(trendOf(line(11, (index) => 10 + index / 1000), 30)?.fullAt).toBeNull();
  expect(trendOf(line(11, (index) => 10 + index), 0)?.fullAt).toBeNull();
  expect(trendOf(line(4, (index) => index), 30)).toBeNull();
});

test('growth is told in per cent of what the line says is used now', () => {
  expect(growthOf(line(25, (index) => 100 + index), 1)).toBeCloseTo((100 * 24) / 124);
  expect(growthOf(line(25, (index) => 124 - index), 1)).toBeCloseTo(-24);
  expect(growthOf(line(25, () => 0), 1)).toBeNull();
  expect(growthOf([], 1)).toBeNull();
});
