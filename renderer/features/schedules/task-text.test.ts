import { expect, test } from 'vitest';
import { taskValueText } from './task-text.ts';

test.each([
  [4023, 'makespan', '1 hr 7 min 3 sec'],
  [987_654, 'utilisation', '98.77%'],
  [null, 'utilisation', '–'],
] as const)('%s of %s reads %s', (value, objective, text) => {
  expect(taskValueText(value, objective, 'en')).toBe(text);
});
