import { plusDays } from '../analytics/periods.ts';
import { frequencyCodes } from '../chart/frequencies.ts';
import { isValidNationalId, nationalIdBirthday, nationalIdGender } from '../patients/national-id.ts';
import type { Condition } from '../schema/condition.ts';
import { codeIn, codeSystems, type CodeableConcept } from '../schema/fhir-types.ts';
import type { MedicalRecord } from '../schema/medical-record.ts';
import type { MedicationRequest } from '../schema/medication-request.ts';
import type { Patient } from '../schema/patient.ts';
import { cleanNationalId, cleanPhone, cleanText } from './clean.ts';

/** FHIR IssueSeverity, from what is wrong to what could be better. */
export const severities = ['error', 'warning', 'information'] as const;
export type Severity = (typeof severities)[number];

export const checkedCollections = ['patients', 'medicalRecords', 'conditions', 'medicationRequests'] as const;
export type CheckedCollection = (typeof checkedCollections)[number];

/** Every rule with what it looks at and how much it matters. Rules hold whatever day it is: what was found stays true until somebody mends it. */
export const qualityRules = {
  'national-id-invalid': { collection: 'patients', severity: 'error' },
  'national-id-birthday': { collection: 'patients', severity: 'error' },
  'national-id-gender': { collection: 'patients', severity: 'warning' },
  'national-id-format': { collection: 'patients', severity: 'warning' },
  'birth-implausible': { collection: 'patients', severity: 'error' },
  'birth-missing': { collection: 'patients', severity: 'warning' },
  'gender-unknown': { collection: 'patients', severity: 'information' },
  'text-spacing': { collection: 'patients', severity: 'warning' },
  'phone-format': { collection: 'patients', severity: 'warning' },
  'phone-missing': { collection: 'patients', severity: 'information' },
  'department-unlisted': { collection: 'medicalRecords', severity: 'warning' },
  'diagnosis-missing': { collection: 'medicalRecords', severity: 'warning' },
  'icd10-unknown': { collection: 'conditions', severity: 'error' },
  'icd10-missing': { collection: 'conditions', severity: 'information' },
  'atc-unknown': { collection: 'medicationRequests', severity: 'warning' },
  'atc-missing': { collection: 'medicationRequests', severity: 'information' },
  'frequency-unknown': { collection: 'medicationRequests', severity: 'warning' },
} as const satisfies Record<string, { collection: CheckedCollection; severity: Severity }>;
export type QualityRule = keyof typeof qualityRules;
export const qualityRuleNames = Object.keys(qualityRules) as [QualityRule, ...QualityRule[]];

export interface Finding {
  rule: QualityRule;
  /** A field of the document. */
  field: string;
}

/** What a clinic measures its data by. */
export interface Standards {
  departments: ReadonlySet<string>;
  /** Codes of the tables that the clinic loaded, by system; without a table only the form of a code is looked at. */
  codes: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Texts of a patient whose spacing can be mended without a change of what they say. */
export const spacedFields = ['name', 'address', 'insuranceNumber'] as const;

export function patientFindings(patient: Patient): Finding[] {
  const { phone, nationalId, birthday, estimatedBirthYear, gender } = patient;
  const id = nationalId === undefined ? undefined : cleanNationalId(nationalId);
  const isReal = id !== undefined && isValidNationalId(id);
  const year = Number(birthday?.slice(0, 4) ?? estimatedBirthYear ?? 2000);
  return chosen([
    ...spacedFields.map((field): [QualityRule, string, boolean] => ['text-spacing', field, patient[field] !== undefined && cleanText(patient[field]) !== patient[field]]),
    ['phone-missing', 'phone', phone === undefined],
    ['phone-format', 'phone', phone !== undefined && cleanPhone(phone) !== phone],
    ['national-id-invalid', 'nationalId', id !== undefined && !isReal],
    ['national-id-format', 'nationalId', isReal && id !== nationalId],
    ['national-id-birthday', 'birthday', isReal && birthday !== undefined && nationalIdBirthday(id) !== birthday],
    ['national-id-gender', 'gender', isReal && (gender === 'male' || gender === 'female') && nationalIdGender(id) !== gender],
    ['birth-missing', 'birthday', birthday === undefined && estimatedBirthYear === undefined],
    // Nobody in a clinic was born longer ago than the oldest person known, who died in 1997 at 122.
    // The day of an instant may be over already where the clinic is: who is born in the small hours is registered at once.
    ['birth-implausible', 'birthday', year < Number(patient.createdAt.slice(0, 4)) - 122 || (birthday ?? '') > plusDays(patient.updatedAt.slice(0, 10), 1)],
    ['gender-unknown', 'gender', gender === 'unknown'],
  ]);
}

export const recordFindings = ({ department, diagnosis, status }: MedicalRecord, { departments }: Standards): Finding[] =>
  chosen([
    ['department-unlisted', 'department', !departments.has(department)],
    ['diagnosis-missing', 'diagnosis', status !== 'draft' && (diagnosis ?? '').trim() === ''],
  ]);

/** The form of a code of ICD-10, with the further places of GB/T 14396 and of national editions. */
const icd10 = /^[A-Z]\d{2}(\.[\dxX][\dA-Za-z]{0,5})?[†*+]?$/;
const atc = /^[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?$/;

const isUnknown = (concept: CodeableConcept, system: string, form: RegExp, { codes }: Standards): boolean => {
  const code = codeIn(concept, system);
  return code !== undefined && !(codes.get(system)?.has(code) ?? form.test(code));
};

export const conditionFindings = ({ code }: Condition, standards: Standards): Finding[] =>
  chosen([
    ['icd10-missing', 'code', codeIn(code, codeSystems.icd10) === undefined],
    ['icd10-unknown', 'code', isUnknown(code, codeSystems.icd10, icd10, standards)],
  ]);

export const medicationFindings = ({ medicationCodeableConcept: drug, frequency }: MedicationRequest, standards: Standards): Finding[] =>
  chosen([
    ['atc-missing', 'medicationCodeableConcept', codeIn(drug, codeSystems.atc) === undefined],
    ['atc-unknown', 'medicationCodeableConcept', isUnknown(drug, codeSystems.atc, atc, standards)],
    ['frequency-unknown', 'frequency', frequency !== undefined && !(frequencyCodes as readonly string[]).includes(frequency)],
  ]);

const chosen = (all: [QualityRule, string, boolean][]): Finding[] => all.filter(([, , isSo]) => isSo).map(([rule, field]) => ({ rule, field }));
