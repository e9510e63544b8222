import type { AuditAction, AuditEntryContent } from '../../shared/schema/audit-entry.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { collections, type Contents, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { toDocument } from './documents.ts';
import type { Environment } from './environment.ts';
import { readMeta, writeMeta } from './meta.ts';
import { statement } from './statements.ts';
import { insertRow, readRow, Transaction, updateRow } from './transaction.ts';

export interface Actor {
  id: string;
  name: string;
}

/** One user action: who did what. `about` names the audit entry's subject where it is not the only document written. */
export interface Change {
  actor: Actor;
  action: AuditAction;
  about?: { collection?: CollectionName; documentId?: string; patientId?: string };
  count?: number;
  /** An instant, where the action is told later than it happened. */
  occurredAt?: string;
}

/** Collections whose documents never leave the workstation and need no history. */
export type LocalCollection = 'drafts';

/** The encrypted store of one workstation: the only writer of its database. */
export class Store {
  readonly connection: Connection;
  private readonly environment: Environment;
  private readonly listeners = new Set<(collections: CollectionName[]) => void>();

  constructor(connection: Connection, environment: Environment) {
    this.connection = connection;
    this.environment = environment;
    if (readMeta(connection, 'deviceId') === undefined) writeMeta(connection, 'deviceId', environment.newId());
  }

  /** Who this workstation is to the server; a copy of a workstation takes another one. */
  get deviceId(): string {
    return readMeta(this.connection, 'deviceId') as string;
  }

  /** The site that this workstation belongs to. */
  get siteId(): string | undefined {
    return readMeta(this.connection, 'siteId');
  }

  newId(): string {
    return this.environment.newId();
  }

  now(): Date {
    return this.environment.clock.now();
  }

  /** A document, deleted ones included; undefined when there is none. */
  get<Name extends CollectionName>(collection: Name, id: string): StoredDocument<Name> | undefined {
    const row = readRow(this.connection, collection, id);
    return row && toDocument<Name>(row);
  }

  /**
   * Commits one change set: everything that `write` writes, with its history, search index, audit entry and outbox
   * entry, in one durable transaction. When it returns, it is on disk; when it throws, nothing happened.
   */
  commit<Answer>(change: Change, write: (transaction: Transaction) => Answer): Answer {
    const touched = new Set<CollectionName>(['auditEntries']);
    const answer = this.connection
      .transaction(() => {
        const at = this.now().toISOString();
        const { seq, id } = this.openChangeSet(change, at);
        const transaction = new Transaction(this.connection, this.environment, { seq, actorId: change.actor.id, at });
        const result = write(transaction);
        this.closeChangeSet(seq, transaction);
        this.writeAuditEntry(change, { seq, id, at }, transaction);
        for (const collection of transaction.touched) touched.add(collection);
        return result;
      })
      .immediate();
    this.announce([...touched]);
    return answer;
  }

  /** Commits an audit entry alone: something was looked at, printed or refused. */
  record(change: Change): void {
    this.commit(change, () => undefined);
  }

  /** Writes a document that stays here: durable, but without history, audit or outbox. */
  saveLocal<Name extends LocalCollection>(collection: Name, content: Contents[Name], actorId: string, id?: string): StoredDocument<Name> {
    const at = this.now().toISOString();
    const row = id === undefined ? undefined : readRow(this.connection, collection, id);
    const base = {
      rev: this.environment.newId(),
      base_rev: null,
      change_seq: 0,
      updated_at: at,
      updated_by: actorId,
      deleted: 0 as const,
      content: JSON.stringify(content),
    };
    if (row !== undefined) {
      const written = { ...row, ...base };
      updateRow(this.connection, collection, written, content);
      this.announce([collection]);
      return toDocument<Name>(written);
    }
    const written = { ...base, id: id ?? this.environment.newId(), created_at: at };
    insertRow(this.connection, collection, written, content);
    this.announce([collection]);
    return toDocument<Name>(written);
  }

  /** Hears, after each commit, which collections changed. Returns the way to stop. */
  onChange(listener: (collections: CollectionName[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.connection.close();
  }

  private openChangeSet(change: Change, at: string): { seq: number; id: string } {
    const id = this.environment.newId();
    const { lastInsertRowid } = statement(
      this.connection,
      `INSERT INTO change_sets (id, action, actor_id, device_id, wall_time, document_count)
       VALUES (@id, @action, @actorId, @deviceId, @at, 0)`,
    ).run({ id, action: change.action, actorId: change.actor.id, deviceId: this.deviceId, at });
    return { seq: Number(lastInsertRowid), id };
  }

  private closeChangeSet(seq: number, { writes }: Transaction): void {
    const count = writes.length;
    statement(this.connection, 'UPDATE change_sets SET document_count = @count WHERE seq = @seq').run({ seq, count });
    // The audit entry that follows replicates too, so that every change set has something to send, unless all it
    // changed stays on this workstation.
    const staysHere = count > 0 && writes.every(({ collection }) => !collections[collection].replicates);
    if (!staysHere) statement(this.connection, 'INSERT INTO outbox (change_seq) VALUES (@seq)').run({ seq });
  }

  private writeAuditEntry(change: Change, set: { seq: number; id: string; at: string }, { writes }: Transaction): void {
    const content = auditContent(change, { changeSetId: set.id, deviceId: this.deviceId }, writes);
    const row = {
      id: this.environment.newId(),
      rev: this.environment.newId(),
      base_rev: null,
      change_seq: set.seq,
      created_at: set.at,
      updated_at: set.at,
      updated_by: change.actor.id,
      deleted: 0 as const,
      content: JSON.stringify(content),
    };
    insertRow(this.connection, 'auditEntries', row, content);
  }

  /** Tells the listeners of documents that arrived otherwise than by a commit. */
  announce(touched: CollectionName[]): void {
    for (const listener of this.listeners) listener(touched);
  }
}

function auditContent(
  change: Change,
  origin: { changeSetId: string; deviceId: string },
  writes: Transaction['writes'],
): AuditEntryContent {
  const only = writes.length === 1 ? writes[0] : undefined;
  const collection = change.about?.collection ?? only?.collection;
  const documentId = change.about?.documentId ?? only?.id;
  const patientId = change.about?.patientId ?? (collection === 'patients' ? documentId : undefined);
  return {
    action: change.action,
    actorId: change.actor.id,
    actorName: change.actor.name,
    ...origin,
    ...(collection && { collection }),
    ...(documentId && { documentId }),
    ...(patientId && { patientId }),
    ...(only && only.fields.length > 0 && { fields: only.fields }),
    ...(change.count !== undefined && { count: change.count }),
    ...(change.occurredAt !== undefined && { occurredAt: change.occurredAt }),
  };
}
