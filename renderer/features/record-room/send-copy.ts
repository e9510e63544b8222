import { uploadBytes } from '../../../shared/contract/document-references.ts';
import type { Verification } from '../../../shared/record-room/sealed-copy.ts';
import { call } from '../../api/client.ts';
import { toBase64 } from '../imports/send-file.ts';

/** Has a file verified: it goes to the backend piece by piece and stays in memory there. */
export async function verifyFile(file: Blob): Promise<Verification> {
  const { uploadId } = await call('recordRoom.beginVerify', { size: Math.max(1, file.size) });
  for (let from = 0; from < file.size; from += uploadBytes) {
    const piece = new Uint8Array(await file.slice(from, from + uploadBytes).arrayBuffer());
    await call('recordRoom.appendVerify', { uploadId, base64: toBase64(piece) });
  }
  return call('recordRoom.verify', { uploadId });
}
