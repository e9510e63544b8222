import type { PossibleDuplicate } from '../../shared/contract/patients.ts';
import { scoreDuplicate, scorePair, type PartialPatient } from '../../shared/patients/duplicates.ts';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { compact, normalise } from '../../shared/search/normalise.ts';
import { pinyinTerms } from '../../shared/search/pinyin-terms.ts';
import type { Connection } from './connection.ts';
import { patientRowColumns, toPatientRow, type PatientColumns } from './patients.ts';
import { statement } from './statements.ts';

/** Candidates looked at per agreeing term: the commonest name of a large clinic has fewer. */
const candidatesPerTerm = 200;
const answered = 10;

/** Patients who may be the one in a form, likeliest first, at most ten; those who go by another entry are left out. Every candidate is found by an index. */
export function possibleDuplicates(connection: Connection, patient: PartialPatient, exceptId?: string): PossibleDuplicate[] {
  return scored(connection, patient, candidates(connection, patient), scoreDuplicate)
    .filter(({ row }) => row.id !== exceptId)
    .slice(0, answered)
    .map(({ row }) => row);
}

/** Entries that look like a registered patient's, likeliest first, at most ten, with their scores for the work-list. */
export function duplicatesOf(connection: Connection, id: string): (PossibleDuplicate & { score: number })[] {
  const content = statement(connection, `SELECT content FROM patients WHERE id = @id AND deleted = 0 AND replaced_by = ''`).pluck().get({ id }) as string | undefined;
  if (content === undefined) return [];
  const patient = JSON.parse(content) as PatientContent;
  const positions = new Set([...candidates(connection, patient), ...bornThen(connection, patient.birthday)]);
  return scored(connection, patient, positions, scorePair)
    .filter(({ row }) => row.id !== id)
    .slice(0, answered)
    .map(({ row, score }) => ({ ...row, score }));
}

type Score = typeof scoreDuplicate;
const scored = (connection: Connection, patient: PartialPatient, positions: Iterable<number>, score: Score) =>
  [...positions].flatMap((position) => scoreCandidate(connection, position, patient, score)).sort((a, b) => b.score - a.score);

function candidates(connection: Connection, patient: PartialPatient): Set<number> {
  const wholeNamePinyin = pinyinTerms(patient.name ?? '')[0];
  const terms = [patient.nationalId, patient.insuranceNumber, patient.phone, patient.name].map((value) => compact(value ?? ''));
  const words = normalise(patient.name ?? '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const matches = [...terms, wholeNamePinyin ?? ''].filter((term) => term !== '').map((term) => `"${term}"`);
  // Names in another order have the same words.
  if (words.length > 1) matches.push(words.map((word) => `"${word}"`).join(' AND '));
  return new Set(matches.flatMap((match) => matching(connection, match)));
}

/** A mistyped name or number is found by the birthday, or by day and month swapped. */
function bornThen(connection: Connection, birthday: string | undefined): number[] {
  if (birthday === undefined) return [];
  const [year = '', month = '', day = ''] = birthday.split('-');
  return statement(connection, `SELECT position FROM patients WHERE deleted = 0 AND replaced_by = '' AND birth IN (@birthday, @swapped) LIMIT ${candidatesPerTerm}`)
    .pluck()
    .all({ birthday, swapped: `${year}-${day}-${month}` }) as number[];
}

const matching = (connection: Connection, match: string): number[] =>
  statement(connection, 'SELECT rowid FROM patient_terms WHERE patient_terms MATCH @match ORDER BY rowid DESC LIMIT @limit')
    .pluck()
    .all({ match, limit: candidatesPerTerm }) as number[];

function scoreCandidate(connection: Connection, position: number, patient: PartialPatient, score: Score): { row: PossibleDuplicate; score: number }[] {
  const row = statement<PatientColumns & { content: string }>(
    connection,
    `SELECT ${patientRowColumns}, p.content FROM patients AS p WHERE p.position = @position AND p.replaced_by = ''`,
  ).get({ position });
  if (row === undefined) return [];
  const { content, ...columns } = row;
  const candidate = JSON.parse(content) as PatientContent;
  const found = score(patient, candidate, soundAlike(patient.name, candidate.name));
  return found === undefined ? [] : [{ row: { ...toPatientRow(columns), reasons: found.reasons }, score: found.score }];
}

function soundAlike(one: string | undefined, other: string): boolean {
  const [mine] = pinyinTerms(one ?? '');
  return mine !== undefined && mine === pinyinTerms(other)[0];
}
