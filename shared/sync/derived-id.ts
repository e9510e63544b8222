import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalText } from './canonical.ts';

/**
 * An id that depends on nothing but `parts`: whoever derives it anew gets the same one, so that two servers which merge the
 * same versions agree, and a repeat is a repeat. UUIDv8 (RFC 9562 §5.8) over SHA-256.
 */
export function derivedId(...parts: unknown[]): string {
  const hex = bytesToHex(sha256(utf8ToBytes(canonicalText(parts)))).slice(0, 32);
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
