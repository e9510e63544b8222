import { expect, test } from 'vitest';
import { contentTypeOf } from './content-type.ts';
import { withoutLocation } from './without-location.ts';

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const joined = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Exif, little-endian: orientation 6, and a place with latitude 31 degrees. */
const tiff = joined(
  latin('II'), [42, 0, 8, 0, 0, 0], [2, 0],
  [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0],
  [0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0], [0, 0, 0, 0],
  [1, 0], [2, 0, 5, 0, 3, 0, 0, 0, 56, 0, 0, 0], [0, 0, 0, 0],
  [31, 0, 0, 0, 1, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0],
);
const segment = (body: Uint8Array) => joined([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255], body);
const scan = [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9];

test('a photograph keeps which side is up and loses where it was taken', () => {
  const exif = segment(joined(latin('Exif'), [0, 0], tiff));
  const xmp = segment(latin('http://ns.adobe.com/xap/1.0/\u0000<gps>31.2</gps>'));
  const photograph = joined([0xff, 0xd8], exif, xmp, scan);
  const cleaned = withoutLocation(photograph, 'image/jpeg');
  const text = String.fromCharCode(...cleaned);
  expect(text).not.toContain('gps');
  expect(cleaned.length).toBe(photograph.length - xmp.length);
  expect([...cleaned.subarray(-scan.length)]).toEqual(scan);
  expect([...cleaned.subarray(12 + 10, 12 + 22)]).toEqual([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]);
  // The tag, its directory and the degrees.
  expect([...cleaned.subarray(12 + 38, 12 + tiff.length)].every((byte) => byte === 0)).toBe(true);
});

test('chunks about the place go from PNG and WebP', () => {
  const chunk = (name: string, body: number[]) => joined([0, 0, 0, body.length], latin(name), body, [0, 0, 0, 0]);
  const png = joined([0x89], latin('PNG\r\n'), [0x1a, 0x0a], chunk('IHDR', [1, 2]), chunk('eXIf', [9, 9]), chunk('IEND', []));
  expect([...withoutLocation(png, 'image/png')]).toEqual([...joined([0x89], latin('PNG\r\n'), [0x1a, 0x0a], chunk('IHDR', [1, 2]), chunk('IEND', []))]);
  const part = (name: string, body: number[]) => joined(latin(name), [body.length, 0, 0, 0], body, body.length % 2 === 1 ? [0] : []);
  const riff = (...parts: Uint8Array[]) => joined(latin('RIFF'), [4 + parts.reduce((sum, { length }) => sum + length, 0), 0, 0, 0], latin('WEBP'), ...parts);
  const flags = (byte: number) => part('VP8X', [byte, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect([...withoutLocation(riff(flags(0x1c), part('VP8 ', [1, 2, 3]), part('EXIF', [9, 9])), 'image/webp')]).toEqual([...riff(flags(0x10), part('VP8 ', [1, 2, 3]))]);
});

test('what is cut or not what it says is left as it is', () => {
  for (const bytes of [joined([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1]), latin('')]) expect([...withoutLocation(bytes, 'image/jpeg')]).toEqual([...bytes]);
  expect(contentTypeOf(latin(''))).toBe('text/plain');
  expect(contentTypeOf(Uint8Array.of(0xff, 0xfe, 0x41))).toBeUndefined();
});
