import type { DocumentReference as FhirDocumentReference, Resource } from '@medplum/fhirtypes';
import { largestAttachment } from '../../shared/attachments/attachment.ts';
import { contentTypeOf } from '../../shared/attachments/content-type.ts';
import { withoutLocation } from '../../shared/attachments/without-location.ts';
import type { FieldIssue } from '../../shared/errors.ts';
import { firstAttachment } from '../../shared/exchange/fhir/document-reference.ts';
import type { ReadResource } from '../../shared/exchange/fhir/read-resources.ts';
import type { ResourceNames } from '../../shared/exchange/fhir/resource-names.ts';
import type { Attachment } from '../../shared/schema/document-reference.ts';
import { hashOf } from '../storage/attachments/bytes.ts';
import type { Store } from '../storage/store.ts';
import type { RunningJob } from './job-runner.ts';

/** The files inside a file of resources. Their bytes stay base64 until they are kept: a clinic's pictures are gigabytes. */
export interface CarriedAttachments {
  attachmentOf(resource: FhirDocumentReference): Attachment | undefined;
  /** Why a document cannot be kept. */
  issuesOf(resource: Resource): FieldIssue[];
  /** The bytes of a document, as they are kept here; undefined where they are here already. */
  bytesOf(documentId: string): Uint8Array | undefined;
  /** Binaries that are the bytes of a document of the file. */
  used: ReadonlySet<Resource>;
}

const megabyte = 1_048_576;

export async function readAttachments(store: Store, resources: readonly ReadResource[], names: ResourceNames, job: RunningJob): Promise<CarriedAttachments> {
  const attachments = new Map<Resource, Attachment>();
  const issues = new Map<Resource, FieldIssue[]>();
  const encoded = new Map<string, string>();
  const used = new Set<Resource>();
  for (const { resource, fullUrl } of resources) {
    if (resource.resourceType !== 'DocumentReference') continue;
    const id = names.ownId(resource, fullUrl) ?? '';
    const { data, binary } = dataOf(resource, names);
    if (binary !== undefined) used.add(binary);
    const read = described(data);
    if ('attachment' in read) {
      attachments.set(resource, read.attachment);
      encoded.set(id, data as string);
    } else {
      const known = store.get('documentReferences', id)?.attachment;
      if (known === undefined) issues.set(resource, [read.issue]);
      else attachments.set(resource, known);
    }
    await job.pause();
  }
  return {
    used,
    attachmentOf: (resource) => attachments.get(resource),
    issuesOf: (resource) => issues.get(resource) ?? [],
    bytesOf: (documentId) => kept(encoded.get(documentId)),
  };
}

function dataOf(resource: FhirDocumentReference, names: ResourceNames): { data: string | undefined; binary?: Resource } {
  const attachment = firstAttachment(resource);
  if (attachment?.data !== undefined) return { data: attachment.data };
  const binary = names.find(attachment?.url);
  return binary?.resourceType === 'Binary' ? { data: binary.data, binary } : { data: undefined };
}

/** What is kept of a file: where a picture was taken is not. */
function kept(base64: string | undefined): Uint8Array | undefined {
  if (base64 === undefined) return undefined;
  const sent = Buffer.from(base64, 'base64');
  const contentType = contentTypeOf(sent);
  return contentType && withoutLocation(sent, contentType);
}

function described(base64: string | undefined): { attachment: Attachment } | { issue: FieldIssue } {
  if (base64 === undefined || base64 === '') return { issue: { path: 'attachment', code: 'attachment-missing' } };
  // Looked at before it is decoded: what is refused is not held in memory twice.
  if (base64.length * 0.75 > largestAttachment + 3) return { issue: { path: 'attachment', code: 'attachment-too-large', params: { limit: largestAttachment / megabyte } } };
  const bytes = kept(base64);
  const contentType = bytes && contentTypeOf(bytes);
  if (bytes === undefined || contentType === undefined) return { issue: { path: 'attachment', code: 'attachment-not-supported' } };
  return { attachment: { contentType, size: bytes.length, hash: hashOf(bytes) } };
}
