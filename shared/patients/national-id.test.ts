import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isValidNationalId, nationalIdBirthday, nationalIdCheckCharacter, nationalIdGender } from './national-id.ts';

// The example of GB 11643-1999, annex A.
const example = '11010519491231002X';

test('the example of the standard is valid, and says a woman born on 31 December 1949', () => {
  expect(isValidNationalId(example)).toBe(true);
  expect(nationalIdBirthday(example)).toBe('1949-12-31');
  expect(nationalIdGender(example)).toBe('female');
});

test('every single wrong digit and every swap of neighbours is found', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (index, shift) => {
      const digits = [...example];
      digits[index] = String((Number(digits[index]) + shift) % 10);
      expect(isValidNationalId(digits.join(''))).toBe(false);
    }),
  );
  for (let index = 0; index < 16; index += 1) {
    const digits = [...example];
    [digits[index], digits[index + 1]] = [digits[index + 1] ?? '', digits[index] ?? ''];
    if (digits.join('') !== example) expect(isValidNationalId(digits.join(''))).toBe(false);
  }
});

test('a day that does not exist is refused even with the right check character', () => {
  const first17 = '11010519490230002';
  expect(isValidNationalId(first17 + nationalIdCheckCharacter(first17))).toBe(false);
});
