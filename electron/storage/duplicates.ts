import type { PatientRow, PossibleDuplicate } from '../../shared/contract/patients.ts';
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
  const found = likeliest(connection, patient, candidates(connection, patient), { score: scoreDuplicate, exceptId });
  return found.map(({ id, reasons }) => ({ ...rowOf(connection, id), reasons }));
}

/** Entries that look like a registered patient's, likeliest first, at most ten, with their scores for the work-list. */
export function duplicatesOf(connection: Connection, id: string): Scored[] {
  const content = statement(connection, `SELECT content FROM patients WHERE id = @id AND deleted = 0 AND replaced_by = ''`).pluck().get({ id }) as string | undefined;
  if (content === undefined) return [];
  const patient = JSON.parse(content) as PatientContent;
  const { written, sounding } = candidates(connection, patient);
  return likeliest(connection, patient, { written: [...written, ...bornThen(connection, patient.birthday)], sounding }, { score: scorePair, exceptId: id });
}

export interface Scored {
  id: string;
  score: number;
  reasons: PossibleDuplicate['reasons'];
}

/** Positions by what is written alike, and by what may sound alike. */
interface Candidates {
  written: number[];
  sounding: Set<number>;
}

function candidates(connection: Connection, patient: PartialPatient): Candidates {
  const wholeNamePinyin = pinyinTerms(patient.name ?? '')[0];
  const terms = [patient.nationalId, patient.insuranceNumber, patient.phone, patient.name].map((value) => compact(value ?? ''));
  const words = normalise(patient.name ?? '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const matches = terms.filter((term) => term !== '').map((term) => `"${term}"`);
  // Names in another order have the same words.
  if (words.length > 1) matches.push(words.map((word) => `"${word}"`).join(' AND '));
  return {
    written: matches.flatMap((match) => matching(connection, match)),
    sounding: new Set(wholeNamePinyin === undefined ? [] : matching(connection, `"${wholeNamePinyin}"`)),
  };
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

function likeliest(
  connection: Connection, patient: PartialPatient, { written, sounding }: Candidates, { score, exceptId }: { score: typeof scoreDuplicate; exceptId: string | undefined },
): Scored[] {
  const read = statement<{ id: string; content: string }>(connection, `SELECT id, content FROM patients WHERE position = @position AND replaced_by = ''`);
  const [mine] = pinyinTerms(patient.name ?? '');
  // The index answers so many and no more: then whoever else is looked at may sound alike, too.
  const isCut = sounding.size === candidatesPerTerm;
  const found = [...new Set([...written, ...sounding])].flatMap((position): Scored[] => {
    const row = read.get({ position });
    if (row === undefined || row.id === exceptId) return [];
    const candidate = JSON.parse(row.content) as PatientContent;
    // Finding how a name sounds is the dearest part, and the index has looked already; the end of a longer name sounds so, too.
    const soundsAlike = (isCut || sounding.has(position)) && candidate.name !== patient.name && pinyinTerms(candidate.name)[0] === mine;
    const scored = score(patient, candidate, soundsAlike);
    return scored === undefined ? [] : [{ id: row.id, ...scored }];
  });
  return found.sort((a, b) => b.score - a.score).slice(0, answered);
}

const rowOf = (connection: Connection, id: string): PatientRow =>
  toPatientRow(statement<PatientColumns>(connection, `SELECT ${patientRowColumns} FROM patients AS p WHERE p.id = @id`).get({ id }) as PatientColumns);
