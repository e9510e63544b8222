import type { AttachmentContentType } from './attachment.ts';

/**
 * A picture without what says where it was taken: a photograph of a wound needs no address of the patient's home. The rest of its
 * description stays, above all which side is up. What cannot be read as its format says is left as it is.
 */
export function withoutLocation(bytes: Uint8Array, contentType: AttachmentContentType): Uint8Array {
  switch (contentType) {
    case 'image/jpeg':
      return jpegWithoutLocation(bytes);
    case 'image/png':
      return pngWithoutLocation(bytes);
    case 'image/webp':
      return webpWithoutLocation(bytes);
    case 'application/pdf':
    case 'text/plain':
      return bytes;
  }
}

const textAt = (bytes: Uint8Array, at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const app1 = 0xe1;
const startOfScan = 0xda;

/** Segments up to the scan: those with XMP go, of Exif the part about the place is emptied. */
function jpegWithoutLocation(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const parts = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== startOfScan) {
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return bytes;
    const segment = bytes.slice(at, end);
    const isXmp = segment[1] === app1 && textAt(segment, 4, 28) === 'http://ns.adobe.com/xap/1.0/';
    if (segment[1] === app1 && textAt(segment, 4, 4) === 'Exif') emptyPlace(segment.subarray(10));
    if (!isXmp) parts.push(segment);
    at = end;
  }
  return joined([...parts, bytes.subarray(at)]);
}

const gpsTag = 0x8825;
/** Bytes of one value of each TIFF type. */
const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** Empties, in place, the directory that the tag of the place points to, with its values, and the tag itself. */
function emptyPlace(tiff: Uint8Array): void {
  const view = viewOf(tiff);
  if (tiff.length < 8) return;
  const little = textAt(tiff, 0, 2) === 'II';
  const entry = entriesAt(view, view.getUint32(4, little), little).find((found) => view.getUint16(found, little) === gpsTag);
  if (entry === undefined) return;
  const place = view.getUint32(entry + 8, little);
  for (const inside of entriesAt(view, place, little)) {
    const size = (typeSizes[view.getUint16(inside + 2, little)] ?? 1) * view.getUint32(inside + 4, little);
    const values = view.getUint32(inside + 8, little);
    if (size > 4) tiff.fill(0, values, Math.min(tiff.length, values + size));
    tiff.fill(0, inside, inside + 12);
  }
  if (place + 2 <= tiff.length) tiff.fill(0, place, place + 2);
}

/** Where the entries of a directory begin. */
function entriesAt(view: DataView, at: number, little: boolean): number[] {
  if (at + 2 > view.byteLength) return [];
  const all = Array.from({ length: view.getUint16(at, little) }, (_, index) => at + 2 + index * 12);
  return all.filter((entry) => entry + 12 <= view.byteLength);
}

function pngWithoutLocation(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const parts = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return bytes;
    if (!['eXIf', 'iTXt', 'tEXt', 'zTXt'].includes(textAt(bytes, at + 4, 4))) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return joined(parts);
}

const exifAndXmpFlags = 0x0c;

function webpWithoutLocation(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const parts = [bytes.slice(0, 12)];
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > bytes.length) return bytes;
    const name = textAt(bytes, at, 4);
    const chunk = bytes.slice(at, end);
    if (name === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~exifAndXmpFlags;
    if (name !== 'EXIF' && name !== 'XMP ') parts.push(chunk);
    at = end;
  }
  const whole = joined(parts);
  viewOf(whole).setUint32(4, whole.length - 8, true);
  return whole;
}
