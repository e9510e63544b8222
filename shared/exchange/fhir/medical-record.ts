import type { Encounter } from '@medplum/fhirtypes';
import type { MedicalRecord, MedicalRecordContent } from '../../schema/medical-record.ts';
import { conceptFromFhir, dayFromFhir, maybe, reference, textExtension, textExtensions, type ImportContext } from './common.ts';
import { classOfKind, kindOfClass } from './encounter-class.ts';

/** FHIR R4 Encounter, part of that of the visit in which it was written. What a record says in words and an Encounter has no element for stands in extensions. */
export function medicalRecordToFhir(record: MedicalRecord): Encounter {
  const { id, updatedAt, patientId, kind, status, department, chiefComplaint, diagnosis, treatment, prescription, admissionDate, dischargeDate, doctorName, encounterId } = record;
  return {
    resourceType: 'Encounter', id, meta: { lastUpdated: updatedAt },
    ...textExtensions({ diagnosis, treatment, prescription }),
    status: status === 'draft' ? 'in-progress' : 'finished',
    class: classOfKind(kind),
    subject: reference('Patient', patientId),
    reasonCode: [{ text: chiefComplaint }],
    participant: [{ individual: { display: doctorName } }],
    period: { start: admissionDate, ...maybe('end', dischargeDate) },
    serviceProvider: { display: department },
    ...(encounterId !== undefined && { partOf: reference('Encounter', encounterId) }),
  };
}

/**
 * A record of elsewhere, in its doctor's name. One that is finished there is signed here by whoever brings it in, who vouches for where it
 * came from, unless a Provenance says who signed it; it is not to be written on.
 */
export function medicalRecordFromFhir(resource: Encounter, { idOf, importer, now }: ImportContext): Partial<MedicalRecordContent> {
  const { status, class: encounterClass, subject, reasonCode, type, participant, period, serviceProvider, partOf } = resource;
  const words = conceptFromFhir(reasonCode?.[0])?.text ?? conceptFromFhir(type?.[0])?.text;
  const finished = status === 'finished';
  return {
    ...maybe('patientId', idOf(subject)),
    kind: kindOfClass(encounterClass),
    ...maybe('encounterId', idOf(partOf)),
    ...maybe('department', serviceProvider?.display ?? resource.serviceType?.text ?? resource.location?.[0]?.location.display),
    ...maybe('chiefComplaint', words),
    ...maybe('diagnosis', textExtension(resource, 'diagnosis')),
    ...maybe('treatment', textExtension(resource, 'treatment')),
    ...maybe('prescription', textExtension(resource, 'prescription')),
    ...maybe('admissionDate', dayFromFhir(period?.start)),
    ...maybe('dischargeDate', dayFromFhir(period?.end)),
    doctorId: importer.id,
    doctorName: participant?.find(({ individual }) => individual?.display !== undefined)?.individual?.display ?? importer.name,
    status: finished ? 'signed' : 'draft',
    ...(finished && { signature: { userId: importer.id, name: importer.name, at: now } }),
  };
}
