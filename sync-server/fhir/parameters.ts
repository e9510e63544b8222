import type { Resource } from '@medplum/fhirtypes';
import { dayFromFhir } from '../../shared/exchange/fhir/common.ts';
import type { FaceType } from './types.ts';

export type SearchParameterType = 'token' | 'string' | 'date' | 'reference';
export interface SearchParameter {
  name: string;
  type: SearchParameterType;
  /** Where its values stand in a resource, as paths of plain elements. */
  paths: string[];
  /** Says who somebody is: such a value must not stand in an address, where logs and histories keep it. */
  identifying?: true;
  /** Asks for what is of a patient without naming one itself; the rows of that patient are all that is looked at. */
  ofCompartment?: true;
}

const ofPatient = (path: string): SearchParameter[] => [
  { name: 'patient', type: 'reference', paths: [path] },
  { name: 'subject', type: 'reference', paths: [path] },
];
const code: SearchParameter = { name: 'code', type: 'token', paths: ['code'] };
const status: SearchParameter = { name: 'status', type: 'token', paths: ['status'] };
const category: SearchParameter = { name: 'category', type: 'token', paths: ['category'] };
const encounter: SearchParameter = { name: 'encounter', type: 'reference', paths: ['encounter'] };
const date = (...paths: string[]): SearchParameter => ({ name: 'date', type: 'date', paths });

/** The search parameters of FHIR R4 that are answered, by the type of resource; beside them `_id`, `_lastUpdated` and `_count`. */
export const searchParameters: Record<FaceType, SearchParameter[]> = {
  Patient: [
    { name: 'name', type: 'string', paths: ['name.text'], identifying: true },
    { name: 'identifier', type: 'token', paths: ['identifier'], identifying: true },
    { name: 'birthdate', type: 'date', paths: ['birthDate'], identifying: true },
    { name: 'phone', type: 'token', paths: ['telecom.value'], identifying: true },
    { name: 'gender', type: 'token', paths: ['gender'] },
  ],
  Appointment: [
    { name: 'patient', type: 'reference', paths: ['participant.actor'] }, { name: 'actor', type: 'reference', paths: ['participant.actor'] },
    { name: 'practitioner', type: 'reference', paths: ['participant.actor'] }, status, date('start'),
  ],
  Encounter: [
    ...ofPatient('subject'), status, { name: 'class', type: 'token', paths: ['class'] }, { name: 'appointment', type: 'reference', paths: ['appointment'] },
    { name: 'part-of', type: 'reference', paths: ['partOf'] }, date('period.start'),
  ],
  AllergyIntolerance: [...ofPatient('patient').slice(0, 1), code, category, { name: 'clinical-status', type: 'token', paths: ['clinicalStatus'] }, date('recordedDate')],
  Condition: [...ofPatient('subject'), code, category, encounter, { name: 'clinical-status', type: 'token', paths: ['clinicalStatus'] }, { name: 'onset-date', type: 'date', paths: ['onsetDateTime'] }],
  Observation: [...ofPatient('subject'), code, category, encounter, status, date('effectiveDateTime')],
  MedicationRequest: [...ofPatient('subject'), { ...code, paths: ['medicationCodeableConcept'] }, status, encounter, { name: 'authoredon', type: 'date', paths: ['authoredOn'] }],
  ServiceRequest: [...ofPatient('subject'), code, category, status, encounter, { name: 'authored', type: 'date', paths: ['authoredOn'] }],
  Procedure: [...ofPatient('subject'), code, status, encounter, date('performedDateTime', 'performedPeriod.start')],
  Immunization: [...ofPatient('patient').slice(0, 1), { name: 'vaccine-code', type: 'token', paths: ['vaccineCode'] }, status, date('occurrenceDateTime')],
  DocumentReference: [...ofPatient('subject'), { name: 'type', type: 'token', paths: ['type'] }, { ...encounter, paths: ['context.encounter'] }, status, date('date')],
  Communication: [
    ...ofPatient('subject'), status, { name: 'sent', type: 'date', paths: ['sent'] }, { name: 'received', type: 'date', paths: ['received'] }, { name: 'recipient', type: 'reference', paths: ['recipient'] },
  ],
  Task: [
    { name: 'patient', type: 'reference', paths: ['for'] }, { name: 'subject', type: 'reference', paths: ['for'] }, { name: 'focus', type: 'reference', paths: ['focus'] },
    { name: 'owner', type: 'reference', paths: ['owner'] }, status, code, { name: 'period', type: 'date', paths: ['executionPeriod.start'] }, { name: 'priority', type: 'token', paths: ['priority'] }, { name: 'authored-on', type: 'date', paths: ['authoredOn'] },
  ],
  List: [
    ...ofPatient('subject'), encounter, status, code, date('date'), { name: 'item', type: 'reference', paths: ['entry.item'] }, { name: 'source', type: 'reference', paths: ['source'] },
  ],
  Practitioner: [{ name: 'name', type: 'string', paths: ['name.text'], identifying: true }, { name: 'active', type: 'token', paths: ['active'] }],
  Organization: [{ name: 'name', type: 'string', paths: ['name', 'alias'] }],
  Provenance: [
    { name: 'target', type: 'reference', paths: ['target'] }, { name: 'patient', type: 'reference', paths: [], ofCompartment: true }, { name: 'recorded', type: 'date', paths: ['recorded'] },
  ],
};

