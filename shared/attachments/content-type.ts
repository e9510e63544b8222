import type { AttachmentContentType } from './attachment.ts';

const startsWith = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean => signature.every((byte, index) => bytes[at + index] === byte);
const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const signatures: readonly [AttachmentContentType, (bytes: Uint8Array) => boolean][] = [
  ['image/png', (bytes) => startsWith(bytes, [0x89, ...letters('PNG\r\n'), 0x1a, 0x0a])],
  ['image/jpeg', (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff])],
  ['image/webp', (bytes) => startsWith(bytes, letters('RIFF')) && startsWith(bytes, letters('WEBP'), 8)],
  ['application/pdf', (bytes) => startsWith(bytes, letters('%PDF-'))],
];

/** What bytes are, by their own signature and never by a name that anybody can give them; undefined for what may not be attached. */
export function contentTypeOf(bytes: Uint8Array): AttachmentContentType | undefined {
  const found = signatures.find(([, matches]) => matches(bytes));
  return found?.[0] ?? (isPlainText(bytes) ? 'text/plain' : undefined);
}

/** UTF-8 without control characters other than those of lines; and no markup, which a viewer might take for a page. */
function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c)) return false;
  try {
    return !/^\uFEFF?\s*<(!doctype|html|svg|\?xml|script)/i.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
