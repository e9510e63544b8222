import { chunkCount } from '../../shared/attachments/attachment.ts';
import { contentTypeOf } from '../../shared/attachments/content-type.ts';
import { withoutLocation } from '../../shared/attachments/without-location.ts';
import { uploadBytes, type DocumentReferenceRow } from '../../shared/contract/document-references.ts';
import { chunkBytes } from '../../shared/attachments/attachment.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import { fail } from '../../shared/errors.ts';
import type { DocumentReference } from '../../shared/schema/document-reference.ts';
import { hashOf, keepAttachment, readChunk } from '../storage/attachments/bytes.ts';
import { listDocumentReferences, readDocumentReference, wantAttachment } from '../storage/attachments/documents.ts';
import type { Context } from './context.ts';
import { contentOf, deletedDocument, visibleDocument } from './documents.ts';
import { appendToUpload, bytesOfUpload, closeUpload, openUpload } from './open-uploads.ts';
import { presentPatient } from './patients.ts';
import { assertRecordMayGo } from './retention.ts';
import { readableChart } from './shared-charts.ts';
import { recordViewed } from './viewed.ts';

const collection = 'documentReferences';
const isEnrolled = ({ workstation }: Context): boolean => workstation.sync.serverFacts !== undefined;

export function listDocuments(context: Context, { patientId, ...window }: CallParsed<'documentReferences.list'>): Page<DocumentReferenceRow> {
  visibleDocument(context, 'patients', patientId);
  return listDocumentReferences(context.store.connection, patientId, window, isEnrolled(context));
}

/** Fails with `not-found`, or with `sharing-ended` for what went along with a shared chart. */
export function openDocument(context: Context, { id }: CallParsed<'documentReferences.open'>): DocumentReferenceRow {
  const { store, workstation } = context;
  const document = visible(context, id);
  recordViewed(context, 'document.viewed', { collection, documentId: id, patientId: subjectOf(context, document) });
  const row = readDocumentReference(store.connection, id, isEnrolled(context)) as DocumentReferenceRow;
  if (!row.isHere) {
    wantAttachment(store.connection, id);
    workstation.sync.syncNow();
  }
  return row;
}

const chunksAtOnce = uploadBytes / chunkBytes;

/** Fails with `not-found`, `sharing-ended` or `attachment-not-here`. */
export function readDocument(context: Context, { id, part }: CallParsed<'documentReferences.read'>): { base64: string; done: boolean } {
  const { attachment } = visible(context, id);
  const { connection } = context.store;
  if (readDocumentReference(connection, id, false)?.isHere !== true) fail({ code: 'attachment-not-here' });
  const end = Math.min(chunkCount(attachment.size), (part + 1) * chunksAtOnce);
  const pieces: Uint8Array[] = [];
  for (let number = part * chunksAtOnce; number < end; number += 1) pieces.push(readChunk(connection, attachment.hash, number) ?? fail({ code: 'attachment-not-here' }));
  return { base64: Buffer.concat(pieces).toString('base64'), done: end === chunkCount(attachment.size) };
}

export function documentExported(context: Context, { id }: CallParsed<'documentReferences.exported'>): null {
  const { workstation, actor } = context;
  workstation.audit({ actor, action: 'document.exported', about: about(ofPatient(visible(context, id))) });
  return null;
}

export const beginUpload = (context: Context, { size }: CallParsed<'documentReferences.begin'>): { uploadId: string } => ({ uploadId: openUpload(context, size) });

export function appendUpload(context: Context, { uploadId, base64 }: CallParsed<'documentReferences.append'>): null {
  appendToUpload(context, uploadId, Buffer.from(base64, 'base64'));
  return null;
}

export function cancelUpload(context: Context): null {
  closeUpload(context);
  return null;
}

/**
 * Saves document and bytes in one transaction. What the bytes are is read from themselves; where a picture was taken is left out. Fails with
 * `attachment-not-supported`, `attachment-lost`, `not-found` or `patient-deleted`.
 */
