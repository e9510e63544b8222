import type { PossibleDuplicate } from '../../shared/contract/patients.ts';
import { scoreDuplicate, type PartialPatient } from '../../shared/patients/duplicates.ts';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { compact } from '../../shared/search/normalise.ts';
import { pinyinTerms } from '../../shared/search/pinyin-terms.ts';
import type { Connection } from './connection.ts';
import { patientRowColumns, toPatientRow, type PatientColumns } from './patients.ts';
import { statement } from './statements.ts';

/** Candidates looked at per agreeing term: the commonest name of a large clinic has fewer. */
const candidatesPerTerm = 200;
const answered = 10;

/** Patients who may be the one in a form, likeliest first, at most ten. Every candidate is found by an index. */
export function possibleDuplicates(connection: Connection, patient: PartialPatient, exceptId?: string): PossibleDuplicate[] {
  const wholeNamePinyin = pinyinTerms(patient.name ?? '')[0];
  const terms = [patient.nationalId, patient.insuranceNumber, patient.phone, patient.name].map((value) => compact(value ?? ''));
  const positions = new Set([...terms, wholeNamePinyin ?? ''].filter((term) => term !== '').flatMap((term) => withTerm(connection, term)));
  return [...positions]
    .flatMap((position) => scoreCandidate(connection, position, patient))
    .filter(({ row }) => row.id !== exceptId)
    .sort((a, b) => b.score - a.score)
    .slice(0, answered)
    .map(({ row }) => row);
}

const withTerm = (connection: Connection, term: string): number[] =>
  statement(connection, 'SELECT rowid FROM patient_terms WHERE patient_terms MATCH @match ORDER BY rowid DESC LIMIT @limit')
    .pluck()
    .all({ match: `"${term}"`, limit: candidatesPerTerm }) as number[];

function scoreCandidate(connection: Connection, position: number, patient: PartialPatient): { row: PossibleDuplicate; score: number }[] {
  const found = statement<PatientColumns & { content: string }>(
    connection,
    `SELECT ${patientRowColumns}, p.content FROM patients AS p WHERE p.position = @position`,
  ).get({ position });
  if (found === undefined) return [];
  const { content, ...columns } = found;
  const candidate = JSON.parse(content) as PatientContent;
  const scored = scoreDuplicate(patient, candidate, soundAlike(patient.name, candidate.name));
  return scored === undefined ? [] : [{ row: { ...toPatientRow(columns), reasons: scored.reasons }, score: scored.score }];
}

function soundAlike(one: string | undefined, other: string): boolean {
  const [mine] = pinyinTerms(one ?? '');
  return mine !== undefined && mine === pinyinTerms(other)[0];
}
