import { z } from 'zod';
import { attachmentHashSchema, chunkBytes } from '../attachments/attachment.ts';
import { idSchema } from '../schema/document.ts';

/**
 * The bytes of attachments travel apart from change sets, chunk by chunk, once the document that names them has been told. Each
 * message names a document and the hash that it names: who may not see such a document gets the answer that nobody would
 * get otherwise, so that knowing a hash tells nothing and opens nothing.
 */
const attachmentRefSchema = z.strictObject({ id: idSchema, hash: attachmentHashSchema });
/** A document of `documentReferences`, and the hash that it names. */
export type AttachmentRef = z.infer<typeof attachmentRefSchema>;

export const attachmentsAtOnce = 100;
const chunkNumber = z.int().min(0).max(100_000);

/** How much of these the server has, and, where `lacking` is asked for, which named ones it does not have whole, page by page; `cursor` null begins. */
export const attachmentsSchema = z.strictObject({
  epoch: idSchema,
  attachments: z.array(attachmentRefSchema).max(attachmentsAtOnce),
  lacking: z.strictObject({ cursor: z.string().max(40).nullable() }).nullable(),
});
export interface AttachmentState extends AttachmentRef {
  /** Otherwise no document names it that this device may send bytes of: the server wants none. */
  named: boolean;
  /** Chunks that the server has, from the first on. */
  chunks: number;
  complete: boolean;
}
export interface AttachmentsAnswer {
  states: AttachmentState[];
  lacking: AttachmentRef[];
  /** Null: these were the last of them. */
  cursor: string | null;
}

/** Base64 of one chunk. */
const bytesSchema = z.string().max(Math.ceil(chunkBytes / 3) * 4 + 4).regex(/^[A-Za-z0-9+/]*={0,2}$/);
export const attachmentPutSchema = z.strictObject({ epoch: idSchema, id: idSchema, hash: attachmentHashSchema, number: chunkNumber, bytes: bytesSchema });
export interface AttachmentPutAnswer {
  /** No document of this device names it: there is nothing to keep it for. */
  named: boolean;
  /** The next chunk that is wanted, whatever was sent. */
  chunks: number;
  /** All are there and their hash was found right. Bytes whose hash was wrong are thrown away: `chunks` is 0 again. */
  complete: boolean;
}

export const attachmentGetSchema = z.strictObject({ epoch: idSchema, id: idSchema, hash: attachmentHashSchema, number: chunkNumber });
export interface AttachmentGetAnswer {
  /** Null: not there, not whole yet, or not to be told. */
  bytes: string | null;
}

/** A message about attachments as a replica wants it sent, without the epoch. */
export type Transfer =
  | { name: 'attachments'; body: { attachments: AttachmentRef[]; lacking: { cursor: string | null } | null } }
  | { name: 'attachment-put'; body: AttachmentRef & { number: number; bytes: string } }
  | { name: 'attachment-get'; body: AttachmentRef & { number: number } };

export type TransferAnswer = AttachmentsAnswer | AttachmentPutAnswer | AttachmentGetAnswer;
