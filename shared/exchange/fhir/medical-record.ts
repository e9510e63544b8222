import type { Encounter } from '@medplum/fhirtypes';
import type { MedicalRecord, MedicalRecordContent, RecordKind } from '../../schema/medical-record.ts';
import { conceptFromFhir, dayFromFhir, extensionUrl, maybe, reference, textExtension, textExtensions, type ImportContext } from './common.ts';

const actCodes = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const codeOfKind: Record<RecordKind, string> = { outpatient: 'AMB', inpatient: 'IMP', emergency: 'EMER' };
const kindOfCode: Readonly<Record<string, RecordKind>> = { IMP: 'inpatient', ACUTE: 'inpatient', NONAC: 'inpatient', EMER: 'emergency' };
const displayOfKind: Record<RecordKind, string> = { outpatient: 'ambulatory', inpatient: 'inpatient encounter', emergency: 'emergency' };

/** FHIR R4 Encounter. What a record says in words and an Encounter has no element for stands in extensions. */
export function medicalRecordToFhir(record: MedicalRecord): Encounter {
  const { id, updatedAt, patientId, kind, status, department, chiefComplaint, diagnosis, treatment, prescription, admissionDate, dischargeDate, doctorName, amendments } = record;
  return {
    resourceType: 'Encounter', id, meta: { lastUpdated: updatedAt },
    ...textExtensions({ diagnosis, treatment, prescription, 'last-amendment-reason': amendments?.at(-1)?.reason }),
    status: status === 'draft' ? 'in-progress' : 'finished',
    class: { system: actCodes, code: codeOfKind[kind], display: displayOfKind[kind] },
    subject: reference('Patient', patientId),
    reasonCode: [{ text: chiefComplaint }],
    participant: [{ individual: { display: doctorName } }],
    period: { start: admissionDate, ...maybe('end', dischargeDate) },
    serviceProvider: { display: department },
  };
}

/**
 * A record of elsewhere, in its doctor's name. One that is finished there is signed here by whoever brings it in, who vouches for where it
 * came from; it is not to be written on.
 */
export function medicalRecordFromFhir(resource: Encounter, { idOf, importer, now }: ImportContext): Partial<MedicalRecordContent> {
  const { status, class: encounterClass, subject, reasonCode, type, participant, period, serviceProvider } = resource;
  const words = conceptFromFhir(reasonCode?.[0])?.text ?? conceptFromFhir(type?.[0])?.text;
  const finished = status === 'finished';
  return {
    ...maybe('patientId', idOf(subject)),
    kind: kindOfCode[encounterClass?.code ?? ''] ?? 'outpatient',
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

/** Extensions that this program writes into an Encounter. */
export const encounterExtensions = ['diagnosis', 'treatment', 'prescription', 'last-amendment-reason'].map(extensionUrl);
