import { createHash } from 'node:crypto';
import { v4, v7 } from 'uuid';
import { chunkBytes, chunkCount } from '../../shared/attachments/attachment.ts';
import type { AttachmentPutAnswer } from '../../shared/sync/attachments.ts';
import type { WireDocument } from '../../shared/sync/protocol.ts';
import type { TestWorkstation } from './workstation.ts';

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes of a length that no two words share. */
export const bytesOf = (word: string, length = 2 * chunkBytes + 5): Buffer => Buffer.alloc(length, word);

export const documentReference = (patientId: string, bytes: Uint8Array, over: Record<string, unknown> = {}): WireDocument => ({
  collection: 'documentReferences', id: v7(), rev: v4(), baseRev: null, deleted: false, createdAt: '2026-03-01T08:00:00.000Z', updatedAt: '2026-03-01T08:00:00.000Z', updatedBy: 'someone',
  content: {
    patientId, title: '出院小结', type: 'discharge-summary', date: '2026-03-01', authorId: v7(), authorName: '李医生',
    attachment: { contentType: 'text/plain', size: bytes.length, hash: hashOf(bytes) }, ...over,
  },
});

/** The copy of a document that goes along with a shared chart. */
export function sharedDocument(sharedChartId: string, bytes: Uint8Array): WireDocument {
  const { content, ...document } = documentReference('', bytes, { sharedChartId });
  const { patientId: _patientId, ...copied } = content as Record<string, unknown>;
  return { ...document, content: copied };
}

export const chunkOf = (bytes: Uint8Array, number: number): string => Buffer.from(bytes.subarray(number * chunkBytes, (number + 1) * chunkBytes)).toString('base64');

export const put = (station: TestWorkstation, { id }: WireDocument, bytes: Uint8Array, number: number): Promise<AttachmentPutAnswer> =>
  station.ask('attachment-put', { id, hash: hashOf(bytes), number, bytes: chunkOf(bytes, number) });

/** Sends all chunks; answers what the last one was answered with. */
export async function putAll(station: TestWorkstation, document: WireDocument, bytes: Uint8Array): Promise<AttachmentPutAnswer> {
  let answer: AttachmentPutAnswer = { named: false, chunks: 0, complete: false };
  for (let number = 0; number < chunkCount(bytes.length); number += 1) answer = await put(station, document, bytes, number);
  return answer;
}

/** Fetches all chunks; undefined where one is not told. */
export async function getAll(station: TestWorkstation, { id }: WireDocument, bytes: Uint8Array): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  for (let number = 0; number < chunkCount(bytes.length); number += 1) {
    const answer = await station.ask('attachment-get', { id, hash: hashOf(bytes), number });
    if (answer.bytes === null) return undefined;
    parts.push(Buffer.from(answer.bytes, 'base64'));
  }
  return Buffer.concat(parts);
}
