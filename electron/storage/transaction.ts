import { fail } from '../../shared/errors.ts';
import { collectionNames, type CollectionName } from '../../shared/schema/collections.ts';
import { collections, type Contents, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { changedFields, documentColumns, keepUnknownFields, purgedContent, toDocument, type DocumentRow, type WrittenRow } from './documents.ts';
import type { Environment } from './environment.ts';
import { updateSearchIndex } from './search-index.ts';
import { assertChartOpen, assertSealKept } from './sealed-charts.ts';
import { statement } from './statements.ts';

/** The rev that a write was made over; a write over any other than the current one is refused as stale. */
export interface Over {
  over: string;
}

interface Write {
  collection: CollectionName;
  id: string;
  fields: string[];
}

/**
 * What one user action writes, inside one SQLite transaction (see `Store.commit`). Each document is written at
 * most once a change set: its version is named by the change set.
 */
export class Transaction {
  /** The position of the change set, for tables that refer to it. */
  readonly seq: number;
  readonly writes: Write[] = [];
  /** Collections of which something was written or dropped. */
  readonly touched = new Set<CollectionName>();
  private readonly connection: Connection;
  private readonly environment: Environment;
  private readonly actorId: string;
  private readonly at: string;

  constructor(connection: Connection, environment: Environment, change: { seq: number; actorId: string; at: string }) {
    this.connection = connection;
    this.environment = environment;
    this.seq = change.seq;
    this.actorId = change.actorId;
    this.at = change.at;
  }

  /** Creates a document; `id` is minted unless it has to be a given one. Fails with `chart-sealed`. */
  create<Name extends CollectionName>(collection: Name, content: Contents[Name], id = this.environment.newId()): StoredDocument<Name> {
    assertChartOpen(this.connection, content);
    const row: Omit<WrittenRow, 'position'> = {
      id,
      rev: this.environment.newId(),
      base_rev: null,
      change_seq: this.seq,
      created_at: this.at,
      updated_at: this.at,
      updated_by: this.actorId,
      deleted: 0,
      content: JSON.stringify(content),
    };
    const position = insertRow(this.connection, collection, row, content);
    const written = { ...row, position };
    updateSearchIndex(this.connection, collection, undefined, written);
    this.noteWrite({ collection, id, fields: [] });
    return toDocument<Name>(written);
  }

  /** Replaces a document's content. Fails with `not-found`, `stale-revision` or `chart-sealed`. */
  update<Name extends CollectionName>(collection: Name, id: string, content: Contents[Name], { over }: Over): StoredDocument<Name> {
    const row = this.current(collection, id, over);
    const before = JSON.parse(row.content) as object;
    const next = keepUnknownFields(collection, before, content);
    return this.supersede(collection, row, { deleted: 0, content: next }, changedFields(before, next));
  }

  /** Moves a document to the trash, where it can be restored from. */
  remove(collection: CollectionName, id: string, { over }: Over): void {
    const row = this.current(collection, id, over);
    this.supersede(collection, row, { deleted: 1, content: JSON.parse(row.content) as Contents[typeof collection] }, []);
  }

  restore<Name extends CollectionName>(collection: Name, id: string, { over }: Over): StoredDocument<Name> {
    const row = this.current(collection, id, over);
    return this.supersede(collection, row, { deleted: 0, content: JSON.parse(row.content) as Contents[Name] }, []);
  }

  /** The next number of a counter that never goes back: 1, 2, 3 … or so many further. */
  next(counter: string, step = 1): number {
    const sql = `INSERT INTO meta (key, value) VALUES (@key, CAST(@step AS INTEGER))
      ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + CAST(@step AS INTEGER) RETURNING CAST(value AS INTEGER) AS value`;
    return (statement<{ value: number }>(this.connection, sql).get({ key: `counter.${counter}`, step }) as { value: number }).value;
  }

  /** Drops a draft in the same transaction that saves what it became, so that a cut leaves exactly one of the two. */
  discardDraft(id: string): void {
    this.touched.add('drafts');
    statement(this.connection, 'DELETE FROM drafts WHERE id = @id').run({ id });
  }

  private noteWrite(write: Write): void {
    this.writes.push(write);
    this.touched.add(write.collection);
  }

  private current(collection: CollectionName, id: string, over: string): DocumentRow {
    const row = readRow(this.connection, collection, id);
    if (row === undefined) fail({ code: 'not-found', collection });
    if (row.rev !== over) fail({ code: 'stale-revision', collection, id, currentRev: row.rev });
    if (row.change_seq === this.seq) throw new Error(`${collection} document written twice in one change set`);
    return row;
  }

  private supersede<Name extends CollectionName>(
    collection: Name,
    row: DocumentRow,
    next: { deleted: 0 | 1; content: Contents[Name] },
    fields: string[],
  ): StoredDocument<Name> {
    const before = { content: JSON.parse(row.content) as Record<string, unknown>, deleted: row.deleted === 1 };
    assertSealKept(this.connection, { collection, id: row.id }, before, { content: next.content as object as Record<string, unknown>, deleted: next.deleted === 1 });
    keepRevision(this.connection, collection, row);
    const written: WrittenRow = {
      ...row,
      rev: this.environment.newId(),
      base_rev: row.rev,
      change_seq: this.seq,
      updated_at: this.at,
      updated_by: this.actorId,
      deleted: next.deleted,
      content: JSON.stringify(next.content),
    };
    updateRow(this.connection, collection, written, next.content);
    updateSearchIndex(this.connection, collection, row, written);
    this.noteWrite({ collection, id: row.id, fields });
    return toDocument<Name>(written);
  }
}

/** A document's row; undefined where there is none or it was purged. */
export function readRow(connection: Connection, collection: CollectionName, id: string): DocumentRow | undefined {
  const { table } = collections[collection];
  return statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM ${table} WHERE id = @id AND content <> '${purgedContent}'`).get({ id });
}

const writtenColumns = ['id', 'rev', 'base_rev', 'change_seq', 'created_at', 'updated_at', 'updated_by', 'deleted', 'content'];

/** The two writing statements of a collection, put together once: bulk writing runs them a million times. */
const writing = Object.fromEntries(
  collectionNames.map((name) => {
    const { table, derived } = collections[name];
    const columns = [...writtenColumns, ...Object.keys(derived)];
    return [
      name,
      {
        insert: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
        update: `UPDATE ${table} SET ${columns.slice(1).map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`,
      },
    ];
  }),
) as Record<CollectionName, { insert: string; update: string }>;

function withDerived<Name extends CollectionName>(collection: Name, row: Omit<WrittenRow, 'position'>, content: Contents[Name]): object {
  const values: Record<string, unknown> = { ...row };
  for (const [column, derive] of Object.entries(collections[collection].derived)) {
    values[column] = (derive as (content: Contents[Name]) => string)(content);
  }
  return values;
}

export function insertRow<Name extends CollectionName>(
  connection: Connection,
  collection: Name,
  row: Omit<WrittenRow, 'position'>,
  content: Contents[Name],
): number {
  const { lastInsertRowid } = statement(connection, writing[collection].insert).run(withDerived(collection, row, content));
  return Number(lastInsertRowid);
}

export function updateRow<Name extends CollectionName>(connection: Connection, collection: Name, row: WrittenRow, content: Contents[Name]): void {
  statement(connection, writing[collection].update).run(withDerived(collection, row, content));
}

/** Keeps the version that is about to be superseded, with its place on the server where it has one. */
export function keepRevision(connection: Connection, collection: CollectionName, row: DocumentRow): void {
  statement(
    connection,
    `INSERT INTO revisions (collection, document_id, rev, base_rev, change_seq, saved_at, saved_by, deleted, server_position, content)
     VALUES (@collection, @id, @rev, @base_rev, @change_seq, @updated_at, @updated_by, @deleted,
       iif(@server_rev = @rev, @server_position, NULL), @content)`,
  ).run({ ...row, collection });
}
