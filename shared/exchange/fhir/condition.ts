import type { Condition as FhirCondition } from '@medplum/fhirtypes';
import type { Condition, ConditionContent } from '../../schema/condition.ts';
import { clinicalFieldsFrom, encounterOf, patientOf } from './clinical-fields.ts';
import { codedAs, conceptFromFhir, conceptToFhir, dateTimeFromFhir, firstCode, maybe, notesFromFhir, notesToFhir, type ImportContext } from './common.ts';

const clinical = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const verification = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const categories = 'http://terminology.hl7.org/CodeSystem/condition-category';

/** FHIR R4 Condition. One entered in error has no clinical status there (constraint con-5). */
export function conditionToFhir(condition: Condition): FhirCondition {
  const { id, updatedAt, code, category, clinicalStatus, verificationStatus, onsetDateTime, abatementDateTime, note, recordedDate, recorderName } = condition;
  return {
    resourceType: 'Condition', id, meta: { lastUpdated: updatedAt },
    ...(verificationStatus !== 'entered-in-error' && { clinicalStatus: codedAs(clinical, clinicalStatus) }),
    verificationStatus: codedAs(verification, verificationStatus),
    ...(category !== undefined && { category: [codedAs(categories, category)] }),
    code: conceptToFhir(code),
    subject: patientOf(condition),
    ...encounterOf(condition),
    ...maybe('onsetDateTime', onsetDateTime),
    ...maybe('abatementDateTime', abatementDateTime),
    recordedDate,
    recorder: { display: recorderName },
    ...notesToFhir(note),
  };
}

export function conditionFromFhir(resource: FhirCondition, context: ImportContext): Partial<ConditionContent> {
  const { code, category, clinicalStatus, verificationStatus, onsetDateTime, abatementDateTime, note, subject, encounter, recordedDate, recorder } = resource;
  return {
    ...maybe('code', conceptFromFhir(code)),
    ...maybe('category', category?.map((one) => firstCode(one, categories)).find((one) => one !== undefined) as ConditionContent['category']),
    clinicalStatus: (firstCode(clinicalStatus, clinical) ?? 'inactive') as ConditionContent['clinicalStatus'],
    verificationStatus: (firstCode(verificationStatus, verification) ?? 'unconfirmed') as ConditionContent['verificationStatus'],
    ...maybe('onsetDateTime', dateTimeFromFhir(onsetDateTime)),
    ...maybe('abatementDateTime', dateTimeFromFhir(abatementDateTime)),
    ...maybe('note', notesFromFhir(note)),
    ...clinicalFieldsFrom({ patient: subject, encounter, recordedDate, recorder: recorder?.display }, context),
  };
}
