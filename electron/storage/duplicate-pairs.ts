import type { DuplicatePair, PossibleDuplicate } from '../../shared/contract/patients.ts';
import type { Connection } from './connection.ts';
import { duplicatesOf } from './duplicates.ts';
import { readMeta, writeMeta } from './meta.ts';
import { patientRowColumns, toPatientRow, type PatientColumns } from './patients.ts';
import { statement } from './statements.ts';

const cursorKey = 'duplicatesCompared';
const shown = 100;

/** By change set, so that what arrives by sync is compared as what is written here, and by place among the many of one import. */
const behind = `FROM patients WHERE (change_seq, position) > (@seq, @position)`;
const readCursor = (connection: Connection) => {
  const [seq = 0, position = 0] = (readMeta(connection, cursorKey) ?? '0 0').split(' ').map(Number);
  return { seq, position };
};

export const countUncompared = (connection: Connection): number => statement(connection, `SELECT count(*) ${behind}`).pluck().get(readCursor(connection)) as number;

/** Compares the next patients with all others, until `mayGoOn` says no. In one transaction: each costs a write to the disk. */
export function compareNext(connection: Connection, mayGoOn: () => boolean): void {
  const next = statement<{ id: string; seq: number; position: number }>(connection, `SELECT id, change_seq AS seq, position ${behind} ORDER BY change_seq, position LIMIT 1`);
  connection.transaction(() => {
    while (mayGoOn()) {
      const patient = next.get(readCursor(connection));
      if (patient === undefined) return;
      comparePatient(connection, patient.id);
      writeMeta(connection, cursorKey, `${patient.seq} ${patient.position}`);
    }
  }).immediate();
}

function comparePatient(connection: Connection, id: string): void {
  statement(connection, 'DELETE FROM duplicate_pairs WHERE one = @id OR other = @id').run({ id });
  for (const { id: otherId, score, reasons } of duplicatesOf(connection, id)) {
    const [one, other] = id < otherId ? [id, otherId] : [otherId, id];
    statement(connection, 'INSERT OR REPLACE INTO duplicate_pairs (one, other, score, reasons) VALUES (?, ?, ?, ?)').run(one, other, score, reasons.join(' '));
  }
}

/**
 * Of a pair both are there, in sight, and nobody has said that they are two people. Crossed in this order: left to itself SQLite begins with the
 * patients who are in sight and holds each against each, which takes half a second of 500 and never ends of a city's.
 */
const open = `FROM duplicate_pairs AS d CROSS JOIN patients AS a ON a.id = d.one CROSS JOIN patients AS b ON b.id = d.other
  WHERE a.deleted = 0 AND b.deleted = 0 AND a.replaced_by = '' AND b.replaced_by = ''
    AND NOT EXISTS (SELECT 1 FROM json_each(a.content, '$.distinctFrom') WHERE value = b.id)
    AND NOT EXISTS (SELECT 1 FROM json_each(b.content, '$.distinctFrom') WHERE value = a.id)`;

/** The likeliest pairs first. */
export function listPairs(connection: Connection): { pairs: DuplicatePair[]; total: number } {
  const rows = statement<{ one: string; other: string; score: number; reasons: string }>(connection, `SELECT d.one, d.other, d.score, d.reasons ${open} ORDER BY d.score DESC, d.one LIMIT ${shown}`).all({});
  const total = statement(connection, `SELECT count(*) ${open}`).pluck().get({}) as number;
  const row = (id: string) => toPatientRow(statement<PatientColumns>(connection, `SELECT ${patientRowColumns} FROM patients AS p WHERE p.id = @id`).get({ id }) as PatientColumns);
  return {
    total,
    pairs: rows.map(({ one, other, score, reasons }) => ({ one: row(one), other: row(other), score, reasons: reasons.split(' ') as PossibleDuplicate['reasons'] })),
  };
}
