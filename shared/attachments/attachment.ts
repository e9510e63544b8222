import { z } from 'zod';

/** What may be attached. Nothing that runs, and nothing that a viewer would have to be fetched for. */
export const attachmentContentTypes = ['application/pdf', 'image/png', 'image/jpeg', 'image/webp', 'text/plain'] as const;
export type AttachmentContentType = (typeof attachmentContentTypes)[number];

/** Bytes. */
export const largestAttachment = 50 * 1024 * 1024;

/** SHA-256 of the bytes, in lower-case hex: the name that they are kept and asked for under. */
export const attachmentHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Bytes are kept and sent in pieces of this length, the last one shorter: what a cut line has to send again, and a message that a line of
 * 64 kbit/s is through with before patience ends.
 */
export const chunkBytes = 128 * 1024;

/** How many chunks so many bytes make. */
export const chunkCount = (size: number): number => Math.ceil(size / chunkBytes);

/** How long the chunk of this number, from 0, is among so many bytes. */
export const chunkLength = (size: number, number: number): number => Math.min(chunkBytes, size - number * chunkBytes);
