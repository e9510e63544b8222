import type { ImportField, ImportMapping } from '../contract/exchange.ts';
import type { FieldIssue } from '../errors.ts';
import { fieldIssues } from '../field-issues.ts';
import { birthIssues } from '../patients/birth.ts';
import { isValidNationalId, nationalIdBirthday, nationalIdGender } from '../patients/national-id.ts';
import { patientInputSchema, type Gender, type PatientInput } from '../schema/patient.ts';
import { birthYearOfAge, parseDay, parseYear, tidyNationalId, tidyPhone } from './cell-values.ts';
import { unguard } from './csv-writer.ts';
import { parseGender } from './patient-columns.ts';

/** A row as the patient it describes, or everything that is wrong with it. Issue paths are import fields. */
export type CheckedRow = { patient: PatientInput; issues?: undefined } | { patient?: undefined; issues: FieldIssue[] };

type Cell = (field: ImportField) => string;

/**
 * Reads a row of cells and holds it to what the patient form demands, beside what only a file can get wrong. A birthday
 * and a gender that are missing are taken out of a valid national id; a gender that nobody wrote down is
 * `unknown`; an age becomes an estimated birth year. `today` is `YYYY-MM-DD`.
 */
export function checkPatientRow(cells: readonly string[], mapping: ImportMapping, today: string): CheckedRow {
  const cell: Cell = (field) => unguard((cells[mapping[field] ?? -1] ?? '').trim());
  const fields = Object.keys(mapping) as ImportField[];
  const damaged = fields.flatMap((field) => damageOf(field, cell(field)));
  if (damaged.length > 0) return { issues: damaged };

  const { candidate, issues } = candidateOf(cell, today);
  const parsed = patientInputSchema.safeParse(candidate);
  if (!parsed.success) issues.push(...fieldIssues(parsed.error));
  issues.push(...birthIssuesBeside(issues, candidate, today));
  return parsed.success && issues.length === 0 ? { patient: parsed.data } : { issues: issues.map(toImportField(cell)) };
}

const linesAllowed: ReadonlySet<ImportField> = new Set(['address', 'notes']);

/**
 * Characters that stand where others were lost (a NUL, U+FFFD after the wrong encoding), and line ends in a field of
 * one line, which are the trace of a stray quote.
 */
function damageOf(field: ImportField, cell: string): FieldIssue[] {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFD]/.test(cell)) return [{ path: field, code: 'unreadable-characters' }];
  return /[\r\n]/.test(cell) && !linesAllowed.has(field) ? [{ path: field, code: 'unexpected-line-break' }] : [];
}

/** The cells as a form would hold them. What is written but means nothing is an issue: it must not become nothing in silence. */
function candidateOf(cell: Cell, today: string): { candidate: PatientInput; issues: FieldIssue[] } {
  const nationalId = tidyNationalId(cell('nationalId')).toUpperCase();
  const known = isValidNationalId(nationalId) ? nationalId : undefined;
  const gender = cell('gender') === '' ? genderOf(known) : parseGender(cell('gender'));
  const birthday = cell('birthday') === '' ? known && nationalIdBirthday(known) : (parseDay(cell('birthday')) ?? cell('birthday'));
  const estimate = estimateOf(cell, birthday, today);
  const contact = emergencyContactOf(cell);
  const candidate: PatientInput = {
    name: cell('name'),
    gender: gender ?? 'unknown',
    ...(birthday !== undefined && { birthday }),
    ...(typeof estimate === 'number' && { estimatedBirthYear: estimate }),
    address: cell('address'),
    phone: tidyPhone(cell('phone')),
    nationalId,
    insuranceNumber: cell('insuranceNumber'),
    ...(contact && { emergencyContact: contact }),
    notes: cell('notes'),
  };
  const issues: FieldIssue[] = [];
  if (gender === undefined) issues.push({ path: 'gender', code: 'unknown-gender' });
  if (estimate === 'unreadable') issues.push({ path: 'age', code: 'invalid-age' });
  return { candidate, issues };
}

const genderOf = (nationalId: string | undefined): Gender => (nationalId === undefined ? 'unknown' : nationalIdGender(nationalId));

/** The estimated birth year, from its own column or from the age; nothing when the birthday says more. */
function estimateOf(cell: Cell, birthday: string | undefined, today: string): number | 'unreadable' | undefined {
  if (cell('estimatedBirthYear') !== '') return parseYear(cell('estimatedBirthYear'));
  if (cell('age') === '' || birthday !== undefined) return undefined;
  return birthYearOfAge(cell('age'), today) ?? 'unreadable';
}

function emergencyContactOf(cell: Cell): PatientInput['emergencyContact'] {
  const name = cell('emergencyContactName');
  const relationship = cell('emergencyContactRelationship');
  const phone = tidyPhone(cell('emergencyContactPhone'));
  return name + relationship + phone === '' ? undefined : { name, relationship, phone };
}

/** Births that cannot be, for fields that the schema has not refused already; an invalid national id says nothing of a birth. */
function birthIssuesBeside(issues: readonly FieldIssue[], candidate: PatientInput, today: string): FieldIssue[] {
  const { nationalId, ...rest } = candidate;
  const known = nationalId !== undefined && isValidNationalId(nationalId);
  const refused = new Set(issues.map(({ path }) => path));
  return birthIssues(known ? { ...rest, nationalId } : rest, today).filter(({ path }) => !refused.has(path));
}

const importFieldByPath: Readonly<Record<string, ImportField>> = {
  'emergencyContact.name': 'emergencyContactName',
  'emergencyContact.relationship': 'emergencyContactRelationship',
  'emergencyContact.phone': 'emergencyContactPhone',
};

const toImportField = (cell: Cell) => ({ path, ...issue }: FieldIssue): FieldIssue => {
  const fromAge = path === 'estimatedBirthYear' && cell('estimatedBirthYear') === '';
  return { path: fromAge ? 'age' : (importFieldByPath[path] ?? path), ...issue };
};
