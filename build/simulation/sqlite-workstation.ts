import Database from 'better-sqlite3';
import { findAttachment, keepAttachment } from '../../electron/storage/attachments/bytes.ts';
import { collections } from '../../electron/storage/collections.ts';
import type { Connection } from '../../electron/storage/connection.ts';
import { documentColumns, purgedContent, type DocumentRow } from '../../electron/storage/documents.ts';
import { writeMeta } from '../../electron/storage/meta.ts';
import { migrate } from '../../electron/storage/migrate.ts';
import { documentsOf, readChangeSet } from '../../electron/storage/replica/change-sets.ts';
import { readAnyRow, toWire } from '../../electron/storage/replica/documents.ts';
import { writeState } from '../../electron/storage/replica/replica-state.ts';
import { StoreReplica } from '../../electron/storage/replica/replica.ts';
import { statement } from '../../electron/storage/statements.ts';
import { Store } from '../../electron/storage/store.ts';
import type { Transaction } from '../../electron/storage/transaction.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import type { ChangeSet, WireDocument } from '../../shared/sync/protocol.ts';
import type { Replica } from '../../shared/sync/replica.ts';
import { replicatedCollections } from '../../shared/sync/scope.ts';
import type { Change, Deed } from '../../shared/sync/simulator/deed.ts';
import { bytesOfFile } from '../../shared/sync/simulator/files.ts';
import type { Held, Kept, WorkstationStore } from '../../shared/sync/simulator/stores.ts';

const names = replicatedCollections as CollectionName[];
/** Databases with the whole schema and their statements compiled, which costs more than a history: each is given back as it was. */
const pool: Connection[] = [];

function emptyDatabase(): Connection {
  const connection = pool.pop() ?? migrated();
  // What a history writes is undone at its end; the store's own transactions are savepoints within.
  connection.exec('BEGIN');
  return connection;
}

function migrated(): Connection {
  const connection = new Database(':memory:');
  connection.pragma('foreign_keys = ON');
  migrate(connection);
  return connection;
}

export interface Identity {
  deviceId: string;
  workstationNumber: number;
  siteId: string;
}

/** The encrypted store's own code on SQLite in memory: the cipher and the disk have tests of their own. */
export class SqliteWorkstation implements WorkstationStore {
  private opened: { store: Store; replica: StoreReplica } | undefined;
  private readonly image: Buffer | undefined;
  private readonly newId: () => string;
  private at = '2026-01-01T00:00:00.000Z';

  private constructor(image: Buffer | undefined, newId: () => string) {
    this.image = image;
    this.newId = newId;
  }

  static joined(identity: Identity, newId: () => string): SqliteWorkstation {
    const workstation = new SqliteWorkstation(undefined, newId);
    writeMeta(workstation.connection, 'siteId', identity.siteId);
    workstation.join(identity);
    return workstation;
  }

  private get parts(): { store: Store; replica: StoreReplica } {
    if (this.opened === undefined) {
      const connection = this.image === undefined ? emptyDatabase() : new Database(this.image);
      const store = new Store(connection, { clock: { now: () => new Date(this.at) }, newId: this.newId });
      this.opened = { store, replica: new StoreReplica(store) };
    }
    return this.opened;
  }

  get connection(): Connection {
    return this.parts.store.connection;
  }

  get replica(): Replica {
    return this.parts.replica;
  }

  join({ deviceId, workstationNumber }: { deviceId: string; workstationNumber: number }): void {
    this.replica.adoptIdentity({ deviceId, workstationNumber });
    writeState(this.connection, { epoch: null, scope_version: null });
  }

  write({ action, at, changes }: Deed): ChangeSet | undefined {
    const written = changes.filter(({ collection }) => collection !== 'auditEntries');
    this.at = at;
    const { store } = this.parts;
    store.commit({ actor: { id: 'someone', name: 'Someone' }, action }, (transaction) => written.forEach((change) => this.put(transaction, change)));
    const seq = statement(this.connection, 'SELECT max(seq) FROM change_sets').pluck().get() as number;
    const { seq: _seq, received: _received, ...head } = readChangeSet(this.connection, seq);
    return { ...head, documents: documentsOf(this.connection, seq) };
  }

