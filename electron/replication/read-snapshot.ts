import { isUtf8 } from 'node:buffer';

const words = ['collection', 'createdAt', 'updatedAt', 'updatedBy'] as const;
const beyondAscii = /[\x80-\xFF]/;

/**
 * Reads a page of a snapshot, whose contents come as text, and leaves these in the bytes in which they came and are kept: to make them UTF-16
 * and UTF-8 again takes longer than the rest of the reading. Taken for Latin-1 each byte is one character, and the JSON says the same.
 */
export function readSnapshot(page: Buffer): unknown {
  // An escape can say a character that is no byte.
  const read = page.includes('\\u') || !isUtf8(page) ? undefined : withBytes(JSON.parse(page.toString('latin1')));
  return read ?? (JSON.parse(page.toString()) as unknown);
}

/** Undefined where it is no page of texts: a server of before tells contents as objects, with words anywhere. */
function withBytes(page: unknown): unknown {
  const { documents } = (page ?? {}) as { documents?: unknown };
  if (!Array.isArray(documents)) return undefined;
  for (const document of documents as unknown[]) {
    const { content } = (document ?? {}) as { content?: unknown };
    if (typeof content !== 'string' && content !== null) return undefined;
    inBytes(document as Record<string, unknown>, content);
  }
  return page;
}

function inBytes(document: Record<string, unknown>, content: string | null): void {
  if (content !== null) document['content'] = Buffer.from(content, 'latin1');
  for (const word of words) {
    const text = document[word];
    if (typeof text === 'string' && beyondAscii.test(text)) document[word] = Buffer.from(text, 'latin1').toString();
  }
}
