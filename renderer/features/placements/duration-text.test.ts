import { expect, test } from 'vitest';
import { durationText } from './duration-text.ts';

test.each([
  [0.43, '0.4 sec'],
  [59, '59 sec'],
  [60, '1 min'],
  [3725, '1 hr 2 min'],
  [7199.9, '2 hr'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds, 'en')).toBe(text);
});
