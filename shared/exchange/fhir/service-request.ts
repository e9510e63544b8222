import type { Procedure, ServiceRequest as FhirServiceRequest } from '@medplum/fhirtypes';
import type { ServiceRequest, ServiceRequestContent } from '../../schema/service-request.ts';
import { codeSystems } from '../../schema/fhir-types.ts';
import { clinicalFieldsFrom, encounterOf, patientOf } from './clinical-fields.ts';
import {
  conceptFromFhir, conceptToFhir, dateTimeFromFhir, firstCode, groupFromFhir, groupIdentifier, instantFromFhir, maybe, notesFromFhir, notesToFhir, textExtension, textExtensions,
  type ImportContext,
} from './common.ts';

type Category = ServiceRequestContent['category'];
/** SNOMED CT, as FHIR's value set servicerequest-category has them. */
const codeOfCategory: Partial<Record<Category, string>> = { laboratory: '108252007', imaging: '363679005', procedure: '387713003' };

/** FHIR R4 Procedure for what was done, ServiceRequest for what was ordered. */
export const serviceRequestToFhir = (request: ServiceRequest): FhirServiceRequest | Procedure => (isProcedure(request) ? procedureToFhir(request) : orderToFhir(request));

/** Something that was done, whether or not somebody had ordered it here. */
const isProcedure = ({ category, status, performedDateTime }: ServiceRequestContent) => category === 'procedure' && status === 'completed' && performedDateTime !== undefined;

function orderToFhir(request: ServiceRequest): FhirServiceRequest {
  const { id, updatedAt, status, category, priority, code, authoredOn, recorderName, signature, groupIdentifier: group, performedDateTime, statusReason, note } = request;
  const coded = codeOfCategory[category];
  return {
    resourceType: 'ServiceRequest', id, meta: { lastUpdated: updatedAt },
    ...textExtensions({ 'status-reason': statusReason, recorder: signature === undefined || signature.name === recorderName ? undefined : recorderName }),
    ...(group !== undefined && { requisition: groupIdentifier(group) }),
    status,
    intent: 'order',
    category: [{ ...(coded !== undefined && { coding: [{ system: codeSystems.snomed, code: coded }] }), text: category }],
    ...maybe('priority', priority),
    code: conceptToFhir(code),
    subject: patientOf(request),
    ...encounterOf(request),
    ...maybe('occurrenceDateTime', performedDateTime),
    ...maybe('authoredOn', authoredOn),
    requester: { display: signature?.name ?? recorderName },
    ...notesToFhir(note),
  };
}

/** What was ordered here before it was done says so in extensions: the order is no resource beside it. */
function procedureToFhir(request: ServiceRequest): Procedure {
  const { id, updatedAt, code, performedDateTime, performedEndDateTime, recorderName, note, priority, authoredOn, groupIdentifier: requisition, statusReason } = request;
  return {
    resourceType: 'Procedure', id, meta: { lastUpdated: updatedAt },
    ...textExtensions({ priority, 'authored-on': authoredOn, requisition, 'status-reason': statusReason }),
    status: 'completed',
    code: conceptToFhir(code),
    subject: patientOf(request),
    ...encounterOf(request),
    ...(performedEndDateTime === undefined ? maybe('performedDateTime', performedDateTime) : { performedPeriod: { ...maybe('start', performedDateTime), end: performedEndDateTime } }),
    recorder: { display: recorderName },
    ...notesToFhir(note),
  };
}

export function serviceRequestFromFhir(resource: FhirServiceRequest, context: ImportContext): Partial<ServiceRequestContent> {
  const { status, category, priority, code, subject, encounter, occurrenceDateTime, authoredOn, requester, requisition, note } = resource;
  return {
    ...maybe('code', conceptFromFhir(code)),
    category: categoryOf(category),
    ...maybe('priority', priority),
    status,
    ...maybe('authoredOn', instantFromFhir(authoredOn)),
    ...maybe('performedDateTime', dateTimeFromFhir(occurrenceDateTime)),
    ...maybe('groupIdentifier', groupFromFhir(requisition)),
    ...maybe('statusReason', textExtension(resource, 'status-reason')),
    ...maybe('note', notesFromFhir(note)),
    ...clinicalFieldsFrom({ patient: subject, encounter, recordedDate: authoredOn, recorder: textExtension(resource, 'recorder') ?? requester?.display }, context),
  };
}

function categoryOf(concepts: FhirServiceRequest['category']): Category {
  const codes = new Set((concepts ?? []).map((concept) => firstCode(concept, codeSystems.snomed)));
  return (['laboratory', 'imaging', 'procedure'] as const).find((category) => codes.has(codeOfCategory[category])) ?? 'other';
}

const statusOfProcedure: Readonly<Record<string, ServiceRequestContent['status']>> = {
  preparation: 'active', 'in-progress': 'active', 'on-hold': 'on-hold', 'not-done': 'revoked', stopped: 'revoked', completed: 'completed', 'entered-in-error': 'entered-in-error',
};

export function procedureFromFhir(resource: Procedure, context: ImportContext): Partial<ServiceRequestContent> {
  const { status, code, subject, encounter, performedDateTime, performedPeriod, recorder, performer, note } = resource;
  const began = performedDateTime ?? performedPeriod?.start;
  return {
    ...maybe('code', conceptFromFhir(code)),
    category: 'procedure',
    status: statusOfProcedure[status] ?? 'unknown',
    ...maybe('priority', textExtension(resource, 'priority') as ServiceRequestContent['priority']),
    ...maybe('authoredOn', instantFromFhir(textExtension(resource, 'authored-on'))),
    ...maybe('groupIdentifier', textExtension(resource, 'requisition')),
    ...maybe('statusReason', textExtension(resource, 'status-reason') ?? conceptFromFhir(resource.statusReason)?.text),
    ...maybe('performedDateTime', dateTimeFromFhir(began)),
    ...maybe('performedEndDateTime', dateTimeFromFhir(performedPeriod?.end)),
    ...maybe('note', notesFromFhir(note)),
    ...clinicalFieldsFrom({ patient: subject, encounter, recordedDate: began, recorder: recorder?.display ?? performer?.[0]?.actor.display }, context),
  };
}
