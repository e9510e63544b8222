import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O or U, so that nothing on paper looks like something else. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyBytes = 20;
const keyCharacters = (keyBytes * 8) / 5;
const checkCharacters = 4;

/** A new clinic recovery key: 160 random bits, and how they are shown. */
export function newRecoveryKey(): { secret: Uint8Array; text: string } {
  const secret = randomBytes(keyBytes);
  return { secret, text: formatRecoveryKey(secret) };
}

/** Nine groups of four characters; the last group is a checksum. */
export function formatRecoveryKey(secret: Uint8Array): string {
  const characters = encode(secret) + checksum(secret);
  return characters.match(/.{4}/g)?.join('-') ?? '';
}

/**
 * Reads a recovery key as people type it: any case, full width or not, any spacing, O for 0, I and L for 1.
 * Undefined when it cannot have been a recovery key: characters are missing or mistyped.
 */
export function parseRecoveryKey(typed: string): Uint8Array | undefined {
  const characters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (characters.length !== keyCharacters + checkCharacters) return undefined;
  const secret = decode(characters.slice(0, keyCharacters));
  return secret && checksum(secret) === characters.slice(keyCharacters) ? secret : undefined;
}

/** Twenty bits: one mistyped key in a million goes unnoticed, and is then told as a wrong one. */
function checksum(secret: Uint8Array): string {
  const digest = createHash('sha256').update('outpost/recovery-key').update(secret).digest();
  return encode(digest).slice(0, checkCharacters);
}

function encode(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => alphabet.charAt(Number.parseInt(five, 2)));
}

function decode(characters: string): Uint8Array | undefined {
  const values = Array.from(characters, (character) => alphabet.indexOf(character));
  if (values.includes(-1)) return undefined;
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2));
}
