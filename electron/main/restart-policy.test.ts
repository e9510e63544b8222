import { expect, test } from 'vitest';
import { restartDelay } from './restart-policy.ts';

test('waits longer after each crash of the last minute, then gives up', () => {
  expect(restartDelay([0], 0)).toBe(250);
  expect(restartDelay([0, 500], 500)).toBe(1_000);
  expect(restartDelay([0, 500, 2_000], 2_000)).toBe(4_000);
  expect(restartDelay([0, 500, 2_000, 9_000], 9_000)).toBeUndefined();
});

test('crashes of long ago are forgiven', () => {
  expect(restartDelay([0, 500, 2_000, 70_000], 70_000)).toBe(250);
});
