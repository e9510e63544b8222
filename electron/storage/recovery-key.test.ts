import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRecoveryKey, newRecoveryKey, parseRecoveryKey } from './recovery-key.ts';

const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });

test('a key that is shown can be typed back', () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      expect(parseRecoveryKey(formatRecoveryKey(secret))).toEqual(secret);
    }),
  );
});

test('it has 160 random bits in nine groups of four, without look-alikes', () => {
  const { secret, text } = newRecoveryKey();
  expect(secret).toHaveLength(20);
  expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(newRecoveryKey().text).not.toBe(text);
});

test('case, spaces, other hyphens, look-alikes and full-width characters are forgiven', () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const text = formatRecoveryKey(secret);
      const fullWidth = Array.from(text, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)).join('');
      const sloppy = [
        text.toLowerCase(),
        ` ${text.replaceAll('-', '  ')}\n`,
        text.replaceAll('-', '–'),
        text.replaceAll('0', 'O').replaceAll('1', 'l'),
        text.replaceAll('0', 'o').replaceAll('1', 'I'),
        fullWidth,
      ];
      for (const typed of sloppy) expect(parseRecoveryKey(typed)).toEqual(secret);
    }),
  );
});

test('one wrong character, two exchanged ones, or a missing one is known to be a typing error', () => {
  const text = formatRecoveryKey(Uint8Array.from({ length: 20 }, (_, index) => index * 13));
  const characters = [...text.replaceAll('-', '')];
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1];
    for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZU*') {
      if (other !== character) expect(parseRecoveryKey(characters.with(index, other).join(''))).toBeUndefined();
    }
    if (next !== undefined && next !== character) {
      expect(parseRecoveryKey(characters.with(index, next).with(index + 1, character).join(''))).toBeUndefined();
    }
    expect(parseRecoveryKey(characters.toSpliced(index, 1).join(''))).toBeUndefined();
  }
  expect(parseRecoveryKey('')).toBeUndefined();
});
