import type { PositionedDocument } from '../../../shared/sync/protocol.ts';
import type { Connection } from '../connection.ts';
import { statement } from '../statements.ts';
import type { Store } from '../store.ts';
import { insertReceived } from './change-sets.ts';
import type { Text } from './documents.ts';

/** Few and small enough to be sent in one message, should a server have lost them: a change set is never split. */
const mostDocuments = 500;
const mostCharacters = 1_000_000;
/** What a document has beside its content, about. */
const ofAFrame = 500;

/** Change sets of our own making for documents that come from the server without theirs. */
export class ReceivedSets {
  private readonly connection: Connection;
  private readonly store: Store;
  private open: { seq: number; count: number; characters: number; position: number } | undefined;

  constructor(connection: Connection, store: Store) {
    this.connection = connection;
    this.store = store;
  }

  /** The change set that keeps this document; `text` is its content as it is kept. */
  seqFor(document: PositionedDocument, text: Text): number {
    const characters = ofAFrame + text.length;
    if (this.open === undefined || this.open.count >= mostDocuments || this.open.characters + characters > mostCharacters) this.begin(document);
    const set = this.open as NonNullable<typeof this.open>;
    set.count += 1;
    set.characters += characters;
    set.position = Math.max(set.position, document.position);
    return set.seq;
  }

  /** Writes down how many documents the last one has. */
  close(): void {
    if (this.open === undefined) return;
    const { seq, count, position } = this.open;
    statement(this.connection, 'UPDATE change_sets SET document_count = ?, server_position = ? WHERE seq = ?').run(count, position, seq);
    this.open = undefined;
  }

  private begin({ updatedBy, position }: PositionedDocument): void {
    this.close();
    const seq = insertReceived(this.connection, {
      id: this.store.newId(),
      // An action that people know by name: the first copy is what nearly all of these are.
      action: 'workstation.joined',
      actorId: updatedBy,
      deviceId: this.store.deviceId,
      wallTime: this.store.now().toISOString(),
      count: 0,
      position,
    });
    this.open = { seq, count: 0, characters: 0, position };
  }
}