  private put(transaction: Transaction, { collection, id, content, deleted = false }: Change): void {
    const name = collection as CollectionName;
    const row = readAnyRow(this.connection, name, id);
    if (row === undefined) return void this.create(transaction, name, id, content ?? {});
    const over = { over: row.rev };
    if (content === null) return this.purge(transaction, name, id, over);
    if (deleted === (row.deleted === 1)) transaction.update(name, id, content as never, over);
    else if (deleted) transaction.remove(name, id, over);
    else transaction.restore(name, id, over);
  }

  private create(transaction: Transaction, name: CollectionName, id: string, content: Record<string, unknown>): void {
    transaction.create(name, content as never, id);
    const attachment = name === 'documentReferences' ? (content['attachment'] as { hash: string }) : undefined;
    if (attachment !== undefined) keepAttachment(this.connection, { hash: attachment.hash, bytes: bytesOfFile(attachment.hash), documentId: id });
  }

  /** No screen purges yet; a store must be able to send it all the same, and to take it. */
  private purge(transaction: Transaction, name: CollectionName, id: string, over: { over: string }): void {
    transaction.remove(name, id, over);
    statement(this.connection, `UPDATE ${collections[name].table} SET content = '${purgedContent}' WHERE id = ?`).run(id);
    statement(this.connection, 'DELETE FROM revisions WHERE collection = ? AND document_id = ?').run(name, id);
  }

  holds(documentId: string, hash: string): boolean {
    const isSent = () => statement(this.connection, 'SELECT 1 FROM attachment_uploads WHERE document_id = ?').get(documentId) !== undefined;
    return findAttachment(this.connection, hash)?.complete === 1 && (isSent() || this.find('documentReferences', documentId) !== undefined);
  }

  documents(): Held[] {
    return names.flatMap((name) =>
      statement<DocumentRow>(this.connection, `SELECT ${documentColumns} FROM ${collections[name].table} ORDER BY position`)
        .all()
        .map((row) => ({ ...wireOf(name, row), serverRev: row.server_rev, serverPosition: row.server_position })));
  }

  find(collection: string, id: string): WireDocument | undefined {
    const row = readAnyRow(this.connection, collection as CollectionName, id);
    return row && wireOf(collection, row);
  }

  kept(): Kept[] {
    const rows = statement<{ rev: string; position: number | null; waits: 0 | 1; quarantined: 0 | 1 }>(this.connection, keptVersions).all();
    return rows.map(({ rev, position, waits, quarantined }) => ({ rev, position, state: waits === 1 ? 'waiting' : quarantined === 1 ? 'quarantined' : 'sent' }));
  }

  crash(): void {
    // What its transactions wrote is there, and nothing else is kept between them.
  }

  copy(): SqliteWorkstation {
    const copy = new SqliteWorkstation(this.connection.serialize(), this.newId);
    copy.at = this.at;
    return copy;
  }

  close(): void {
    const connection = this.opened?.store.connection;
    this.opened = undefined;
    if (connection === undefined) return;
    if (!connection.inTransaction) return void connection.close();
    connection.exec('ROLLBACK');
    pool.push(connection);
  }
}

/** A purged document is marked as deleted here; on the wire its content says so. */
const wireOf = (collection: string, row: DocumentRow): WireDocument => {
  const document = toWire(collection, row);
  return document.content === null ? { ...document, deleted: true } : document;
};

const versions = [...names.map((name) => `SELECT rev, change_seq FROM ${collections[name].table}`), 'SELECT rev, change_seq FROM revisions'].join(' UNION ALL ');
const keptVersions = `SELECT v.rev AS rev, s.server_position AS position, v.change_seq IN (SELECT change_seq FROM outbox) AS waits,
  v.change_seq IN (SELECT change_seq FROM quarantine) AS quarantined FROM (${versions}) AS v JOIN change_sets AS s ON s.seq = v.change_seq`;
