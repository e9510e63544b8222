import { allergyIntoleranceContentSchema, type AllergyIntoleranceContent } from './allergy-intolerance.ts';
import { conditionContentSchema, type ConditionContent } from './condition.ts';
import { immunizationContentSchema, type ImmunizationContent } from './immunization.ts';
import { medicationRequestContentSchema, type MedicationRequestContent } from './medication-request.ts';
import { observationContentSchema, type ObservationContent } from './observation.ts';
import { serviceRequestContentSchema, type ServiceRequestContent } from './service-request.ts';

/** What a chart is made of beside its records, each a collection of its own. */
export const clinicalCollections = [
  'allergyIntolerances', 'conditions', 'observations', 'medicationRequests', 'serviceRequests', 'immunizations',
] as const;
export type ClinicalCollection = (typeof clinicalCollections)[number];

export interface ClinicalContents {
  allergyIntolerances: AllergyIntoleranceContent;
  conditions: ConditionContent;
  observations: ObservationContent;
  medicationRequests: MedicationRequestContent;
  serviceRequests: ServiceRequestContent;
  immunizations: ImmunizationContent;
}

export const clinicalSchemas = {
  allergyIntolerances: allergyIntoleranceContentSchema,
  conditions: conditionContentSchema,
  observations: observationContentSchema,
  medicationRequests: medicationRequestContentSchema,
  serviceRequests: serviceRequestContentSchema,
  immunizations: immunizationContentSchema,
} as const;
