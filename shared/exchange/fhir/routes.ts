import type { CodeableConcept } from '@medplum/fhirtypes';
import { medicationRoutes } from '../../schema/medication-request.ts';
import { codeSystems } from '../../schema/fhir-types.ts';
import { firstCode } from './common.ts';

export type MedicationRoute = (typeof medicationRoutes)[number];

/** SNOMED CT, the value set route-codes of FHIR R4. */
const codes: Record<MedicationRoute, string> = {
  oral: '26643006', sublingual: '37839007', intravenous: '47625008', intramuscular: '78421000', subcutaneous: '34206005', inhalation: '447694001', nasal: '46713006',
  ophthalmic: '54485002', otic: '10547007', topical: '6064005', vaginal: '16857009', rectal: '37161004',
};

export const routeToFhir = (route: MedicationRoute): CodeableConcept => ({ coding: [{ system: codeSystems.snomed, code: codes[route] }], text: route });

export function routeFromFhir(concept: CodeableConcept | undefined): MedicationRoute | undefined {
  const code = firstCode(concept, codeSystems.snomed);
  return medicationRoutes.find((route) => codes[route] === code);
}
