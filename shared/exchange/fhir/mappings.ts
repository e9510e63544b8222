import type { Resource } from '@medplum/fhirtypes';
import type { AllergyIntoleranceContent } from '../../schema/allergy-intolerance.ts';
import type { AppointmentContent } from '../../schema/appointment.ts';
import type { ArchivedChartContent } from '../../schema/archived-chart.ts';
import type { CareTaskContent } from '../../schema/care-task.ts';
import type { ChartLoanContent } from '../../schema/chart-loan.ts';
import type { CommunicationContent } from '../../schema/communication.ts';
import type { ConditionContent } from '../../schema/condition.ts';
import type { Stored } from '../../schema/document.ts';
import type { DocumentReferenceContent } from '../../schema/document-reference.ts';
import type { EncounterContent } from '../../schema/encounter.ts';
import type { ImmunizationContent } from '../../schema/immunization.ts';
import type { MedicalRecordContent } from '../../schema/medical-record.ts';
import type { MedicationRequestContent } from '../../schema/medication-request.ts';
import type { ObservationContent } from '../../schema/observation.ts';
import type { PatientContent } from '../../schema/patient.ts';
import type { ReferralContent } from '../../schema/referral.ts';
import type { ServiceRequestContent } from '../../schema/service-request.ts';
import type { SiteContent } from '../../schema/site.ts';
import type { UserContent } from '../../schema/user.ts';
import { allergyIntoleranceFromFhir, allergyIntoleranceToFhir } from './allergy-intolerance.ts';
import { appointmentFromFhir, appointmentToFhir } from './appointment.ts';
import { archivedChartToFhir, isSeal } from './archived-chart.ts';
import { careTaskFromFhir, careTaskToFhir } from './care-task.ts';
import { chartLoanToFhir, isLoan } from './chart-loan.ts';
import { communicationFromFhir, communicationToFhir } from './communication.ts';
import type { ImportContext, ResourceOf } from './common.ts';
import { conditionFromFhir, conditionToFhir } from './condition.ts';
import { documentReferenceFromFhir, documentReferenceToFhir } from './document-reference.ts';
import { encounterFromFhir, encounterToFhir, isVisit } from './encounter.ts';
import { immunizationFromFhir, immunizationToFhir } from './immunization.ts';
import { medicalRecordFromFhir, medicalRecordToFhir } from './medical-record.ts';
import { medicationRequestFromFhir, medicationRequestToFhir } from './medication-request.ts';
import { observationFromFhir, observationToFhir } from './observation.ts';
import { organizationToFhir } from './organization.ts';
import { patientFromFhir, patientToFhir } from './patient.ts';
import { practitionerToFhir } from './practitioner.ts';
import { isReferral, referralFromFhir, referralToFhir } from './referral.ts';
import { procedureFromFhir, serviceRequestFromFhir, serviceRequestToFhir } from './service-request.ts';

interface Contents {
  patients: PatientContent;
  appointments: AppointmentContent;
  encounters: EncounterContent;
  medicalRecords: MedicalRecordContent;
  allergyIntolerances: AllergyIntoleranceContent;
  conditions: ConditionContent;
  observations: ObservationContent;
  medicationRequests: MedicationRequestContent;
  serviceRequests: ServiceRequestContent;
  immunizations: ImmunizationContent;
  documentReferences: DocumentReferenceContent;
  referrals: ReferralContent;
  communications: CommunicationContent;
  careTasks: CareTaskContent;
  archivedCharts: ArchivedChartContent;
  chartLoans: ChartLoanContent;
  users: UserContent;
  sites: SiteContent;
}
export type ToldCollection = keyof Contents;
/** Those that come in, in the order in which they do: what others refer to stands first. */
export const importedCollections = [
  'patients', 'appointments', 'encounters', 'medicalRecords', 'allergyIntolerances', 'conditions', 'serviceRequests', 'observations', 'medicationRequests', 'immunizations', 'documentReferences',
  'referrals', 'communications', 'careTasks',
] as const satisfies readonly ToldCollection[];
export type ImportedCollection = (typeof importedCollections)[number];
/** Those that go out. What a record room did with a chart is its own: a file that says so seals and lends nothing here. */
export const fhirCollections = [...importedCollections, 'archivedCharts', 'chartLoans'] as const satisfies readonly ToldCollection[];
export type FhirCollection = (typeof fhirCollections)[number];
/** Who and where the resources of a chart refer to. They go out beside it, and never come in: a file makes no account here. */
export const directoryCollections = { Practitioner: 'users', Organization: 'sites' } as const satisfies Partial<Record<Resource['resourceType'], ToldCollection>>;

