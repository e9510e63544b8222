import { uploadBytes } from '../../../shared/contract/document-references.ts';
import type { DocumentReference, DocumentReferenceInput } from '../../../shared/schema/document-reference.ts';
import { call } from '../../api/client.ts';
import { toBase64 } from '../imports/send-file.ts';

/** Hands a file over piece by piece, and makes a document of it. What was begun is given up where a piece fails. */
export async function addDocument(file: Blob, { patientId, content }: { patientId: string; content: DocumentReferenceInput }): Promise<DocumentReference> {
  const { uploadId } = await call('documentReferences.begin', { size: file.size });
  try {
    for (let from = 0; from < file.size; from += uploadBytes) {
      const piece = new Uint8Array(await file.slice(from, from + uploadBytes).arrayBuffer());
      await call('documentReferences.append', { uploadId, base64: toBase64(piece) });
    }
    return await call('documentReferences.create', { uploadId, patientId, content });
  } catch (error) {
    await call('documentReferences.cancel', { uploadId }).catch(() => undefined);
    throw error;
  }
}

/** The bytes of a document, in memory alone. */
export async function readBytes(id: string, contentType: string): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let part = 0; ; part += 1) {
    const { base64, done } = await call('documentReferences.read', { id, part });
    parts.push(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
    if (done) return new Blob(parts, { type: contentType });
  }
}
