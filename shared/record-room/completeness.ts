import { isNoKnownAllergy, type AllergyIntolerance } from '../schema/allergy-intolerance.ts';
import type { Condition } from '../schema/condition.ts';
import type { DocumentReference } from '../schema/document-reference.ts';
import type { Encounter } from '../schema/encounter.ts';
import { codeIn, codeSystems } from '../schema/fhir-types.ts';
import type { Immunization } from '../schema/immunization.ts';
import type { MedicalRecord, RecordKind } from '../schema/medical-record.ts';
import type { MedicationRequest } from '../schema/medication-request.ts';
import { isValidObservation, type Observation } from '../schema/observation.ts';
import type { ServiceRequest } from '../schema/service-request.ts';

/** What was written in one closed chart, and of the patient what its rules ask for. */
export interface ChartContents {
  kind: RecordKind;
  /** Absent where nobody checked in. */
  encounter?: Encounter | undefined;
  medicalRecords: readonly MedicalRecord[];
  observations: readonly Observation[];
  medicationRequests: readonly MedicationRequest[];
  serviceRequests: readonly ServiceRequest[];
  immunizations: readonly Immunization[];
  documentReferences: readonly DocumentReference[];
  /** Problems written down in this visit. */
  conditions: readonly Condition[];
  /** All of the patient's. */
  allergyIntolerances: readonly AllergyIntolerance[];
  /** Documents of the chart on which two people disagree. */
  conflictIds: readonly string[];
}

/** `required`: the chart is not sealed without it. `advised`: said, and no more. */
export type Severity = 'required' | 'advised';

/** What is missing, and where it is mended, if it is in one place. */
export interface Finding {
  rule: RuleCode;
  severity: Severity;
  about?: { collection: 'medicalRecords' | 'conflicts'; id: string };
}
type About = NonNullable<Finding['about']>;

export const ruleCodes = [
  'record-missing', 'record-unsigned', 'attending-unnamed', 'diagnosis-missing', 'diagnosis-uncoded', 'treatment-missing', 'vital-signs-missing', 'allergies-unasked',
  'discharge-date-missing', 'discharge-summary-missing', 'order-unsigned', 'order-open', 'conflict-open',
] as const;
export type RuleCode = (typeof ruleCodes)[number];

/** One thing that a chart of these kinds must have. */
export interface CompletenessRule {
  code: RuleCode;
  severity: Readonly<Partial<Record<RecordKind, Severity>>>;
  /** Each place where it is missing; an empty place is the chart as a whole. */
  missing: (chart: ChartContents) => readonly (About | undefined)[];
}

const everywhere = { outpatient: 'required', inpatient: 'required', emergency: 'required' } as const;
const wholeChart = (isMissing: boolean) => (isMissing ? [undefined] : []);
const records = ({ medicalRecords }: ChartContents, isMissing: (record: MedicalRecord) => boolean): About[] =>
  medicalRecords.filter(isMissing).map(({ id }) => ({ collection: 'medicalRecords', id }));
const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/** The rules, in the order in which a chart is read. What a clinic wants beyond them is a line here. */
export const completenessRules: readonly CompletenessRule[] = [
  { code: 'record-missing', severity: everywhere, missing: ({ medicalRecords }) => wholeChart(medicalRecords.length === 0) },
  { code: 'record-unsigned', severity: everywhere, missing: (chart) => records(chart, ({ status }) => status === 'draft') },
  {
    code: 'attending-unnamed', severity: everywhere,
    missing: ({ encounter, medicalRecords }) => wholeChart(encounter?.practitionerId === undefined && medicalRecords.every(({ doctorName }) => isBlank(doctorName))),
  },
  { code: 'diagnosis-missing', severity: everywhere, missing: (chart) => records(chart, ({ diagnosis }) => isBlank(diagnosis)) },
  {
    code: 'diagnosis-uncoded', severity: { outpatient: 'advised', emergency: 'advised', inpatient: 'required' },
    missing: ({ conditions }) => wholeChart(!conditions.some(({ code, verificationStatus }) => verificationStatus !== 'entered-in-error' && codeIn(code, codeSystems.icd10) !== undefined)),
  },
  { code: 'treatment-missing', severity: { inpatient: 'required', emergency: 'required' }, missing: (chart) => records(chart, ({ treatment }) => isBlank(treatment)) },
  {
    code: 'vital-signs-missing', severity: { outpatient: 'advised', inpatient: 'required', emergency: 'required' },
    missing: ({ observations }) => wholeChart(!observations.some((observation) => observation.category === 'vital-signs' && isValidObservation(observation))),
  },
  {
    code: 'allergies-unasked', severity: everywhere,
    missing: ({ allergyIntolerances }) => wholeChart(!allergyIntolerances.some((allergy) => isNoKnownAllergy(allergy) || allergy.verificationStatus !== 'entered-in-error')),
  },
  { code: 'discharge-date-missing', severity: { inpatient: 'required' }, missing: (chart) => records(chart, ({ dischargeDate }) => dischargeDate === undefined) },
  {
    code: 'discharge-summary-missing', severity: { inpatient: 'required' },
    missing: ({ documentReferences }) => wholeChart(!documentReferences.some(({ type }) => type === 'discharge-summary')),
  },
  { code: 'order-unsigned', severity: everywhere, missing: ({ medicationRequests, serviceRequests }) => wholeChart([...medicationRequests, ...serviceRequests].some(({ status }) => status === 'draft')) },
  { code: 'order-open', severity: { outpatient: 'advised', inpatient: 'advised', emergency: 'advised' }, missing: ({ serviceRequests }) => wholeChart(serviceRequests.some(({ status }) => status === 'active')) },
  { code: 'conflict-open', severity: everywhere, missing: ({ conflictIds }) => conflictIds.map((id) => ({ collection: 'conflicts', id })) },
];

/** What is missing in a chart, what is required first. */
export function findingsOf(chart: ChartContents): Finding[] {
  const found = completenessRules.flatMap(({ code, severity, missing }) => {
    const weight = severity[chart.kind];
    return weight === undefined ? [] : missing(chart).map((about): Finding => ({ rule: code, severity: weight, ...(about && { about }) }));
  });
  return [...found.filter(({ severity }) => severity === 'required'), ...found.filter(({ severity }) => severity === 'advised')];
}

/** Whether a chart may be sealed. */
export const isComplete = (findings: readonly Finding[]): boolean => findings.every(({ severity }) => severity !== 'required');
