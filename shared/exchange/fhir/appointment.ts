import type { Appointment as FhirAppointment } from '@medplum/fhirtypes';
import { appointmentStatuses, type Appointment, type AppointmentContent, type AppointmentStatus } from '../../schema/appointment.ts';
import { conceptFromFhir, instantFromFhir, maybe, reference, textExtension, textExtensions, type ImportContext } from './common.ts';

/** FHIR R4 Appointment. The room is a participant that has a name and no resource of its own. */
export function appointmentToFhir(appointment: Appointment): FhirAppointment {
  const { id, updatedAt, patientId, practitionerId, room, start, end, reason, status, siteId, seriesId, displacedBy } = appointment;
  return {
    resourceType: 'Appointment', id, meta: { lastUpdated: updatedAt },
    ...textExtensions({ site: siteId, series: seriesId, 'displaced-by': displacedBy }),
    status,
    ...(reason !== undefined && { reasonCode: [{ text: reason }] }),
    start,
    end,
    participant: [
      { actor: reference('Patient', patientId), status: 'accepted' },
      ...(practitionerId === undefined ? [] : [{ actor: reference('Practitioner', practitionerId), status: 'accepted' as const }]),
      ...(room === undefined ? [] : [{ actor: { type: 'Location' as const, display: room }, status: 'accepted' as const }]),
    ],
  };
}

/** What the desk here calls it, of FHIR's statuses that it does not have. */
const statusOf: Readonly<Record<string, AppointmentStatus>> = { pending: 'proposed', waitlist: 'proposed', 'checked-in': 'arrived', 'entered-in-error': 'cancelled' };

export function appointmentFromFhir(resource: FhirAppointment, { idOf }: ImportContext): Partial<AppointmentContent> {
  const { status, reasonCode, description, start, end, participant } = resource;
  const actors = participant.flatMap(({ actor }) => (actor === undefined ? [] : [actor]));
  const actorOf = (type: string) => actors.find((actor) => actor.type === type || actor.reference?.includes(`${type}/`) === true);
  return {
    ...maybe('patientId', actors.map((actor) => (/(^|\/)Patient\/|^urn:/.test(actor.reference ?? '') ? idOf(actor) : undefined)).find((id) => id !== undefined)),
    ...maybe('practitionerId', idOf(actorOf('Practitioner'))),
    ...maybe('room', actorOf('Location')?.display),
    ...maybe('start', instantFromFhir(start)),
    ...maybe('end', instantFromFhir(end)),
    ...maybe('reason', conceptFromFhir(reasonCode?.[0])?.text ?? description),
    status: appointmentStatuses.find((known) => known === status) ?? statusOf[status] ?? 'proposed',
    ...maybe('siteId', textExtension(resource, 'site')),
    ...maybe('seriesId', textExtension(resource, 'series')),
    ...maybe('displacedBy', textExtension(resource, 'displaced-by')),
  };
}
