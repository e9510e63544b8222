import type { Cleaning, CleaningKind } from '../../shared/contract/quality.ts';
import type { Connection } from './connection.ts';
import { statement } from './statements.ts';
import type { Transaction } from './transaction.ts';

export interface NewCleaning {
  id: string;
  what: CleaningKind;
  /** An instant, ISO 8601. */
  cleanedAt: string;
  cleanedBy: string;
}

/** Remembers, inside the commit that cleans, that this change set belongs to a cleaning. */
export function addToCleaning(connection: Connection, cleaning: NewCleaning, { seq }: Transaction): void {
  statement(connection, 'INSERT INTO cleanings (id, what, cleaned_at, cleaned_by) VALUES (@id, @what, @cleanedAt, @cleanedBy) ON CONFLICT (id) DO NOTHING').run(cleaning);
  statement(connection, 'INSERT INTO cleaning_change_sets (change_seq, cleaning_id) VALUES (@seq, @id)').run({ seq, id: cleaning.id });
}

/** Newest first. */
export function listCleanings(connection: Connection): Cleaning[] {
  const rows = statement<Omit<Cleaning, 'undone'> & { undone: 0 | 1 }>(
    connection,
    `SELECT c.id, c.what, c.cleaned_at AS cleanedAt, coalesce(u.content ->> '$.displayName', '') AS cleanedByName, sum(s.document_count) AS count, c.undone_at IS NOT NULL AS undone
     FROM cleanings AS c JOIN cleaning_change_sets AS m ON m.cleaning_id = c.id JOIN change_sets AS s ON s.seq = m.change_seq LEFT JOIN users AS u ON u.id = c.cleaned_by
     GROUP BY c.id ORDER BY max(m.change_seq) DESC`,
  ).all({});
  return rows.map((row) => ({ ...row, undone: row.undone === 1 }));
}

export const changeSetsOfCleaning = (connection: Connection, id: string): number[] =>
  statement(connection, 'SELECT change_seq FROM cleaning_change_sets WHERE cleaning_id = @id ORDER BY change_seq').pluck().all({ id }) as number[];

export interface Cleaned {
  id: string;
  rev: string;
  /** What it was cleaned over. */
  before: string;
}

/** Documents of a change set that are still as it left them, with what they were. */
export const untouchedSince = (connection: Connection, collection: 'patients' | 'medicalRecords', changeSeq: number): Cleaned[] =>
  statement<Cleaned>(
    connection,
    `SELECT d.id, d.rev, r.content AS before FROM ${collection === 'patients' ? 'patients' : 'medical_records'} AS d
       JOIN revisions AS r ON r.collection = @collection AND r.document_id = d.id AND r.rev = d.base_rev
     WHERE d.change_seq = @changeSeq AND d.deleted = 0 AND r.content <> 'null'`,
  ).all({ collection, changeSeq });

export const markCleaningUndone = (connection: Connection, id: string, at: string): void =>
  void statement(connection, 'UPDATE cleanings SET undone_at = @at WHERE id = @id').run({ id, at });
