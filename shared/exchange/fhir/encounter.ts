import type { Encounter as FhirEncounter } from '@medplum/fhirtypes';
import { encounterPriorities, encounterStatuses, type Encounter, type EncounterContent, type EncounterPriority } from '../../schema/encounter.ts';
import { codedAs, conceptFromFhir, extensionUrl, firstCode, instantFromFhir, maybe, reference, textExtension, textExtensions, type ImportContext } from './common.ts';
import { classOfKind, kindOfClass } from './encounter-class.ts';

const priorities = 'http://terminology.hl7.org/CodeSystem/v3-ActPriority';
const codeOfPriority: Record<EncounterPriority, string> = { routine: 'R', urgent: 'UR', emergency: 'EM' };

/** What was written of a visit is an Encounter, too: the visit itself is told from it by this tag. */
const visitTag = { system: extensionUrl('kind'), code: 'visit' };

/** A visit as the desk has it, from arrival to end. Those of elsewhere are told by a state in which nothing can have been written yet. */
export const isVisit = ({ meta, status }: FhirEncounter): boolean =>
  meta?.tag?.some(({ system, code }) => system === visitTag.system && code === visitTag.code) === true || status === 'arrived' || status === 'triaged';

/** FHIR R4 Encounter. When the patient was called is when it got `in-progress`. */
export function encounterToFhir(encounter: Encounter): FhirEncounter {
  const { id, updatedAt, patientId, kind, status, priority, priorityReason, reason, siteId, appointmentId, practitionerId, room, arrivedAt, calledAt, endedAt } = encounter;
  return {
    resourceType: 'Encounter', id, meta: { lastUpdated: updatedAt, tag: [visitTag] },
    ...textExtensions({ site: siteId, 'priority-reason': priorityReason }),
    status,
    ...(calledAt !== undefined && { statusHistory: [{ status: 'in-progress' as const, period: { start: calledAt } }] }),
    class: classOfKind(kind),
    priority: { ...codedAs(priorities, codeOfPriority[priority]), text: priority },
    subject: reference('Patient', patientId),
    ...(practitionerId !== undefined && { participant: [{ individual: reference('Practitioner', practitionerId) }] }),
    ...(appointmentId !== undefined && { appointment: [reference('Appointment', appointmentId)] }),
    period: { start: arrivedAt, ...maybe('end', endedAt) },
    ...(siteId !== undefined && { serviceProvider: reference('Organization', siteId) }),
    ...(reason !== undefined && { reasonCode: [{ text: reason }] }),
    ...(room !== undefined && { location: [{ location: { type: 'Location' as const, display: room } }] }),
  };
}

export function encounterFromFhir(resource: FhirEncounter, { idOf }: ImportContext): Partial<EncounterContent> {
  const { status, statusHistory, class: encounterClass, priority, subject, participant, appointment, period, reasonCode, type, location } = resource;
  const code = firstCode(priority, priorities);
  return {
    ...maybe('patientId', idOf(subject)),
    kind: kindOfClass(encounterClass),
    status: encounterStatuses.find((known) => known === status) ?? 'cancelled',
    priority: encounterPriorities.find((known) => codeOfPriority[known] === code) ?? 'routine',
    ...maybe('priorityReason', textExtension(resource, 'priority-reason')),
    ...maybe('reason', conceptFromFhir(reasonCode?.[0])?.text ?? conceptFromFhir(type?.[0])?.text),
    ...maybe('siteId', textExtension(resource, 'site')),
    ...maybe('appointmentId', idOf(appointment?.[0])),
    ...maybe('practitionerId', idOf(participant?.find(({ individual }) => individual?.reference?.includes('Practitioner/'))?.individual)),
    ...maybe('room', location?.[0]?.location.display),
    ...maybe('arrivedAt', instantFromFhir(period?.start)),
    ...maybe('calledAt', instantFromFhir(statusHistory?.find((one) => one.status === 'in-progress')?.period.start)),
    ...maybe('endedAt', instantFromFhir(period?.end)),
  };
}
