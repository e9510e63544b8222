import { z } from 'zod';
import { idSchema } from '../schema/document.ts';
import { documentReferenceInputSchema, type DocumentReference } from '../schema/document-reference.ts';
import { call } from './call.ts';
import { pageSchema, type Page } from './page.ts';

/** Bytes of a file in one call. */
export const uploadBytes = 512 * 1024;

/** A document, and where its bytes are. */
export type DocumentReferenceRow = DocumentReference & {
  /** Bytes that are on this workstation; the document opens when all are. */
  bytesHere: number;
  isHere: boolean;
  /** Whether the server has the document and its bytes; absent for a workstation that belongs to no server. */
  isOnServer?: boolean;
};

const uploadRef = z.strictObject({ uploadId: idSchema });
const atRev = z.strictObject({ id: idSchema, rev: idSchema });

export const documentReferenceCalls = {
  /** Latest day first. */
  'documentReferences.list': call('record.read', z.strictObject({ ...pageSchema, patientId: idSchema }))<Page<DocumentReferenceRow>>(),
  /** Looks at one to open it. What is not here is fetched before all else. */
  'documentReferences.open': call('record.read', z.strictObject({ id: idSchema }))<DocumentReferenceRow>(),
  /** A piece of its bytes, from 0 on. Fails with `attachment-not-here`. */
  'documentReferences.read': call('record.read', z.strictObject({ id: idSchema, part: z.int().min(0).max(10_000) }))<{ base64: string; done: boolean }>(),
  /** Tells the audit that it was written to a file. */
  'documentReferences.exported': call('record.read', z.strictObject({ id: idSchema }))<null>(),
  /** A file of so many bytes is about to come; it stays in memory until a document is made of it. Fails with `attachment-too-large`. */
  'documentReferences.begin': call('record.write', z.strictObject({ size: z.int().min(1) }))<{ uploadId: string }>(),
  'documentReferences.append': call('record.write', z.strictObject({ ...uploadRef.shape, base64: z.base64().max(Math.ceil(uploadBytes / 3) * 4) }))<null>(),
  'documentReferences.cancel': call('record.write', uploadRef)<null>(),
  /** Fails with `attachment-not-supported`, `attachment-lost`, `not-found` or `patient-deleted`. */
  'documentReferences.create': call('record.write', z.strictObject({ ...uploadRef.shape, patientId: idSchema, content: documentReferenceInputSchema }))<DocumentReference>(),
  'documentReferences.update': call('record.write', z.strictObject({ ...atRev.shape, content: documentReferenceInputSchema }))<DocumentReference>(),
  'documentReferences.delete': call('record.delete', atRev)<null>(),
  'documentReferences.restore': call('trash.restore', atRev)<DocumentReference>(),
};
