import { expect, test } from 'vitest';
import { amountText } from './amount-text.ts';

test.each([
  [96, 'threads', '96'],
  [12_000, 'threads', '12,000'],
  [512, 'mebibytes', '512 MiB'],
  [65_536, 'mebibytes', '64 GiB'],
  [1536, 'mebibytes', '1.5 GiB'],
  [0, 'gibibytes', '0 GiB'],
  [2048, 'gibibytes', '2 TiB'],
  [10_000, 'megabits', '10 Gbit/s'],
  [999, 'megabits', '999 Mbit/s'],
] as const)('%d %s read as %s', (amount, unit, text) => {
  expect(amountText(amount, unit, 'en')).toBe(text);
});
