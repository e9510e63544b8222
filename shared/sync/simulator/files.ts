import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { chunkBytes } from '../../attachments/attachment.ts';

/** What people of the simulator have to attach. Few, so that several documents name the same bytes; of one chunk, of two and of three. */
const sizes = [1, chunkBytes + 1, 2 * chunkBytes + 7];
export const fileCount = 24;

const hashes = new Map<number, string>();
const bytesOf = (index: number): Uint8Array => new Uint8Array(sizes[index % sizes.length] as number).fill(index + 1);

/** The attachment of a file. Its hash is worked out once for all histories. */
export function fileOf(index: number): { contentType: string; size: number; hash: string } {
  const hash = hashes.get(index) ?? bytesToHex(sha256(bytesOf(index)));
  hashes.set(index, hash);
  return { contentType: 'text/plain', size: sizes[index % sizes.length] as number, hash };
}

/** For stores that keep real bytes. */
export function bytesOfFile(hash: string): Uint8Array {
  for (let index = 0; index < fileCount; index += 1) if (fileOf(index).hash === hash) return bytesOf(index);
  throw new Error('Nobody has such a file');
}
