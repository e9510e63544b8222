import type { Immunization as FhirImmunization } from '@medplum/fhirtypes';
import type { Immunization, ImmunizationContent } from '../../schema/immunization.ts';
import { clinicalFieldsFrom, encounterOf, patientOf } from './clinical-fields.ts';
import { codedAs, conceptFromFhir, conceptToFhir, dateTimeFromFhir, firstCode, maybe, notesFromFhir, notesToFhir, type ImportContext } from './common.ts';
import { routeFromFhir, routeToFhir } from './routes.ts';

const sites = 'http://terminology.hl7.org/CodeSystem/v3-ActSite';

/** FHIR R4 Immunization. */
export function immunizationToFhir(immunization: Immunization): FhirImmunization {
  const { id, updatedAt, status, statusReason, vaccineCode, occurrenceDateTime, doseNumber, lotNumber, manufacturer, expirationDate, site, route, note, recordedDate, recorderName } = immunization;
  return {
    resourceType: 'Immunization', id, meta: { lastUpdated: updatedAt },
    status,
    ...(statusReason !== undefined && { statusReason: { text: statusReason } }),
    vaccineCode: conceptToFhir(vaccineCode),
    patient: patientOf(immunization),
    ...encounterOf(immunization),
    occurrenceDateTime,
    recorded: recordedDate,
    ...(manufacturer !== undefined && { manufacturer: { display: manufacturer } }),
    ...maybe('lotNumber', lotNumber),
    ...maybe('expirationDate', expirationDate),
    ...(site !== undefined && { site: codedAs(sites, site) }),
    ...(route !== undefined && { route: routeToFhir(route) }),
    performer: [{ actor: { display: recorderName } }],
    ...notesToFhir(note),
    ...(doseNumber !== undefined && { protocolApplied: [{ doseNumberPositiveInt: doseNumber }] }),
  };
}

export function immunizationFromFhir(resource: FhirImmunization, context: ImportContext): Partial<ImmunizationContent> {
  const { status, statusReason, vaccineCode, occurrenceDateTime, lotNumber, manufacturer, expirationDate, site, route, note, patient, encounter, recorded, performer, protocolApplied } = resource;
  return {
    status,
    ...maybe('statusReason', conceptFromFhir(statusReason)?.text),
    ...maybe('vaccineCode', conceptFromFhir(vaccineCode)),
    ...maybe('occurrenceDateTime', dateTimeFromFhir(occurrenceDateTime)),
    ...maybe('doseNumber', protocolApplied?.[0]?.doseNumberPositiveInt),
    ...maybe('lotNumber', lotNumber),
    ...maybe('manufacturer', manufacturer?.display),
    ...maybe('expirationDate', expirationDate),
    ...maybe('site', firstCode(site, sites) as ImmunizationContent['site']),
    ...maybe('route', routeFromFhir(route)),
    ...maybe('note', notesFromFhir(note)),
    ...clinicalFieldsFrom({ patient, encounter, recordedDate: recorded, recorder: performer?.[0]?.actor.display }, context),
  };
}
