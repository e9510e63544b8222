import { expect, it } from 'vitest';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { skewText } from './skew-text.ts';

const { t } = createTranslator('en');

it.each([
  [0, 'right'],
  [-4, 'right'],
  [12, '12 s ahead'],
  [-89, '89 s behind'],
  [90, '2 min ahead'],
  [4210, '70 min ahead'],
  [-7200, '2 h behind'],
  [3 * 86_400, '3 days ahead'],
  [-315_360_000, '3,650 days behind'],
])('%d s is %s', (seconds, expected) => {
  expect(skewText(seconds, t)).toBe(expected);
});
