import type { Task } from '@medplum/fhirtypes';
import { careTaskStatuses, type CareTask, type CareTaskContent } from '../../schema/care-task.ts';
import { conceptFromFhir, dayFromFhir, instantFromFhir, maybe, reference, textExtension, textExtensions, type ImportContext } from './common.ts';
import { receiptsFrom, receiptTexts } from './receipts.ts';

/** FHIR R4 Task. On a referral it names that one: whoever holds the referral knows whom it is about. */
export function careTaskToFhir(task: CareTask): Task {
  const { id, updatedAt, patientId, referralId, description, status, priority, due, authoredOn, requesterName, requesterSiteId, ownerSiteId, ownerId, ownerName, statusReason } = task;
  return {
    resourceType: 'Task', id, meta: { lastUpdated: updatedAt },
    ...textExtensions({ 'requester-site': requesterSiteId, 'owner-site': ownerSiteId, ...receiptTexts(task) }),
    status,
    ...(statusReason !== undefined && { statusReason: { text: statusReason } }),
    intent: 'order',
    priority,
    description,
    ...(referralId !== undefined && { focus: reference('ServiceRequest', referralId) }),
    ...(patientId !== undefined && { for: reference('Patient', patientId) }),
    authoredOn,
    requester: { display: requesterName },
    ...(ownerName !== undefined && { owner: { ...(ownerId !== undefined && reference('Practitioner', ownerId)), display: ownerName } }),
    ...(due !== undefined && { restriction: { period: { end: due } } }),
  };
}

/** What has ended elsewhere, in the words that are known here; all else is still to be done. */
const ended: Readonly<Record<string, CareTaskContent['status']>> = { failed: 'cancelled', 'entered-in-error': 'cancelled' };

export function careTaskFromFhir(resource: Task, { idOf, importer, now }: ImportContext): Partial<CareTaskContent> {
  const { status, statusReason, priority, description, code, focus, for: subject, authoredOn, requester, owner, restriction } = resource;
  const patientId = idOf(subject);
  return {
    ...(patientId === undefined ? maybe('referralId', idOf(focus)) : { patientId }),
    ...maybe('description', description ?? conceptFromFhir(code)?.text),
    status: careTaskStatuses.find((known) => known === status) ?? ended[status] ?? 'requested',
    priority: priority ?? 'routine',
    ...maybe('due', dayFromFhir(restriction?.period?.end)),
    authoredOn: instantFromFhir(authoredOn) ?? now,
    requesterId: importer.id,
    requesterName: requester?.display ?? importer.name,
    ...maybe('requesterSiteId', textExtension(resource, 'requester-site')),
    ...maybe('ownerSiteId', textExtension(resource, 'owner-site')),
    ...maybe('ownerId', idOf(owner)),
    ...maybe('ownerName', owner?.display),
    ...maybe('statusReason', conceptFromFhir(statusReason)?.text),
    ...receiptsFrom(resource, importer.id),
  };
}
