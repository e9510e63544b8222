import { expect, it } from 'vitest';
import { countTicks, furthestBehind, timeTicks } from './lag-scale.ts';

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [40, [0, 10, 20, 30, 40]],
  [4860, [0, 2000, 4000, 6000]],
])('an axis to %d has the steps %j', (greatest, ticks) => {
  expect(countTicks(greatest)).toEqual(ticks);
});

it('names full hours of a day and midnights of a week, all within it', () => {
  const to = Date.parse('2026-11-21T08:17:00Z');
  for (const hours of [24, 24 * 7, 24 * 30]) {
    const from = to - hours * 3_600_000;
    const ticks = timeTicks(from, to);
    expect(ticks.length).toBeGreaterThan(3);
    expect(ticks.length).toBeLessThan(10);
    expect(ticks.every((tick) => tick >= from && tick <= to && new Date(tick).getMinutes() === 0)).toBe(true);
  }
});

it('draws those that were furthest behind, and none without figures', () => {
  const lag = (deviceId: string, ...behind: number[]) => ({ deviceId, points: behind.map((value) => ({ at: '', behind: value, unsent: 0 })) });
  expect(furthestBehind([lag('a', 1, 5), lag('b', 9, 0), lag('c'), lag('d', 2)], 2).map(({ deviceId }) => deviceId)).toEqual(['b', 'a']);
});
