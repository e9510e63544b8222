import type { CollectionName } from '../../../shared/schema/collections.ts';
import type { PatientContent } from '../../../shared/schema/patient.ts';
import type { PositionedDocument, TextDocument, WireDocument } from '../../../shared/sync/protocol.ts';
import { pulledCollections } from '../../../shared/sync/scope.ts';
import { collections } from '../collections.ts';
import type { Connection } from '../connection.ts';
import { documentColumns, purgedContent, type DocumentRow } from '../documents.ts';
import { indexPatient, updateSearchIndex } from '../search-index.ts';
import { statement } from '../statements.ts';

/** Collections that a server tells and this version keeps. A newer server may tell more; digests bring those after an update. */
export const toldCollections = pulledCollections as CollectionName[];
const told: ReadonlySet<string> = new Set(toldCollections);
export const isTold = (collection: string): collection is CollectionName => told.has(collection);

/** A document's row, purged ones too. */
export function readAnyRow(connection: Connection, collection: CollectionName, id: string): DocumentRow | undefined {
  return statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM ${collections[collection].table} WHERE id = ?`).get(id);
}

const columns = [
  'id', 'rev', 'base_rev', 'change_seq', 'created_at', 'updated_at', 'updated_by', 'deleted', 'server_rev', 'server_position', 'snapshot_number', 'content',
];

/** A content comes as text or in UTF-8. */
const placeOf = (column: string) => (column === 'content' ? 'CAST(? AS TEXT)' : '?');

/** By position: binding by name costs a tenth of an insert. */
const writing = Object.fromEntries(
  toldCollections.map((name) => {
    const { table, derived } = collections[name];
    const all = [...columns, ...Object.keys(derived)];
    return [
      name,
      {
        insert: `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(placeOf).join(', ')}) ON CONFLICT (id) DO NOTHING`,
        replace: `UPDATE ${table} SET ${all.map((column) => `${column} = ${placeOf(column)}`).join(', ')} WHERE position = ?`,
      },
    ];
  }),
) as Record<CollectionName, { insert: string; replace: string }>;

/** A version's content as it is kept. */
export const contentText = ({ content }: Pick<WireDocument, 'content'>): string => (content === null ? purgedContent : JSON.stringify(content));

/** A content as it is kept: JSON, or the same in UTF-8. */
export type Text = string | Uint8Array;
const toText = (text: Text): string => (typeof text === 'string' ? text : Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString());

/** A version as it arrives: which change set it is kept under, and which snapshot told it. */
export interface Arrival {
  document: PositionedDocument;
  /** {@link contentText} of it. */
  text: Text;
  seq: number;
  snapshotNumber: number | null;
}

/** A document whose content came as bytes: what is in it is read where somebody asks. */
class UnreadDocument implements PositionedDocument {
  readonly collection: string;
  readonly id: string;
  readonly rev: string;
  readonly baseRev: string | null;
  readonly deleted: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly position: number;
  readonly #text: Text;
  #content: PositionedDocument['content'] | undefined;

  constructor({ collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, position }: TextDocument, text: Text) {
    this.collection = collection;
    this.id = id;
    this.rev = rev;
    this.baseRev = baseRev;
    this.deleted = deleted;
    this.createdAt = createdAt;
    this.updatedAt = updatedAt;
    this.updatedBy = updatedBy;
    this.position = position;
    this.#text = text;
  }

  get content(): PositionedDocument['content'] {
    return (this.#content ??= JSON.parse(toText(this.#text)) as PositionedDocument['content']);
  }
}

/** A document of a snapshot, and its content as it is kept. */
export function withText(document: PositionedDocument | TextDocument): { document: PositionedDocument; text: Text } {
  const { content } = document;
  if (content instanceof Uint8Array) return { document: new UnreadDocument(document as TextDocument, content), text: content };
  return { document: document as PositionedDocument, text: contentText(document as PositionedDocument) };
}

function valuesOf(collection: CollectionName, { document, text, seq, snapshotNumber }: Arrival): unknown[] {
  const { id, rev, baseRev, createdAt, updatedAt, updatedBy, deleted, position } = document;
  const hidden = deleted || text === purgedContent ? 1 : 0;
  const values: unknown[] = [id, rev, baseRev, seq, createdAt, updatedAt, updatedBy, hidden, rev, position, snapshotNumber, text];
  for (const derive of Object.values(collections[collection].derived)) {
    values.push(text === purgedContent ? '' : (derive as (of: unknown) => string)(document.content));
  }
  return values;
}

/** Inserts a document that is not here yet; false when one of its id is. */
export function insertArrived(connection: Connection, collection: CollectionName, arrival: Arrival): boolean {
  const { changes, lastInsertRowid } = statement(connection, writing[collection].insert).run(valuesOf(collection, arrival));
  if (changes === 0) return false;
  const { document, text } = arrival;
  if (collection === 'patients' && !document.deleted && text !== purgedContent) {
    indexPatient(connection, Number(lastInsertRowid), document.content as unknown as PatientContent);
  }
  return true;
}

/** Puts a version in the place of the one that is here. */
export function replaceByArrived(connection: Connection, collection: CollectionName, row: DocumentRow, arrival: Arrival): void {
  const text = toText(arrival.text);
  const values = valuesOf(collection, { ...arrival, text });
  statement(connection, writing[collection].replace).run([...values, row.position]);
  const written = { ...row, deleted: values[7] as 0 | 1, content: text };
  updateSearchIndex(connection, collection, row, written);
}

/** A stored version as it travels. */
export const toWire = (collection: string, row: Omit<DocumentRow, 'position' | 'server_rev' | 'server_position' | 'change_seq'>): WireDocument => ({
  collection,
  id: row.id,
  rev: row.rev,
  baseRev: row.base_rev,
  deleted: row.deleted === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  updatedBy: row.updated_by,
  content: JSON.parse(row.content) as WireDocument['content'],
});
