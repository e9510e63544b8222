import { largestAttachment } from '../../shared/attachments/attachment.ts';
import { fail } from '../../shared/errors.ts';
import type { Context } from './context.ts';
import type { Session } from './session-registry.ts';

const megabyte = 1024 * 1024;

/** A file on its way from the screen. It is in memory alone: on a disk it would lie in the clear. */
interface Upload {
  id: string;
  bytes: Uint8Array;
  received: number;
}

/** One a session, held by the session itself: when it ends, the bytes go with it. */
const uploads = new WeakMap<Session, Upload>();

const sessionOf = ({ workstation, sessionId }: Context): Session => workstation.sessions.get(sessionId) ?? fail({ code: 'unauthenticated' });

/** Takes the place of the session's last one. Fails with `attachment-too-large`. */
export function openUpload(context: Context, size: number): string {
  if (size > largestAttachment) fail({ code: 'attachment-too-large', limitMegabytes: largestAttachment / megabyte });
  const upload = { id: context.environment.newId(), bytes: new Uint8Array(size), received: 0 };
  uploads.set(sessionOf(context), upload);
  return upload.id;
}

/** Fails with `attachment-lost` for one that is not this session's, or for more bytes than were announced. */
export function appendToUpload(context: Context, uploadId: string, piece: Uint8Array): void {
  const upload = findUpload(context, uploadId);
  if (upload.received + piece.length > upload.bytes.length) fail({ code: 'attachment-lost' });
  upload.bytes.set(piece, upload.received);
  upload.received += piece.length;
}

/** The whole file. Fails with `attachment-lost` while bytes are missing. */
export function bytesOfUpload(context: Context, uploadId: string): Uint8Array {
  const upload = findUpload(context, uploadId);
  return upload.received === upload.bytes.length ? upload.bytes : fail({ code: 'attachment-lost' });
}

export function closeUpload(context: Context): void {
  uploads.delete(sessionOf(context));
}

function findUpload(context: Context, uploadId: string): Upload {
  const upload = uploads.get(sessionOf(context));
  return upload?.id === uploadId ? upload : fail({ code: 'attachment-lost' });
}