/** What is told as resources of each type: an Encounter is a visit, or what was written of one, and a ServiceRequest an order or a letter. */
export const fhirTypes = {
  Patient: ['patients'], Appointment: ['appointments'], Encounter: ['medicalRecords', 'encounters'], AllergyIntolerance: ['allergyIntolerances'], Condition: ['conditions'],
  Observation: ['observations'], MedicationRequest: ['medicationRequests'], ServiceRequest: ['serviceRequests', 'referrals'], Procedure: ['serviceRequests'], Immunization: ['immunizations'],
  DocumentReference: ['documentReferences'], Communication: ['communications'], Task: ['careTasks', 'chartLoans'], List: ['archivedCharts'],
  Practitioner: ['users'], Organization: ['sites'],
} as const satisfies Partial<Record<Resource['resourceType'], readonly ToldCollection[]>>;
export type FhirType = keyof typeof fhirTypes;
type ImportedType = Exclude<FhirType, 'List' | keyof typeof directoryCollections>;
export type FhirResource = ResourceOf<ImportedType>;
/** What a record room elsewhere sealed or lent. */
export const isOfRecordRoom = (resource: Resource): boolean => (resource.resourceType === 'List' && isSeal(resource)) || (resource.resourceType === 'Task' && isLoan(resource));
export const isFhirResource = (resource: Resource): resource is FhirResource => Object.hasOwn(importers, resource.resourceType) && !isOfRecordRoom(resource);

/** Which kind of document a resource becomes. */
export function collectionOf(resource: FhirResource): ImportedCollection {
  if (resource.resourceType === 'Encounter') return isVisit(resource) ? 'encounters' : 'medicalRecords';
  return resource.resourceType === 'ServiceRequest' && isReferral(resource) ? 'referrals' : fhirTypes[resource.resourceType][0];
}

const exporters: { [Name in ToldCollection]: (document: Stored<Contents[Name]>) => Resource } = {
  patients: patientToFhir, appointments: appointmentToFhir, encounters: encounterToFhir, medicalRecords: medicalRecordToFhir, allergyIntolerances: allergyIntoleranceToFhir,
  conditions: conditionToFhir, observations: observationToFhir, medicationRequests: medicationRequestToFhir, serviceRequests: serviceRequestToFhir, immunizations: immunizationToFhir,
  documentReferences: documentReferenceToFhir, referrals: referralToFhir, communications: communicationToFhir, careTasks: careTaskToFhir,
  archivedCharts: archivedChartToFhir, chartLoans: chartLoanToFhir, users: practitionerToFhir, sites: organizationToFhir,
};

/** A document as the FHIR R4 resource of its kind. */
export const toFhir = <Name extends ToldCollection>(collection: Name, document: Stored<Contents[Name]>): Resource => exporters[collection](document);

const encounterOrRecord = (resource: ResourceOf<'Encounter'>, context: ImportContext) => (isVisit(resource) ? encounterFromFhir : medicalRecordFromFhir)(resource, context);
const orderOrReferral = (resource: ResourceOf<'ServiceRequest'>, context: ImportContext) => (isReferral(resource) ? referralFromFhir : serviceRequestFromFhir)(resource, context);
const importers: { [Type in ImportedType]: (resource: ResourceOf<Type>, context: ImportContext) => object } = {
  Patient: patientFromFhir, Appointment: appointmentFromFhir, Encounter: encounterOrRecord, AllergyIntolerance: allergyIntoleranceFromFhir, Condition: conditionFromFhir,
  Observation: observationFromFhir, MedicationRequest: medicationRequestFromFhir, ServiceRequest: orderOrReferral, Procedure: procedureFromFhir, Immunization: immunizationFromFhir,
  DocumentReference: documentReferenceFromFhir, Communication: communicationFromFhir, Task: careTaskFromFhir,
};

/** What a resource says of the document it becomes; nothing of it has been checked against that document's schema yet. */
export const fromFhir = (resource: FhirResource, context: ImportContext): Record<string, unknown> =>
  (importers[resource.resourceType] as (resource: FhirResource, context: ImportContext) => Record<string, unknown>)(resource, context);
