import type { MatchField, PatientHit } from '../../shared/contract/patients.ts';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { compact, isChinese, normalise } from '../../shared/search/normalise.ts';
import { queryParts, type QueryPart } from '../../shared/search/patient-terms.ts';
import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

/** Positions kept of one part of a query that has several: enough for the commonest surname of a large clinic. */
const partLimit = 50_000;
/** Candidates that are read, ranked and cut to the answer: bounds the work of a query that thousands match. */
const candidateLimit = 200;

/**
 * Patients who match every part of a query as typed: names in Chinese or Latin, pinyin, phone, national id, insurance
 * and medical record number. Exact matches come first, then beginnings, then the rest; the most recently
 * changed first among equals. Any input has an answer; none is search syntax.
 */
export function searchPatients(connection: Connection, query: string, limit: number): PatientHit[] {
  const parts = queryParts(query);
  if (parts.length === 0) return [];
  const [only] = parts;
  const positions = parts.length === 1 && only ? candidates(connection, only, candidateLimit) : common(connection, parts);
  return rank(readHits(connection, positions, parts)).slice(0, limit);
}

/** Positions that match one part, best kind of match first, each at most once, at most `limit`. */
function candidates(connection: Connection, part: QueryPart, limit: number): number[] {
  const found = new Set(byTerm(connection, part.text, limit));
  const rest = part.kind === 'chinese'
    ? byMatch(connection, 'patient_characters', phrase([...part.text].join(' ')), limit)
    : [...part.text].length >= 3 ? byMatch(connection, 'patient_trigrams', phrase(part.text), limit) : [];
  for (const position of rest) found.add(position);
  return [...found].slice(0, limit * 2);
}

function common(connection: Connection, parts: QueryPart[]): number[] {
  const sets = parts.map((part) => new Set(candidates(connection, part, partLimit))).sort((a, b) => a.size - b.size);
  const [smallest, ...others] = sets;
  const matches = [...(smallest ?? [])].filter((position) => others.every((set) => set.has(position)));
  return matches.slice(0, candidateLimit);
}

/** U+10FFFF sorts after every character a term can hold. */
const byTerm = (connection: Connection, prefix: string, limit: number): number[] =>
  statement(connection, 'SELECT position FROM patient_terms WHERE term >= @prefix AND term < @end ORDER BY term LIMIT @limit')
    .pluck()
    .all({ prefix, end: `${prefix}\u{10FFFF}`, limit }) as number[];

const byMatch = (connection: Connection, table: 'patient_characters' | 'patient_trigrams', match: string, limit: number): number[] =>
  statement(connection, `SELECT rowid FROM ${table} WHERE ${table} MATCH @match ORDER BY rowid DESC LIMIT @limit`)
    .pluck()
    .all({ match, limit }) as number[];

const phrase = (text: string): string => `"${text}"`;

interface Candidate {
  hit: PatientHit;
  quality: number;
}

function readHits(connection: Connection, positions: number[], parts: QueryPart[]): Candidate[] {
  const read = statement<{ id: string; rev: string; updatedAt: string; content: string }>(
    connection,
    'SELECT id, rev, updated_at AS updatedAt, content FROM patients WHERE position = @position',
  );
  return positions.flatMap((position) => {
    const row = read.get({ position });
    if (row === undefined) return [];
    const { content, ...meta } = row;
    const patient = JSON.parse(content) as PatientContent;
    const { name, gender, birthday, estimatedBirthYear, address, phone, medicalRecordNumber } = patient;
    const { matched, quality } = bestMatch(patient, parts);
    const hit: PatientHit = {
      ...meta,
      name,
      gender,
      medicalRecordNumber,
      ...(birthday !== undefined && { birthday }),
      ...(estimatedBirthYear !== undefined && { estimatedBirthYear }),
      ...(address !== undefined && { address }),
      ...(phone !== undefined && { phone }),
      matched,
    };
    return [{ hit, quality }];
  });
}

/** 3 exact, 2 beginning, 1 inside, 0 elsewhere: pinyin. The first part decides: it is what was typed first. */
function bestMatch(patient: PatientContent, [part]: QueryPart[]): { matched: MatchField; quality: number } {
  const text = part?.text ?? '';
  const fields: [MatchField, string | undefined][] = [
    ['name', patient.name],
    ['medicalRecordNumber', patient.medicalRecordNumber],
    ['phone', patient.phone],
    ['nationalId', patient.nationalId],
    ['insuranceNumber', patient.insuranceNumber],
  ];
  const scored = fields.map(([matched, value]) => ({ matched, quality: qualityOf(compact(value ?? ''), text) }));
  const best = scored.reduce((a, b) => (b.quality > a.quality ? b : a));
  if (best.quality > 0) return best;
  const characters = [...normalise(patient.name)].filter(isChinese).length;
  // Initials of the whole name, or pinyin typed to the end, are what people mean by an exact match.
  return { matched: 'pinyin', quality: text.length === characters ? 2 : 1 };
}

function qualityOf(value: string, text: string): number {
  if (value === text) return 3;
  if (value.startsWith(text)) return 2;
  return value.includes(text) ? 1 : 0;
}

function rank(found: Candidate[]): PatientHit[] {
  const newestFirst = (a: PatientHit, b: PatientHit) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0);
  return found.sort((a, b) => b.quality - a.quality || newestFirst(a.hit, b.hit)).map(({ hit }) => hit);
}
