import { chunkCount } from '../../shared/attachments/attachment.ts';
import type { DocumentReference } from '../../shared/schema/document-reference.ts';
import { readNamedChunk } from '../service/attachments.ts';
import type { ServiceContext } from '../service/context.ts';
import { readDocument, type Asker } from './read.ts';

/** FHIR R4 Binary: the bytes of a document, a piece at a time. */
export interface BinaryContent {
  id: string;
  contentType: string;
  /** Bytes in all. */
  size: number;
  pieces(): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Undefined for what the site may not know of, and for bytes that are not whole here: a workstation may not have sent them yet. */
export async function readBinary(context: ServiceContext, asker: Asker, id: string): Promise<BinaryContent | undefined> {
  const document = (await readDocument(context, asker, 'documentReferences', id)) as DocumentReference | undefined;
  if (document === undefined) return undefined;
  const { hash, size, contentType } = document.attachment;
  const read = (number: number) => readNamedChunk(context, asker.session, { id: asker.aliases.idOf('documentReferences', id.toLowerCase()), hash, number });
  if ((await read(0)) === undefined) return undefined;
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let number = 0; number < chunkCount(size); number += 1) {
      const piece = await read(number);
      // Withdrawn or deleted meanwhile: an answer that breaks off is seen, one that is short is not.
      if (piece === undefined) throw new Error('The bytes are gone while they are read');
      yield piece;
    }
  }
  return { id: document.id, contentType, size, pieces };
}

/** The same as JSON. Base64 is written three bytes at a time: what is left of one piece begins the next. */
export async function* asJson({ id, contentType, pieces }: BinaryContent): AsyncGenerator<string, void, undefined> {
  yield `{"resourceType":"Binary","id":${JSON.stringify(id)},"contentType":${JSON.stringify(contentType)},"data":"`;
  let rest = Buffer.alloc(0);
  for await (const piece of pieces()) {
    const bytes = Buffer.concat([rest, piece]);
    const whole = bytes.length - (bytes.length % 3);
    yield bytes.subarray(0, whole).toString('base64');
    rest = bytes.subarray(whole);
  }
  yield `${rest.toString('base64')}"}`;
}
