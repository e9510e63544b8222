import { expect, test } from 'vitest';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { gapText } from '../solver-runs/solver-text.ts';
import { valueText } from './value-text.ts';

const { t } = createTranslator('en');

test.each([
  [12, 'hosts', '12 hosts'],
  [1, 'moves', '1 move'],
  [65_536, 'time', '64 GiB'],
  [842_000, 'balance', '84%'],
  [1200, 'profit', '1,200'],
  [null, 'hosts', '–'],
] as const)('%s of %s reads %s', (value, objective, text) => {
  expect(valueText(value, objective, t, 'en')).toBe(text);
});

test('a gap is only called none where there is none', () => {
  expect(gapText(0, t, 'en')).toBe('none');
  expect(gapText(0.00004, t, 'en')).toBe('0.004%');
  expect(gapText(null, t, 'en')).toBe('–');
});
