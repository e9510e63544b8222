import { createHash } from 'node:crypto';
import { chunkBytes, chunkCount } from '../../../shared/attachments/attachment.ts';
import type { Connection } from '../connection.ts';
import { statement } from '../statements.ts';

/** How much of an attachment is here. */
export interface HeldAttachment {
  hash: string;
  /** Bytes of the whole. */
  size: number;
  /** From the first on. */
  chunks: number;
  complete: 0 | 1;
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function findAttachment(connection: Connection, hash: string): HeldAttachment | undefined {
  return statement<HeldAttachment>(connection, 'SELECT hash, size, chunks, complete FROM attachments WHERE hash = ?').get(hash);
}

/**
 * Keeps bytes that were added here, for the document that is written in the same transaction and names them. Bytes that are here
 * already are kept once.
 */
export function keepAttachment(connection: Connection, { hash, bytes, documentId }: { hash: string; bytes: Uint8Array; documentId: string }): void {
  if (findAttachment(connection, hash)?.complete !== 1) {
    statement(connection, 'DELETE FROM attachment_chunks WHERE hash = ?').run(hash);
    const insert = statement(connection, 'INSERT INTO attachment_chunks (hash, number, bytes) VALUES (?, ?, ?)');
    const chunks = chunkCount(bytes.length);
    for (let number = 0; number < chunks; number += 1) insert.run(hash, number, bytes.subarray(number * chunkBytes, (number + 1) * chunkBytes));
    statement(
      connection,
      `INSERT INTO attachments (hash, size, chunks) VALUES (@hash, @size, @chunks) ON CONFLICT (hash) DO UPDATE SET size = excluded.size, chunks = excluded.chunks`,
    ).run({ hash, size: bytes.length, chunks });
    statement(connection, 'UPDATE attachments SET complete = 1 WHERE hash = ?').run(hash);
  }
  statement(connection, 'INSERT INTO attachment_uploads (document_id, hash, size) VALUES (?, ?, ?)').run(documentId, hash, bytes.length);
}

/** One chunk; undefined where it is not here. */
export function readChunk(connection: Connection, hash: string, number: number): Uint8Array | undefined {
  return statement<{ bytes: Uint8Array }>(connection, 'SELECT bytes FROM attachment_chunks WHERE hash = ? AND number = ?').get(hash, number)?.bytes;
}

/** Keeps the next chunk of what is fetched. Any other one than the next is left: it was an answer to an earlier question. */
export function keepChunk(connection: Connection, { hash, size }: { hash: string; size: number }, number: number, bytes: Uint8Array): void {
  const held = findAttachment(connection, hash);
  if (held?.complete === 1 || number !== (held?.chunks ?? 0)) return;
  statement(connection, 'INSERT INTO attachment_chunks (hash, number, bytes) VALUES (?, ?, ?)').run(hash, number, bytes);
  statement(connection, 'INSERT INTO attachments (hash, size, chunks) VALUES (@hash, @size, 1) ON CONFLICT (hash) DO UPDATE SET chunks = chunks + 1').run({ hash, size });
  if (number + 1 === chunkCount(size)) finish(connection, hash, number + 1);
}

/** All chunks are here: they are what the hash says, or none of them is kept. */
function finish(connection: Connection, hash: string, chunks: number): void {
  const sum = createHash('sha256');
  for (let number = 0; number < chunks; number += 1) sum.update(readChunk(connection, hash, number) ?? '');
  if (sum.digest('hex') === hash) statement(connection, 'UPDATE attachments SET complete = 1 WHERE hash = ?').run(hash);
  else statement(connection, 'DELETE FROM attachments WHERE hash = ?').run(hash);
}