const lastUpdated: SearchParameter = { name: '_lastUpdated', type: 'date', paths: ['meta.lastUpdated'] };
const ownId: SearchParameter = { name: '_id', type: 'token', paths: ['id'] };
export const parameterOf = (type: FaceType, name: string): SearchParameter | undefined =>
  [ownId, lastUpdated, ...searchParameters[type]].find((parameter) => parameter.name === name);

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [step, ...rest] = path;
  if (step === undefined) return value === undefined ? [] : [value];
  return typeof value === 'object' && value !== null ? valuesAt((value as Record<string, unknown>)[step], rest) : [];
}

/** Whether a resource has one of the values that are asked for (a comma is "or"). */
export function matches(resource: Resource, { type, paths }: SearchParameter, asked: string): boolean {
  const values = paths.flatMap((path) => valuesAt(resource, path.split('.')));
  return asked.split(',').some((one) => values.some((value) => tests[type](value, one)));
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase();

const tests: Record<SearchParameterType, (value: unknown, asked: string) => boolean> = {
  string: (value, asked) => folded(String(value)).includes(folded(asked)),
  reference: (value, asked) => {
    const { reference = '' } = value as { reference?: string };
    return reference === asked || reference.endsWith(`/${asked}`);
  },
  token: (value, asked) => tokensOf(value).some(({ system, code: own }) => hasToken(asked, system, own)),
  date: (value, asked) => isWithin(String(value), asked),
};

interface Token {
  system: string | undefined;
  code: string;
}

/** Of a code, an identifier, a coding or a concept. */
function tokensOf(value: unknown): Token[] {
  if (typeof value !== 'object' || value === null) return [{ system: undefined, code: String(value) }];
  const { coding, system, code: own, value: identifier } = value as { coding?: unknown[]; system?: string; code?: string; value?: string };
  return [...(coding ?? []).flatMap(tokensOf), ...[own, identifier].flatMap((text) => (text === undefined ? [] : [{ system, code: text }]))];
}

/** `code`, `system|code`, `|code` (no system), `system|` (any code of it). */
function hasToken(asked: string, system: string | undefined, code: string): boolean {
  const bar = asked.indexOf('|');
  if (bar < 0) return asked === code;
  const [wanted, own] = [asked.slice(0, bar), asked.slice(bar + 1)];
  return (wanted === '' ? system === undefined : wanted === system) && (own === '' || own === code);
}

const prefixes = ['eq', 'ne', 'ge', 'le', 'gt', 'lt', 'sa', 'eb'];

/** A day stands for all of it, as FHIR has it: `2026-01` matches every instant of that January. */
function isWithin(value: string, asked: string): boolean {
  const prefix = prefixes.find((one) => asked.startsWith(one));
  const day = prefix === undefined ? asked : asked.slice(2);
  // Compared as far as both say it, so that no time zone moves a birthday.
  const length = Math.min(day.length, value.length, dayFromFhir(day) === day ? 10 : 24);
  const order = value.slice(0, length) < day.slice(0, length) ? -1 : Number(value.slice(0, length) > day.slice(0, length));
  switch (prefix) {
    case 'ne':
      return order !== 0;
    case 'ge':
      return order >= 0;
    case 'le':
      return order <= 0;
    case 'gt':
    case 'sa':
      return order > 0;
    case 'lt':
    case 'eb':
      return order < 0;
    default:
      return order === 0;
  }
}
