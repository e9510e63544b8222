import { expect, test } from 'vitest';
import { toBase64 } from './send-file.ts';

test('a megabyte of any bytes comes out as base64', () => {
  const bytes = Uint8Array.from({ length: 1_048_576 }, (_, index) => (index * 7) % 256);
  expect(Uint8Array.from(atob(toBase64(bytes)), (byte) => byte.charCodeAt(0))).toEqual(bytes);
  expect(toBase64(new Uint8Array())).toBe('');
});
