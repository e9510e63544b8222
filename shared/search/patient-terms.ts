import type { PatientContent } from '../schema/patient.ts';
import { compact, isChinese, normalise } from './normalise.ts';
import { pinyinTerms } from './pinyin-terms.ts';

/** What the search tables hold of a patient. */
export interface PatientTerms {
  /** Whole terms, found by their beginning: names, pinyin, initials, numbers. */
  prefixes: string[];
  /** The name's Chinese characters, spaced, found by any run of them. */
  characters: string;
  /** Latin text and numbers, a line each, found by any three characters in a row. */
  trigrams: string;
}

/** The fields that a patient is found by. */
export const indexedFields = ['name', 'phone', 'nationalId', 'insuranceNumber', 'medicalRecordNumber'] as const;
type Indexed = Pick<PatientContent, (typeof indexedFields)[number]>;

/** The index terms of a patient. */
export function patientTerms(patient: Indexed): PatientTerms {
  const { name, numbers, terms } = writtenTerms(patient);
  return {
    prefixes: [...new Set([...terms, ...pinyinTerms(name)])],
    characters: [...name].filter(isChinese).join(' '),
    trigrams: [compact(name), ...numbers].join('\n'),
  };
}

/** What stands in the patient's fields: all terms but the pinyin, which takes longest to find. */
function writtenTerms(patient: Indexed): { name: string; numbers: string[]; terms: string[] } {
  const name = normalise(patient.name);
  const words = name.split(/[^\p{L}\p{N}]+/u);
  const numbers = [patient.phone, patient.nationalId, patient.insuranceNumber, patient.medicalRecordNumber]
    .map((number) => compact(number ?? ''))
    .filter((number) => number !== '');
  return { name, numbers, terms: [compact(name), ...words, ...numbers].filter((term) => term !== '') };
}

/** Whether the index would find this patient by `part`. */
export function matchesPart(patient: Indexed, { kind, text }: QueryPart): boolean {
  const { name, numbers, terms } = writtenTerms(patient);
  if (terms.some((term) => term.startsWith(text))) return true;
  if (kind === 'chinese') return [...name].filter(isChinese).join('').includes(text);
  if (hasTrigram(text) && [compact(name), ...numbers].some((line) => line.includes(text))) return true;
  return /^[a-z]/.test(text) && pinyinTerms(name).some((term) => term.startsWith(text));
}

/** Whether a text is long enough for the trigram index. */
export const hasTrigram = (text: string): boolean => [...text].length >= 3;

/** One stretch of a query that is looked up by itself; a patient must match all of them. */
export type QueryPart = { kind: 'chinese' | 'latin'; text: string };

/** At most this many parts are looked at: more narrows nothing and costs. */
const maximumParts = 6;

/**
 * A query as typed, in parts: `wang小 138-0013` is wang, 小, 1380013. Whatever is neither letter nor digit only
 * separates, so no input can be read as search syntax. Dashes inside a number do not separate.
 */
export function queryParts(query: string): QueryPart[] {
  const words = normalise(query).replace(/(?<=\d)[-–](?=\d)/gu, '').split(/[^\p{L}\p{N}]+/u);
  const parts = words.flatMap((word) =>
    (word.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []).map((text): QueryPart => ({
      kind: isChinese([...text][0] ?? '') ? 'chinese' : 'latin',
      text,
    })),
  );
  return parts.slice(0, maximumParts);
}
