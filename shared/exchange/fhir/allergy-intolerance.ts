import type { AllergyIntolerance as FhirAllergy } from '@medplum/fhirtypes';
import type { AllergyIntolerance, AllergyIntoleranceContent } from '../../schema/allergy-intolerance.ts';
import { clinicalFieldsFrom, encounterOf, patientOf } from './clinical-fields.ts';
import { codedAs, conceptFromFhir, conceptToFhir, dateTimeFromFhir, firstCode, maybe, notesFromFhir, notesToFhir, type ImportContext } from './common.ts';

const clinical = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
const verification = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';

/** FHIR R4 AllergyIntolerance. One entered in error has no clinical status there (constraint ait-2). */
export function allergyIntoleranceToFhir(allergy: AllergyIntolerance): FhirAllergy {
  const { id, updatedAt, code, category, criticality, clinicalStatus, verificationStatus, reaction, onsetDateTime, note, recordedDate, recorderName } = allergy;
  return {
    resourceType: 'AllergyIntolerance', id, meta: { lastUpdated: updatedAt },
    ...(verificationStatus !== 'entered-in-error' && { clinicalStatus: codedAs(clinical, clinicalStatus) }),
    verificationStatus: codedAs(verification, verificationStatus),
    ...(category !== undefined && { category: [category] }),
    ...maybe('criticality', criticality),
    code: conceptToFhir(code),
    patient: patientOf(allergy),
    ...encounterOf(allergy),
    ...maybe('onsetDateTime', onsetDateTime),
    recordedDate,
    recorder: { display: recorderName },
    ...notesToFhir(note),
    ...(reaction !== undefined && reaction.length > 0 && {
      reaction: reaction.map(({ manifestation, severity, description }) => ({ manifestation: [{ text: manifestation }], ...maybe('severity', severity), ...maybe('description', description) })),
    }),
  };
}

export function allergyIntoleranceFromFhir(resource: FhirAllergy, context: ImportContext): Partial<AllergyIntoleranceContent> {
  const { code, category, criticality, clinicalStatus, verificationStatus, reaction, onsetDateTime, note, patient, encounter, recordedDate, recorder } = resource;
  return {
    ...maybe('code', conceptFromFhir(code)),
    ...maybe('category', category?.[0]),
    ...maybe('criticality', criticality),
    clinicalStatus: (firstCode(clinicalStatus, clinical) ?? 'inactive') as AllergyIntoleranceContent['clinicalStatus'],
    verificationStatus: (firstCode(verificationStatus, verification) ?? 'unconfirmed') as AllergyIntoleranceContent['verificationStatus'],
    // FHIR lists manifestations of one event: each is a reaction here, and nothing is left out.
    ...(reaction !== undefined && {
      reaction: reaction.flatMap(({ manifestation, severity, description }) =>
        manifestation.flatMap((one) => {
          const words = conceptFromFhir(one)?.text;
          return words === undefined ? [] : [{ manifestation: words, ...maybe('severity', severity), ...maybe('description', description) }];
        }),
      ),
    }),
    ...maybe('onsetDateTime', dateTimeFromFhir(onsetDateTime)),
    ...maybe('note', notesFromFhir(note)),
    ...clinicalFieldsFrom({ patient, encounter, recordedDate, recorder: recorder?.display }, context),
  };
}
