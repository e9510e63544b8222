import type { QualityRow, QualityState } from '../../shared/contract/quality.ts';
import type { Page } from '../../shared/contract/page.ts';
import { checkedCollections, qualityRuleNames, qualityRules, type CheckedCollection, type Finding, type QualityRule } from '../../shared/quality/rules.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { readMeta, writeMeta } from './meta.ts';
import { statement } from './statements.ts';

/** What was written since the last look, by change set, so that what arrives by sync is looked at too. */
const behind = (collection: CheckedCollection) => `FROM ${collections[collection].table} WHERE (change_seq, position) > (@seq, @position)`;
const keyOf = (collection: CheckedCollection) => `quality.${collection}`;

/** How far a collection was looked at by these standards; by others it is looked at anew. */
function cursorOf(connection: Connection, collection: CheckedCollection, standards: string): { seq: number; position: number } {
  const [by, seq, position] = (readMeta(connection, keyOf(collection)) ?? '').split(' ');
  return by === standards ? { seq: Number(seq), position: Number(position) } : { seq: 0, position: 0 };
}

export const countUnchecked = (connection: Connection, standards: string): number =>
  checkedCollections.reduce((sum, collection) => sum + (statement(connection, `SELECT count(*) ${behind(collection)}`).pluck().get(cursorOf(connection, collection, standards)) as number), 0);

type Look = { [Name in CheckedCollection]: (document: StoredDocument<Name>) => Finding[] };
const rowsAtOnce = 200;

/** Looks at the next documents, until `mayGoOn` says no. A transaction for every two hundred: each costs a write to the disk. */
export function checkNext(connection: Connection, standards: string, look: Look, mayGoOn: () => boolean): void {
  for (const collection of checkedCollections) {
    const next = statement<DocumentRow>(connection, `SELECT ${documentColumns} ${behind(collection)} ORDER BY change_seq, position LIMIT ${rowsAtOnce}`);
    while (mayGoOn()) {
      const rows = next.all(cursorOf(connection, collection, standards));
      const last = rows.at(-1);
      if (last === undefined) break;
      connection.transaction(() => {
        for (const row of rows) note(connection, collection, row, look);
        writeMeta(connection, keyOf(collection), `${standards} ${last.change_seq} ${last.position}`);
      }).immediate();
    }
  }
}

function note(connection: Connection, collection: CheckedCollection, row: DocumentRow, look: Look): void {
  statement(connection, 'DELETE FROM quality_findings WHERE collection = @collection AND document_id = @id').run({ collection, id: row.id });
  if (row.deleted === 1 || row.content === 'null') return;
  const findings = (look[collection] as (document: StoredDocument<CheckedCollection>) => Finding[])(toDocument(row));
  for (const { rule, field } of findings) statement(connection, 'INSERT INTO quality_findings (collection, document_id, rule, field) VALUES (?, ?, ?, ?)').run(collection, row.id, rule, field);
}

/** Findings in documents in place, of patients in place. */
const present = (rule: QualityRule): string => {
  const { collection } = qualityRules[rule];
  const of = collection === 'patients' ? 'p.id = d.id' : 'p.id = d.patient_id';
  return `FROM quality_findings AS f JOIN ${collections[collection].table} AS d ON d.id = f.document_id JOIN patients AS p ON ${of} WHERE f.rule = '${rule}' AND f.collection = '${collection}' AND d.deleted = 0 AND p.deleted = 0`;
};

/** How much is to be mended by rule, rules with nothing left out. */
export function countFindings(connection: Connection): QualityState['rules'] {
  const found = new Set(statement(connection, 'SELECT DISTINCT rule FROM quality_findings').pluck().all({}) as string[]);
  return qualityRuleNames
    .filter((rule) => found.has(rule))
    .map((rule) => ({ rule, ...qualityRules[rule], count: statement(connection, `SELECT count(*) ${present(rule)}`).pluck().get({}) as number }))
    .filter(({ count }) => count > 0);
}

export function listFindings(connection: Connection, rule: QualityRule, { offset, limit }: { offset: number; limit: number }): Page<QualityRow> {
  const sql = `SELECT f.rule, f.collection, f.document_id AS documentId, f.field, p.id AS patientId, p.content ->> '$.name' AS patientName, p.medical_record_number AS medicalRecordNumber,
      coalesce(d.content ->> ('$.' || f.field || '.text'), d.content ->> ('$.' || f.field), '') AS value
    ${present(rule)} ORDER BY f.document_id, f.field LIMIT @limit OFFSET @offset`;
  const total = statement(connection, `SELECT count(*) ${present(rule)}`).pluck().get({}) as number;
  return { total, rows: statement<QualityRow>(connection, sql).all({ offset, limit }) };
}

/** Ids of documents with a finding, a stretch of them after the last one. */
export const documentsWith = (connection: Connection, rule: QualityRule, { after, limit }: { after: string; limit: number }): string[] =>
  statement(connection, `SELECT DISTINCT f.document_id ${present(rule)} AND f.document_id > @after ORDER BY f.document_id LIMIT @limit`).pluck().all({ after, limit }) as string[];

export const unlistedDepartments = (connection: Connection): { name: string; count: number }[] =>
  statement<{ name: string; count: number }>(connection, `SELECT d.content ->> '$.department' AS name, count(*) AS count ${present('department-unlisted')} GROUP BY 1 ORDER BY 2 DESC, 1`).all({});
