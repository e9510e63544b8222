import type { Dosage, MedicationRequest as FhirMedicationRequest } from '@medplum/fhirtypes';
import type { MedicationRequest, MedicationRequestContent } from '../../schema/medication-request.ts';
import { frequencyCodes } from '../../chart/frequencies.ts';
import { clinicalFieldsFrom, encounterOf, patientOf } from './clinical-fields.ts';
import {
  codedAs, conceptFromFhir, conceptToFhir, extensionUrl, firstCode, groupFromFhir, groupIdentifier, instantFromFhir, maybe, notesFromFhir, notesToFhir, quantityFromFhir,
  quantityToFhir, type ImportContext,
} from './common.ts';
import { routeFromFhir, routeToFhir } from './routes.ts';

const timings = 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation';
const days = { system: 'http://unitsofmeasure.org', code: 'd', unit: 'd' };

/** FHIR R4 MedicationRequest. What the program warned of, and why it was prescribed all the same, stands in extensions. */
export function medicationRequestToFhir(request: MedicationRequest): FhirMedicationRequest {
  const { id, updatedAt, status, statusReason, medicationCodeableConcept, quantity, days: supply, detectedIssues, groupIdentifier: group, authoredOn, note, recorderName, signature } = request;
  return {
    resourceType: 'MedicationRequest', id, meta: { lastUpdated: updatedAt },
    ...(detectedIssues !== undefined && detectedIssues.length > 0 && { extension: detectedIssues.map(issueExtension) }),
    status,
    ...(statusReason !== undefined && { statusReason: { text: statusReason } }),
    intent: 'order',
    medicationCodeableConcept: conceptToFhir(medicationCodeableConcept),
    subject: patientOf(request),
    ...encounterOf(request),
    ...maybe('authoredOn', authoredOn),
    requester: { display: signature?.name ?? recorderName },
    recorder: { display: recorderName },
    ...(group !== undefined && { groupIdentifier: groupIdentifier(group) }),
    ...notesToFhir(note),
    ...dosageOf(request),
    ...((quantity !== undefined || supply !== undefined) && {
      dispenseRequest: { ...(quantity && { quantity: quantityToFhir(quantity) }), ...(supply !== undefined && { expectedSupplyDuration: { ...days, value: supply } }) },
    }),
  };
}

const issueExtension = ({ kind, detail, reason }: NonNullable<MedicationRequestContent['detectedIssues']>[number]) => ({
  url: extensionUrl('detected-issue'),
  extension: [
    { url: 'kind', valueString: kind }, { url: 'detail', valueString: detail }, ...(reason === undefined ? [] : [{ url: 'reason', valueString: reason }]),
  ],
});

function dosageOf({ dosageText, frequency, route, doseQuantity, asNeeded }: MedicationRequest): { dosageInstruction?: Dosage[] } {
  const dosage: Dosage = {
    ...maybe('text', dosageText),
    ...(frequency !== undefined && { timing: { code: { ...codedAs(timings, frequency), text: frequency } } }),
    ...maybe('asNeededBoolean', asNeeded),
    ...(route !== undefined && { route: routeToFhir(route) }),
    ...(doseQuantity !== undefined && { doseAndRate: [{ doseQuantity: quantityToFhir(doseQuantity) }] }),
  };
  return Object.keys(dosage).length === 0 ? {} : { dosageInstruction: [dosage] };
}

export function medicationRequestFromFhir(resource: FhirMedicationRequest, context: ImportContext): Partial<MedicationRequestContent> {
  const { status, statusReason, medicationCodeableConcept, medicationReference, subject, encounter, authoredOn, requester, recorder, groupIdentifier: group, note, dosageInstruction, dispenseRequest, extension } = resource;
  const [dosage] = dosageInstruction ?? [];
  const code = firstCode(dosage?.timing?.code, timings) ?? frequencyOf(dosage);
  const issues = (extension ?? []).filter(({ url }) => url === extensionUrl('detected-issue')).map(issueOf);
  const duration = dispenseRequest?.expectedSupplyDuration;
  return {
    ...maybe('medicationCodeableConcept', conceptFromFhir(medicationCodeableConcept) ?? (medicationReference?.display === undefined ? undefined : { text: medicationReference.display })),
    ...maybe('doseQuantity', quantityFromFhir(dosage?.doseAndRate?.[0]?.doseQuantity)),
    ...maybe('route', routeFromFhir(dosage?.route)),
    ...maybe('frequency', code),
    ...maybe('days', duration?.code === 'd' ? duration.value : undefined),
    ...maybe('quantity', quantityFromFhir(dispenseRequest?.quantity)),
    ...maybe('asNeeded', dosage?.asNeededBoolean),
    ...maybe('dosageText', wordsOf(dosageInstruction)),
    ...(issues.length > 0 && { detectedIssues: issues }),
    status,
    ...maybe('statusReason', conceptFromFhir(statusReason)?.text),
    ...maybe('authoredOn', instantFromFhir(authoredOn)),
    ...maybe('groupIdentifier', groupFromFhir(group)),
    ...maybe('note', notesFromFhir(note)),
    ...clinicalFieldsFrom({ patient: subject, encounter, recordedDate: authoredOn, recorder: recorder?.display ?? requester?.display }, context),
  };
}

/** Times a day, or hours between, as the code that says the same; undefined for rhythms that have none. */
function frequencyOf(dosage: Dosage | undefined): string | undefined {
  const { frequency, period, periodUnit } = dosage?.timing?.repeat ?? {};
  if (frequency === undefined || period === undefined) return undefined;
  const code = periodUnit === 'h' && frequency === 1 ? `Q${period}H` : periodUnit === 'd' && period === 1 ? ['', 'QD', 'BID', 'TID', 'QID'][frequency] : periodUnit === 'd' && period === 2 && frequency === 1 ? 'QOD' : undefined;
  return frequencyCodes.find((known) => known === code);
}

/** Every direction in words, and rhythms that no code says, so that nothing of how to take it is left out. */
function wordsOf(dosages: Dosage[] | undefined): string | undefined {
  const words = (dosages ?? []).flatMap((dosage) => {
    const { frequency, period, periodUnit } = dosage.timing?.repeat ?? {};
    const coded = firstCode(dosage.timing?.code, timings) !== undefined || frequencyOf(dosage) !== undefined;
    return [
      ...(dosage.text === undefined ? [] : [dosage.text]),
      ...(coded || frequency === undefined || period === undefined ? [] : [`${frequency} × / ${period} ${periodUnit ?? ''}`.trim()]),
      ...(dosage.additionalInstruction ?? []).flatMap((one) => conceptFromFhir(one)?.text ?? []),
    ];
  });
  return words.length === 0 ? undefined : [...new Set(words)].join('\n');
}

function issueOf(extension: { extension?: { url?: string; valueString?: string }[] }): NonNullable<MedicationRequestContent['detectedIssues']>[number] {
  const said = (name: string) => extension.extension?.find(({ url }) => url === name)?.valueString;
  return { kind: said('kind') as 'allergy', detail: said('detail') ?? '', ...maybe('reason', said('reason')) };
}
