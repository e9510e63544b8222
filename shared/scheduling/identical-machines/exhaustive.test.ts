import loadHighs from 'highs';
import { expect, it } from 'vitest';
import { solve } from '../solve.ts';
import { searchAll } from './exhaustive.ts';
import { makespanOf } from './list-scheduling.ts';

const highs = await loadHighs();

it.each([
  { machines: 2, times: [36, 886431098, 36, 886431098, 36], optimum: 886431170 },
  { machines: 3, times: [1134893049, 1266416034, 285102321, 1056780190, 287110285], optimum: 1419995370 },
  { machines: 2, times: [2007385118, 0, 0, 1755564113, 1321976372, 1429949372, 0], optimum: 3329361490 },
])('proves the makespan of a few jobs whose times are too long for tables: $optimum', ({ machines, times, optimum }) => {
  let looks = 0;
  const answer = solve({ kind: 'identical-machines', name: '', machines, times }, 'portfolio', { elapsed: () => (looks += 1) / 100, seconds: 2, cancelled: () => false, seed: 1, highs, progress: () => undefined });
  expect(answer).toMatchObject({ status: 'optimal', value: optimum, bound: optimum });
});

it('finds the best of all schedules, and does not call a search complete that was cut short', () => {
  const times = [46, 39, 27, 26, 16, 13, 10];
  const whole = searchAll(times, 3, { value: 200, bound: 0, steps: 100_000, until: () => false });
  expect(whole.complete).toBe(true);
  expect(makespanOf(times, whole.solution ?? [])).toBe(62);
  expect(searchAll(times, 3, { value: 62, bound: 0, steps: 100_000, until: () => false })).toEqual({ solution: null, complete: true });
  expect(searchAll(times, 3, { value: 62, bound: 0, steps: 3, until: () => false }).complete).toBe(false);
});
