import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { deriveKeyPair, newSalt, openSealed, openWith, sealTo, sealWith } from './secrets.ts';

// The strength itself is tested here.
vi.unmock('argon2');

const secret = randomBytes(32);
const flipped = (bytes: Uint8Array, index: number) => Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ 1 : byte));

describe('a secret sealed to a password', async () => {
  const salt = newSalt();
  const pair = await deriveKeyPair('correct horse battery', salt);
  const sealed = sealTo(pair.publicKey, secret, 'a');

  test('is opened by the password with its salt', async () => {
    const again = await deriveKeyPair('correct horse battery', salt);
    expect(openSealed(again, sealed, 'a')).toEqual(secret);
  });

  test('stays shut for another password, another salt and another context', async () => {
    expect(openSealed(await deriveKeyPair('correct horse batterz', salt), sealed, 'a')).toBeUndefined();
    expect(openSealed(await deriveKeyPair('correct horse battery', newSalt()), sealed, 'a')).toBeUndefined();
    expect(openSealed(pair, sealed, 'b')).toBeUndefined();
  });

  test('stays shut when any byte of it is changed or missing', () => {
    for (const index of sealed.keys()) {
      expect(openSealed(pair, flipped(sealed, index), 'a')).toBeUndefined();
      expect(openSealed(pair, sealed.subarray(0, index), 'a')).toBeUndefined();
    }
  });

  test('shows nothing of the secret, nor twice the same bytes', () => {
    expect(Buffer.from(sealed).includes(secret)).toBe(false);
    expect(sealTo(pair.publicKey, secret, 'a')).not.toEqual(sealed);
  });

  test('the same password composed or decomposed, full width or not, is one password', async () => {
    const composed = await deriveKeyPair('Grüße１２３４', salt);
    expect((await deriveKeyPair('Gru\u0308ße1234', salt)).publicKey).toEqual(composed.publicKey);
  });
});

test('argon2id parameters stay as they are: a change would lock everybody out', async () => {
  const { publicKey } = await deriveKeyPair('correct horse battery', new Uint8Array(16).fill(1));
  expect(createHash('sha256').update(publicKey).digest('hex')).toBe('470ffd17dd7fe74810ab23496aff45c90c10340bb681b5c5626deb1d6fa5570b');
});

test('a secret under a random key is opened by that key alone', () => {
  const key = randomBytes(20);
  const sealed = sealWith(key, secret, 'a');
  expect(openWith(key, sealed, 'a')).toEqual(secret);
  expect(openWith(key, sealed, 'b')).toBeUndefined();
  expect(openWith(randomBytes(20), sealed, 'a')).toBeUndefined();
  for (const index of sealed.keys()) {
    expect(openWith(key, flipped(sealed, index), 'a')).toBeUndefined();
    expect(openWith(key, sealed.subarray(0, index), 'a')).toBeUndefined();
  }
});