export function createDocument(context: Context, { uploadId, patientId, content }: CallParsed<'documentReferences.create'>): DocumentReference {
  const { store, actor, user } = context;
  presentPatient(store, patientId);
  const sent = bytesOfUpload(context, uploadId);
  const contentType = contentTypeOf(sent) ?? fail({ code: 'attachment-not-supported' });
  const bytes = withoutLocation(sent, contentType);
  const attachment = { contentType, size: bytes.length, hash: hashOf(bytes) };
  const created = store.commit({ actor, action: 'document.created', about: { patientId } }, (transaction) => {
    const document = transaction.create(collection, { ...content, patientId, authorId: user.id, authorName: user.displayName, attachment });
    keepAttachment(store.connection, { hash: attachment.hash, bytes, documentId: document.id });
    return document;
  });
  closeUpload(context);
  return created;
}

/** What is said of it; the bytes stay what they are. Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function updateDocument(context: Context, { id, rev, content }: CallParsed<'documentReferences.update'>): DocumentReference {
  const { store, actor } = context;
  const { patientId, authorId, authorName, attachment } = contentOf(writable(context, id));
  return store.commit({ actor, action: 'document.updated', about: { patientId } }, (transaction) =>
    transaction.update(collection, id, { ...content, patientId, authorId, authorName, attachment }, { over: rev }));
}

/**
 * Moves it to the trash; its bytes stay. What belongs to a signed record is kept as long as that. Fails with `retention-period`,
 * `chart-sealed`, `not-found`, `patient-deleted` or `stale-revision`.
 */
export function deleteDocument(context: Context, { id, rev }: CallParsed<'documentReferences.delete'>): null {
  const { store, actor } = context;
  const document = writable(context, id);
  const record = store.get('medicalRecords', document.medicalRecordId ?? '');
  if (record !== undefined) assertRecordMayGo(store, record);
  store.commit({ actor, action: 'document.deleted', about: about(document) }, (transaction) => transaction.remove(collection, id, { over: rev }));
  return null;
}

/** Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function restoreDocument(context: Context, { id, rev }: CallParsed<'documentReferences.restore'>): DocumentReference {
  const { store, actor } = context;
  const document = ofPatient(deletedDocument(context, collection, id));
  presentPatient(store, document.patientId);
  return store.commit({ actor, action: 'document.restored', about: about(document) }, (transaction) => transaction.restore(collection, id, { over: rev }));
}

type ChartDocument = DocumentReference & { patientId: string };

/** Of a patient's chart: what went along with a shared chart is only looked at. */
const ofPatient = (document: DocumentReference): ChartDocument =>
  document.patientId === undefined ? fail({ code: 'not-found', collection }) : { ...document, patientId: document.patientId };

function writable({ store }: Context, id: string): ChartDocument {
  const found = store.get(collection, id);
  if (found === undefined || found.deleted) return fail({ code: 'not-found', collection });
  const document = ofPatient(found);
  presentPatient(store, document.patientId);
  return document;
}

/** A deleted patient's documents go with the patient, and those of a shared chart with it. */
function visible(context: Context, id: string): DocumentReference {
  const document = visibleDocument(context, collection, id);
  if (document.sharedChartId === undefined) visibleDocument(context, 'patients', ofPatient(document).patientId);
  else readableChart(context.store, document.sharedChartId);
  return document;
}

/** Whose they are: of a copy, the patient whom the letter is about that it came with. */
function subjectOf({ store }: Context, { patientId, sharedChartId = '' }: DocumentReference): string {
  if (patientId !== undefined) return patientId;
  return store.get('referrals', store.get('sharedCharts', sharedChartId)?.referralId ?? '')?.subjectId ?? '';
}

const about = ({ id, patientId }: ChartDocument) => ({ collection: collection as 'documentReferences', documentId: id, patientId });
