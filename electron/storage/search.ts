import type { Statement } from 'better-sqlite3';
import type { MatchField, PatientHit } from '../../shared/contract/patients.ts';
import type { PatientContent } from '../../shared/schema/patient.ts';
import { compact, isChinese, normalise } from '../../shared/search/normalise.ts';
import { hasTrigram, matchesPart, queryParts, type QueryPart } from '../../shared/search/patient-terms.ts';
import type { Connection } from './connection.ts';
import { idsOfPatientsAt, standingId } from './linked-patients.ts';
import { statement } from './statements.ts';

/** Candidates that are read, ranked and cut to the answer: bounds the work of a query that thousands match. */
const candidateLimit = 200;
/** A part of several that fewer match than this is read whole and held against the others, however many those match. */
const fewEnough = 500;
const all = -1;

/**
 * Patients who match every part of a query as typed: names in Chinese or Latin, pinyin, phone, national id, insurance
 * and medical record number. Exact matches come first, then beginnings, then the rest; the most recently
 * changed first among equals. Any input has an answer; none is search syntax.
 */
export function searchPatients(connection: Connection, query: string, limit: number): PatientHit[] {
  const parts = queryParts(query);
  if (parts.length === 0) return [];
  const [only] = parts;
  const positions = parts.length === 1 && only ? candidates(connection, only, candidateLimit).positions : common(connection, parts);
  const hits = rank(readHits(connection, positions, parts));
  return [...new Map(hits.map((hit) => [hit.id, hit])).values()].slice(0, limit);
}

/** Positions that match one part, best kind of match first, each at most once; `complete` when the limit left none out. */
function candidates(connection: Connection, part: QueryPart, limit: number): { positions: number[]; complete: boolean } {
  const lists = lookUps(connection, part).map(({ query, values }) => query.all({ ...values, limit }) as number[]);
  return { positions: [...new Set(lists.flat())], complete: lists.every((list) => limit === all || list.length < limit) };
}

/**
 * Positions that match every part, at most {@link candidateLimit}. None is missed while there are fewer: a name typed
 * after `01` is found although everybody's number begins with it.
 */
function common(connection: Connection, parts: QueryPart[]): number[] {
  const longestFirst = [...parts].sort((a, b) => rarity(b) - rarity(a));
  for (const part of longestFirst) {
    const { positions, complete } = candidates(connection, part, fewEnough);
    const others = parts.filter((other) => other !== part);
    if (complete) return positions.filter((position) => matchesAll(connection, position, others)).slice(0, candidateLimit);
  }
  const commonest = longestFirst.pop() as QueryPart;
  const sets = longestFirst.map((part) => new Set(candidates(connection, part, all).positions));
  const found = new Set<number>();
  for (const { query, values } of lookUps(connection, commonest)) {
    for (const position of query.iterate({ ...values, limit: all }) as Iterable<number>) {
      if (sets.every((set) => set.has(position))) found.add(position);
      if (found.size === candidateLimit) return [...found];
    }
  }
  return [...found];
}

/** Ids of all entries of everybody who matches a query as {@link searchPatients} does, however many they are. */
export function entriesMatching(connection: Connection, query: string): string[] {
  const [rarest, ...others] = queryParts(query).sort((a, b) => rarity(b) - rarity(a));
  if (rarest === undefined) return [];
  const sets = others.map((part) => new Set(candidates(connection, part, all).positions));
  const positions = candidates(connection, rarest, all).positions.filter((position) => sets.every((set) => set.has(position)));
  // Charts lie under the entry that they were written under, whichever of a person's entries was looked for.
  return idsOfPatientsAt(connection, positions);
}

/** A Chinese character tells people apart about as well as three letters or digits. */
const rarity = ({ kind, text }: QueryPart): number => text.length * (kind === 'chinese' ? 3 : 1);

function matchesAll(connection: Connection, position: number, parts: QueryPart[]): boolean {
  const content = statement(connection, 'SELECT content FROM patients WHERE position = @position').pluck().get({ position }) as string;
  const patient = JSON.parse(content) as PatientContent;
  return parts.every((part) => matchesPart(patient, part));
}

interface LookUp {
  query: Statement;
  values: Record<string, unknown>;
}

type SearchTable = 'patient_terms' | 'patient_characters' | 'patient_trigrams';

/** The index queries for one part: whole terms, then their beginnings, then the rest; each answers the newest patients first. */
function lookUps(connection: Connection, { kind, text }: QueryPart): LookUp[] {
  const by = (table: SearchTable, match: string): LookUp => ({
    query: statement(connection, `SELECT rowid FROM ${table} WHERE ${table} MATCH @match ORDER BY rowid DESC LIMIT @limit`).pluck(),
    values: { match },
  });
  const terms = [by('patient_terms', `"${text}"`), by('patient_terms', `"${text}" *`)];
  if (kind === 'chinese') return [...terms, by('patient_characters', `"${[...text].join(' ')}"`)];
  return hasTrigram(text) ? [...terms, by('patient_trigrams', `"${text}"`)] : terms;
}

interface Candidate {
  hit: PatientHit;
  quality: number;
}

function readHits(connection: Connection, positions: number[], parts: QueryPart[]): Candidate[] {
  type Row = { id: string; rev: string; updatedAt: string; content: string; replacedBy: string };
  const read = statement<Row>(
    connection,
    `SELECT id, rev, updated_at AS updatedAt, content, replaced_by AS replacedBy FROM patients WHERE position = @position`,
  );
  const readStanding = statement<Row>(connection, `SELECT id, rev, updated_at AS updatedAt, content, '' AS replacedBy FROM patients WHERE id = @id`);
  return positions.flatMap((position) => {
    const found = read.get({ position });
    // Whoever goes by another entry is found by the old one's number and name too.
    const row = found && found.replacedBy !== '' ? readStanding.get({ id: standingId(connection, found.id) }) : found;
    if (row === undefined) return [];
    const { content, replacedBy: _replacedBy, ...meta } = row;
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
