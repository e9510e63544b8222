import type { Observation as FhirObservation, ObservationComponent } from '@medplum/fhirtypes';
import type { Observation, ObservationContent } from '../../schema/observation.ts';
import { clinicalFieldsFrom, encounterOf, patientOf } from './clinical-fields.ts';
import {
  codedAs, conceptFromFhir, conceptToFhir, dateTimeFromFhir, firstCode, instantFromFhir, maybe, notesFromFhir, notesToFhir, quantityFromFhir, quantityToFhir, reference,
  type ImportContext,
} from './common.ts';

const categories = 'http://terminology.hl7.org/CodeSystem/observation-category';
const interpretations = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';

type Value = Pick<ObservationContent, 'code' | 'valueQuantity' | 'valueString' | 'valueCodeableConcept' | 'valueDateTime' | 'valueBoolean' | 'interpretation' | 'referenceRange'>;

/** FHIR R4 Observation: vital signs with their parts, results with ranges and flags, and the order that they answer. */
export function observationToFhir(observation: Observation): FhirObservation {
  const { id, updatedAt, status, category, effectiveDateTime, component, serviceRequestId, note, recordedDate, recorderName } = observation;
  return {
    resourceType: 'Observation', id, meta: { lastUpdated: updatedAt },
    ...(serviceRequestId !== undefined && { basedOn: [reference('ServiceRequest', serviceRequestId)] }),
    status,
    ...(category !== undefined && { category: [codedAs(categories, category)] }),
    subject: patientOf(observation),
    ...encounterOf(observation),
    effectiveDateTime,
    issued: recordedDate,
    performer: [{ display: recorderName }],
    ...valueToFhir(observation),
    ...notesToFhir(note),
    ...(component !== undefined && component.length > 0 && { component: component.map(valueToFhir) }),
  };
}

function valueToFhir({ code, valueQuantity, valueString, valueCodeableConcept, valueDateTime, valueBoolean, interpretation, referenceRange }: Value) {
  return {
    code: conceptToFhir(code),
    ...(valueQuantity !== undefined && { valueQuantity: quantityToFhir(valueQuantity) }),
    ...maybe('valueString', valueString),
    ...(valueCodeableConcept !== undefined && { valueCodeableConcept: conceptToFhir(valueCodeableConcept) }),
    ...maybe('valueDateTime', valueDateTime),
    ...maybe('valueBoolean', valueBoolean),
    ...(interpretation !== undefined && { interpretation: [codedAs(interpretations, interpretation)] }),
    ...(referenceRange !== undefined && referenceRange.length > 0 && {
      referenceRange: referenceRange.map(({ low, high, text }) => ({ ...(low && { low: quantityToFhir(low) }), ...(high && { high: quantityToFhir(high) }), ...maybe('text', text) })),
    }),
  };
}

export function observationFromFhir(resource: FhirObservation, context: ImportContext): Partial<ObservationContent> {
  const { status, category, effectiveDateTime, effectivePeriod, issued, component, basedOn, note, subject, encounter, performer } = resource;
  return {
    ...valueFromFhir(resource),
    status,
    ...maybe('category', category?.map((one) => firstCode(one, categories)).find((one) => one !== undefined) as ObservationContent['category']),
    ...maybe('effectiveDateTime', dateTimeFromFhir(effectiveDateTime ?? effectivePeriod?.start ?? resource.effectiveInstant ?? issued)),
    ...(component !== undefined && { component: component.map(valueFromFhir) as NonNullable<ObservationContent['component']> }),
    ...maybe('serviceRequestId', context.idOf(basedOn?.find(({ reference: to }) => to?.startsWith('ServiceRequest/') === true))),
    ...maybe('note', notesFromFhir(note)),
    ...clinicalFieldsFrom({ patient: subject, encounter, recordedDate: instantFromFhir(issued), recorder: performer?.[0]?.display }, context),
  };
}

function valueFromFhir({ code, valueQuantity, valueString, valueCodeableConcept, valueDateTime, valueBoolean, valueInteger, interpretation, referenceRange }: FhirObservation | ObservationComponent): Partial<Value> {
  return {
    ...maybe('code', conceptFromFhir(code)),
    ...maybe('valueQuantity', valueInteger === undefined ? quantityFromFhir(valueQuantity) : { value: valueInteger }),
    ...maybe('valueString', valueString),
    ...maybe('valueCodeableConcept', conceptFromFhir(valueCodeableConcept)),
    ...maybe('valueDateTime', dateTimeFromFhir(valueDateTime)),
    ...maybe('valueBoolean', valueBoolean),
    ...maybe('interpretation', interpretation?.map((one) => firstCode(one, interpretations)).find((one) => one !== undefined)),
    ...(referenceRange !== undefined && {
      referenceRange: referenceRange.map(({ low, high, text }) => ({ ...maybe('low', quantityFromFhir(low)), ...maybe('high', quantityFromFhir(high)), ...maybe('text', text) })),
    }),
  };
}
