import type { Attachment as FhirAttachment, DocumentReference as FhirDocumentReference } from '@medplum/fhirtypes';
import { documentReferenceTypes, type DocumentReference, type DocumentReferenceContent, type DocumentReferenceType } from '../../schema/document-reference.ts';
import { codeSystems } from '../../schema/fhir-types.ts';
import { conceptFromFhir, dayFromFhir, firstCode, maybe, reference, type ImportContext } from './common.ts';

/** LOINC, as FHIR's value set c80-doc-typecodes has them; what is of no kind in particular has no code. */
const codeOfType: Partial<Record<DocumentReferenceType, string>> = {
  'referral-letter': '57133-1', 'discharge-summary': '18842-5', 'laboratory-report': '11502-2', imaging: '18748-4', photograph: '72170-4', consent: '59284-0', insurance: '64290-0',
};

/** FHIR R4 DocumentReference. Its bytes are a Binary of the same id. */
export function documentReferenceToFhir(document: DocumentReference): FhirDocumentReference {
  const { id, createdAt, updatedAt, title, type, date, patientId, medicalRecordId, authorId, authorName, attachment } = document;
  const coded = codeOfType[type];
  return {
    resourceType: 'DocumentReference', id, meta: { lastUpdated: updatedAt },
    status: 'current',
    type: { ...(coded !== undefined && { coding: [{ system: codeSystems.loinc, code: coded }] }), text: type },
    ...(patientId !== undefined && { subject: reference('Patient', patientId) }),
    date: createdAt,
    author: [{ ...reference('Practitioner', authorId), display: authorName }],
    description: title,
    content: [{ attachment: { contentType: attachment.contentType, url: `Binary/${id}`, size: attachment.size, title, creation: date } }],
    ...(medicalRecordId !== undefined && { context: { encounter: [reference('Encounter', medicalRecordId)] } }),
  };
}

export function documentReferenceFromFhir(resource: FhirDocumentReference, { idOf, attachmentOf, importer }: ImportContext): Partial<DocumentReferenceContent> {
  const { type, category, subject, date, author, description, content, context } = resource;
  const about = firstAttachment(resource);
  return {
    ...maybe('title', description ?? about?.title ?? conceptFromFhir(type)?.text ?? conceptFromFhir(category?.[0])?.text),
    type: typeOf(type),
    ...maybe('date', dayFromFhir(about?.creation) ?? dayFromFhir(context?.period?.start) ?? dayFromFhir(date)),
    ...maybe('patientId', idOf(subject)),
    ...maybe('medicalRecordId', idOf(context?.encounter?.find((one) => one.reference?.includes('EpisodeOfCare/') !== true))),
    authorId: importer.id,
    authorName: author?.find(({ display }) => display !== undefined)?.display ?? importer.name,
    ...maybe('attachment', content.length === 0 ? undefined : attachmentOf(resource)),
  };
}

/** The same document in several formats is kept in the first of them. */
export const firstAttachment = ({ content }: FhirDocumentReference): FhirAttachment | undefined => content[0]?.attachment;

function typeOf(type: FhirDocumentReference['type']): DocumentReferenceType {
  const code = firstCode(type, codeSystems.loinc);
  return documentReferenceTypes.find((known) => (code === undefined ? known === type?.text : codeOfType[known] === code)) ?? 'other';
}
