import type { ServiceRequest as FhirServiceRequest } from '@medplum/fhirtypes';
import { codeSystems } from '../../schema/fhir-types.ts';
import { genders } from '../../schema/patient.ts';
import { referralKinds, referralStatuses, type Referral, type ReferralContent, type ReferralStatus } from '../../schema/referral.ts';
import { conceptFromFhir, extensionUrl, instantFromFhir, maybe, reference, textExtension, textExtensions, type ImportContext } from './common.ts';
import { receiptsFrom, receiptTexts } from './receipts.ts';

/** A letter from one site to another is told from an order by this tag. */
const referralTag = { system: extensionUrl('kind'), code: 'referral' };
export const isReferral = ({ meta }: FhirServiceRequest): boolean => meta?.tag?.some(({ system, code }) => system === referralTag.system && code === referralTag.code) === true;

/** SNOMED CT: patient referral, patient transfer. */
const codeOfKind: Partial<Record<Referral['kind'], string>> = { referral: '3457005', transfer: '107724000' };
const requestStatus: Record<ReferralStatus, FhirServiceRequest['status']> = { requested: 'active', accepted: 'active', rejected: 'revoked', cancelled: 'revoked', completed: 'completed' };

/** FHIR R4 ServiceRequest. The copy of a chart that goes along is told by nobody but to its two sites. */
export function referralToFhir(referral: Referral): FhirServiceRequest {
  const { id, updatedAt, kind, status, priority, subjectId, patientName, gender, birthday, reason, authoredOn, requesterName, recipientId, recipientName, keepCopy, ...rest } = referral;
  const code = codeOfKind[kind];
  return {
    resourceType: 'ServiceRequest', id, meta: { lastUpdated: updatedAt, tag: [referralTag] },
    ...textExtensions({
      'referral-status': status, 'sender-site': rest.senderSiteId, 'recipient-site': rest.recipientSiteId, 'recipient-patient': rest.recipientPatientId, gender, birthday,
      'keep-copy': keepCopy === undefined ? undefined : String(keepCopy), 'handed-over': rest.handedOver, 'status-reason': rest.statusReason, ...receiptTexts(referral),
    }),
    status: requestStatus[status],
    intent: 'order',
    category: [{ ...(code !== undefined && { coding: [{ system: codeSystems.snomed, code }] }), text: kind }],
    priority,
    subject: { ...reference('Patient', subjectId), display: patientName },
    authoredOn,
    requester: { display: requesterName },
    ...(recipientName !== undefined && { performer: [{ ...(recipientId !== undefined && reference('Practitioner', recipientId)), display: recipientName }] }),
    reasonCode: [{ text: reason }],
  };
}

/**
 * The letter, for the site that brings it in alone: whom it went to elsewhere is not told of it again, and a transfer that was accepted
 * there hands over no chart from here.
 */
export function referralFromFhir(resource: FhirServiceRequest, { idOf, importer, now }: ImportContext): Partial<ReferralContent> {
  const { category, priority, subject, authoredOn, requester, performer, reasonCode } = resource;
  const said = (name: string) => textExtension(resource, name);
  const kind = referralKinds.find((known) => known === category?.[0]?.text) ?? 'referral';
  const status = referralStatuses.find((known) => known === said('referral-status')) ?? 'requested';
  const senderSiteId = said('sender-site');
  const isOver = kind === 'transfer' && (status === 'accepted' || status === 'completed');
  return {
    kind, status,
    priority: priority ?? 'routine',
    ...maybe('subjectId', idOf(subject)),
    ...maybe('patientName', subject.display),
    gender: genders.find((known) => known === said('gender')) ?? 'unknown',
    ...maybe('birthday', said('birthday')),
    ...maybe('reason', conceptFromFhir(reasonCode?.[0])?.text),
    ...maybe('authoredOn', instantFromFhir(authoredOn)),
    requesterId: importer.id,
    requesterName: requester?.display ?? importer.name,
    ...maybe('senderSiteId', senderSiteId),
    ...maybe('recipientSiteId', said('recipient-site')),
    ...maybe('siteIds', senderSiteId === undefined ? undefined : [senderSiteId]),
    ...maybe('recipientId', idOf(performer?.[0])),
    ...maybe('recipientName', performer?.[0]?.display),
    ...maybe('recipientPatientId', said('recipient-patient')),
    ...maybe('keepCopy', said('keep-copy') === undefined ? undefined : said('keep-copy') === 'true'),
    ...maybe('handedOver', instantFromFhir(said('handed-over')) ?? (isOver ? now : undefined)),
    ...maybe('statusReason', said('status-reason')),
    ...receiptsFrom(resource, importer.id),
  };
}
