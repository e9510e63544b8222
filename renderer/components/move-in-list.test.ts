import { expect, test } from 'vitest';
import { moveInList } from './move-in-list.ts';

const at = (active: number) => ({ active, count: 100, inSight: 11 });

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowUp', 0, 0],
  ['ArrowDown', 99, 99],
  ['PageDown', 5, 15],
  ['PageUp', 5, 0],
  ['PageDown', 95, 99],
  ['Home', 50, 0],
  ['End', 50, 99],
  // Nothing chosen yet: the first key chooses the first row.
  ['ArrowDown', -1, 0],
  ['ArrowUp', -1, 0],
])('%s on row %i goes to row %i', (key, active, target) => {
  expect(moveInList(key, at(active))).toBe(target);
});

test('letters do not move, and an empty list has nowhere to go', () => {
  expect(moveInList('a', at(3))).toBeUndefined();
  expect(moveInList('End', { active: -1, count: 0, inSight: 10 })).toBeUndefined();
});
