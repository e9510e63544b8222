import type { Communication as FhirCommunication } from '@medplum/fhirtypes';
import type { Communication, CommunicationContent } from '../../schema/communication.ts';
import { instantFromFhir, maybe, reference, textExtension, textExtensions, type ImportContext } from './common.ts';
import { receiptsFrom, receiptTexts } from './receipts.ts';

/** FHIR R4 Communication. On a referral it names that one: whoever holds the referral knows whom it is about. */
export function communicationToFhir(communication: Communication): FhirCommunication {
  const { id, updatedAt, patientId, referralId, payload, sent, senderName, senderSiteId, recipientSiteId, recipientId, recipientName, received } = communication;
  const { received: _element, ...receipts } = receiptTexts(communication);
  return {
    resourceType: 'Communication', id, meta: { lastUpdated: updatedAt },
    ...textExtensions({ 'sender-site': senderSiteId, 'recipient-site': recipientSiteId, ...receipts }),
    status: 'completed',
    ...(patientId !== undefined && { subject: reference('Patient', patientId) }),
    ...(referralId !== undefined && { about: [reference('ServiceRequest', referralId)] }),
    sent,
    ...maybe('received', received),
    ...(recipientName !== undefined && { recipient: [{ ...(recipientId !== undefined && reference('Practitioner', recipientId)), display: recipientName }] }),
    sender: { display: senderName },
    payload: [{ contentString: payload }],
  };
}

export function communicationFromFhir(resource: FhirCommunication, { idOf, importer }: ImportContext): Partial<CommunicationContent> {
  const { subject, about, sent, received, sender, recipient, payload } = resource;
  const patientId = idOf(subject);
  const text = (payload ?? []).flatMap(({ contentString }) => contentString ?? []).join('\n');
  return {
    ...(patientId === undefined ? maybe('referralId', idOf(about?.find((one) => one.reference?.includes('ServiceRequest/')))) : { patientId }),
    ...maybe('payload', text === '' ? undefined : text),
    ...maybe('sent', instantFromFhir(sent ?? received)),
    senderId: importer.id,
    senderName: sender?.display ?? importer.name,
    ...maybe('senderSiteId', textExtension(resource, 'sender-site')),
    ...maybe('recipientSiteId', textExtension(resource, 'recipient-site')),
    ...maybe('recipientId', idOf(recipient?.[0])),
    ...maybe('recipientName', recipient?.[0]?.display),
    ...receiptsFrom(resource, importer.id),
    ...maybe('received', instantFromFhir(received)),
  };
}
