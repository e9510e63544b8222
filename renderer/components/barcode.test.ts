import { expect, test } from 'vitest';
import { barcodeModules } from './barcode.tsx';

/** The table of ISO/IEC 15417 for the characters used here: set B start, `A`, its check character, stop. */
test('a letter is start B, the letter, the check sum and the stop', () => {
  // Value of A: 33; check: (104 + 33) mod 103 = 34, the pattern of B.
  expect(barcodeModules('A')).toBe('11010010000' + '10100011000' + '10001011000' + '1100011101011');
});

test('another number is another barcode', () => {
  expect(barcodeModules('01-000123')).not.toBe(barcodeModules('01-000124'));
});
