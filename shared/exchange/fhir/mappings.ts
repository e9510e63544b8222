import type { Resource } from '@medplum/fhirtypes';
import type { AllergyIntoleranceContent } from '../../schema/allergy-intolerance.ts';
import type { ConditionContent } from '../../schema/condition.ts';
import type { Stored } from '../../schema/document.ts';
import type { ImmunizationContent } from '../../schema/immunization.ts';
import type { MedicalRecordContent } from '../../schema/medical-record.ts';
import type { MedicationRequestContent } from '../../schema/medication-request.ts';
import type { ObservationContent } from '../../schema/observation.ts';
import type { PatientContent } from '../../schema/patient.ts';
import type { ServiceRequestContent } from '../../schema/service-request.ts';
import { allergyIntoleranceFromFhir, allergyIntoleranceToFhir } from './allergy-intolerance.ts';
import type { ImportContext, ResourceOf } from './common.ts';
import { conditionFromFhir, conditionToFhir } from './condition.ts';
import { immunizationFromFhir, immunizationToFhir } from './immunization.ts';
import { medicalRecordFromFhir, medicalRecordToFhir } from './medical-record.ts';
import { medicationRequestFromFhir, medicationRequestToFhir } from './medication-request.ts';
import { observationFromFhir, observationToFhir } from './observation.ts';
import { patientFromFhir, patientToFhir } from './patient.ts';
import { procedureFromFhir, serviceRequestFromFhir, serviceRequestToFhir } from './service-request.ts';

interface Contents {
  patients: PatientContent;
  medicalRecords: MedicalRecordContent;
  allergyIntolerances: AllergyIntoleranceContent;
  conditions: ConditionContent;
  observations: ObservationContent;
  medicationRequests: MedicationRequestContent;
  serviceRequests: ServiceRequestContent;
  immunizations: ImmunizationContent;
}
export type FhirCollection = keyof Contents;
/** In the order in which they are brought in: what others refer to stands first. */
export const fhirCollections = [
  'patients', 'medicalRecords', 'allergyIntolerances', 'conditions', 'serviceRequests', 'observations', 'medicationRequests', 'immunizations',
] as const satisfies readonly FhirCollection[];

/** What each resource type becomes. */
export const fhirTypes = {
  Patient: 'patients', Encounter: 'medicalRecords', AllergyIntolerance: 'allergyIntolerances', Condition: 'conditions', Observation: 'observations',
  MedicationRequest: 'medicationRequests', ServiceRequest: 'serviceRequests', Procedure: 'serviceRequests', Immunization: 'immunizations',
} as const satisfies Partial<Record<Resource['resourceType'], FhirCollection>>;
export type FhirType = keyof typeof fhirTypes;
export const isFhirResource = (resource: Resource): resource is FhirResource => Object.hasOwn(fhirTypes, resource.resourceType);

const exporters: { [Name in FhirCollection]: (document: Stored<Contents[Name]>) => Resource } = {
  patients: patientToFhir, medicalRecords: medicalRecordToFhir, allergyIntolerances: allergyIntoleranceToFhir, conditions: conditionToFhir, observations: observationToFhir,
  medicationRequests: medicationRequestToFhir, serviceRequests: serviceRequestToFhir, immunizations: immunizationToFhir,
};

/** A document as the FHIR R4 resource of its kind. */
export const toFhir = <Name extends FhirCollection>(collection: Name, document: Stored<Contents[Name]>): Resource => exporters[collection](document);

export type FhirResource = ResourceOf<FhirType>;
const importers: { [Type in FhirType]: (resource: ResourceOf<Type>, context: ImportContext) => object } = {
  Patient: patientFromFhir, Encounter: medicalRecordFromFhir, AllergyIntolerance: allergyIntoleranceFromFhir, Condition: conditionFromFhir, Observation: observationFromFhir,
  MedicationRequest: medicationRequestFromFhir, ServiceRequest: serviceRequestFromFhir, Procedure: procedureFromFhir, Immunization: immunizationFromFhir,
};

/** What a resource says of the document it becomes; nothing of it has been checked against that document's schema yet. */
export const fromFhir = (resource: FhirResource, context: ImportContext): Record<string, unknown> =>
  (importers[resource.resourceType] as (resource: FhirResource, context: ImportContext) => Record<string, unknown>)(resource, context);
