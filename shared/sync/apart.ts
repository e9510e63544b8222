import type { PositionedDocument, TextDocument } from './protocol.ts';

/** A document as the JSON of a page tells it whose contents come after: in how many bytes of UTF-8, null for a purged one. */
export type DocumentApart = Omit<PositionedDocument, 'content'> & { contentBytes: number | null };

const newline = 0x0a;
const brace = 0x7b;

/**
 * Reads a page whose contents come apart: one line of JSON, then the contents of its documents one after another, as the server keeps
 * them. Each begins with a brace, so that none begins within a character of another. Undefined for bytes that are no such page.
 */
export function readApart(page: Uint8Array): ({ documents: TextDocument[] } & Record<string, unknown>) | undefined {
  const end = page.indexOf(newline);
  if (end === -1) return undefined;
  const read = JSON.parse(new TextDecoder().decode(page.subarray(0, end))) as { documents: DocumentApart[] };
  const documents: TextDocument[] = [];
  let at = end + 1;
  for (const { collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, position, contentBytes } of read.documents) {
    if (contentBytes !== null && !(contentBytes > 0 && page[at] === brace)) return undefined;
    const content = contentBytes === null ? null : page.subarray(at, at + contentBytes);
    at += contentBytes ?? 0;
    documents.push({ collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, content, position });
  }
  return at === page.length ? { ...read, documents } : undefined;
}
