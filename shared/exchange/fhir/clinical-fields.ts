import type { Reference } from '@medplum/fhirtypes';
import { dateTimeFromFhir, maybe, reference, type ImportContext } from './common.ts';

interface Said {
  patient: Reference | undefined;
  encounter: Reference | undefined;
  recordedDate: string | undefined;
  recorder: string | undefined;
}

/** Where a clinical document belongs and who wrote it down: as it says itself, or whoever brings it in. */
export function clinicalFieldsFrom({ patient, encounter, recordedDate, recorder }: Said, { idOf, importer, now }: ImportContext) {
  const recorded = dateTimeFromFhir(recordedDate);
  return {
    ...maybe('patientId', idOf(patient)),
    ...maybe('medicalRecordId', idOf(encounter)),
    recorderId: importer.id,
    recorderName: recorder ?? importer.name,
    recordedDate: recorded?.includes('T') === true ? recorded : now,
  };
}

export const patientOf = ({ patientId }: { patientId: string }) => reference('Patient', patientId);
export const encounterOf = ({ medicalRecordId }: { medicalRecordId?: string | undefined }) =>
  medicalRecordId === undefined ? {} : { encounter: reference('Encounter', medicalRecordId) };
