import type { Transfer, TransferAnswer } from './attachments.ts';
import type { Digest } from './digest.ts';
import type { ChangeSet, DocumentRef, PositionedDocument, PulledChangeSet, PushOutcome, RevRef } from './protocol.ts';

/** What a workstation's store remembers of its replication; written in the same transactions as the data it speaks of. */
export interface ReplicaState {
  deviceId: string;
  /** The counter of the last hello; the next is greater. */
  counter: number;
  epoch: string | null;
  /** Everything in scope up to this position has been applied. */
  position: number;
  /**
   * The greatest position of this epoch that the store knows of, that of an accepted push, of a snapshot under way and of what was
   * fetched included. A hello claims it: a server that never told as much was restored from a backup.
   */
  knownPosition: number;
  scopeVersion: number | null;
  /** A snapshot under way, resumable by page. While there is one, the data is not whole and no screen calls it so. */
  snapshot: { at: number | null; cursor: string | null; received: number; total: number } | null;
  /** Digests were found equal at this position. */
  verifiedPosition: number | null;
  /** Revoked and all unsent work handed over. */
  locked: boolean;
}

/**
 * What the sync machine asks of a workstation's store. Each method is one durable transaction; a crash leaves it done or
 * not done. The rules that keep every acknowledged write:
 *
 * - A document with unsent local writes is never replaced by what arrives: the server merges, and its result arrives
 *   after the push at a later position.
 * - A version that stands at or before the position at which the document is already known is not applied.
 * - A version that was not applied because of unsent writes is remembered by its position: when those writes turn out to
 *   have landed before it, or were refused, the document is asked for (`toFetch`).
 */
export interface Replica {
  state(): ReplicaState;
  /** Moves the counter on and answers it: durable before it is used. */
  nextCounter(): number;
  /** Takes another identity: unsent change sets stay, and are sent under the new one. */
  adoptIdentity(identity: { deviceId: string; workstationNumber: number }): void;
  /** Notes what a hello said of the scope. A first or another scope version begins a snapshot. */
  adoptScope(scope: { siteId: string; scopeVersion: number; workstationNumber: number }): void;
  /**
   * Meets a server that was restored: every change set known at a position after `sharedPosition` (all, where it is null),
   * own or received, waits to be offered again, and so does what is in quarantine, whose copy the server may have lost; a
   * document that came without its change set (snapshot, fetch) waits in one of its own. The position goes back with it.
   */
  adoptEpoch(epoch: string, sharedPosition: number | null): void;
  /** The oldest unsent change sets, in the order they were written, whole, at least one where there is one. */
  outgoing(maxBytes: number): ChangeSet[];
  /** Unsent change sets that another epoch had, by id and revs, in order, after `after` (an id; null: from the first). */
  offers(limit: number): { id: string; revs: string[] }[];
  /** The server wants these change sets sent whole. */
  noteWanted(ids: string[]): void;
  /** Takes what became of change sets: accepted ones leave the outbox, rejected ones go to quarantine. Repeats are harmless. */
  acknowledge(outcomes: PushOutcome[]): void;
  /** Applies a page of change sets and moves the position, in one transaction. */
  applyPage(page: { changeSets: PulledChangeSet[]; position: number }): void;
  /** Applies a page of the snapshot and its cursor. The last page (cursor null) drops what is out of scope and moves the position. */
  applySnapshotPage(page: { at: number; documents: PositionedDocument[]; cursor: string | null; total: number }): void;
  /** Documents whose version on the server must be asked for: theirs was skipped and ours was refused, or content was missing. */
  toFetch(limit: number): DocumentRef[];
  /** Applies documents that were asked for; `missing` ones are not on the server in this scope. */
  applyFetched(documents: PositionedDocument[], missing: DocumentRef[]): void;
  digests(): Record<string, Digest>;
  /** The documents of one bucket as they are known to stand on the server. */
  bucket(collection: string, bucket: number): { id: string; rev: string }[];
  /**
   * Repairs a bucket: `theirs` is what the server holds. Asks (`toFetch`) for what differs or is missing here; what only we
   * hold waits to be sent again. A document with unsent writes is left alone: its difference is on its way. Answers how many documents differed.
   */
  repairBucket(collection: string, bucket: number, theirs: { id: string; rev: string }[]): number;
  noteVerified(position: number): void;
  /**
   * The next message about the bytes of attachments; `sendOnly` for a workstation that was revoked. Bytes leave the list of what is to be
   * sent when the server says that it has them whole, and never before. Ends a round with null, or with `awaiting`
   * where bytes are missing on either side that could not be had in this one.
   */
  nextTransfer(sendOnly: boolean): Transfer | 'awaiting' | null;
  /** What came of it; null: the server could make nothing of it, and it waits for another round. */
  noteTransfer(transfer: Transfer, answer: TransferAnswer | null): void;
  /**
   * This workstation was revoked: what is in quarantine waits to be sent once more, so that the server has all of it before the
   * lock. It may never have had what was refused here, as too large for instance.
   */
  handOver(): void;
  /** Locks the data of a revoked workstation. Does nothing while anything waits to be sent, bytes included: it is called again when that was handed over. */
  lock(): void;
}

/** The same over a database that answers later. */
export type ReplicaLater = { [Method in keyof Replica]: (...input: Parameters<Replica[Method]>) => Promise<ReturnType<Replica[Method]>> };

/** Facts about a document's place in replication, as stores keep them beside it. */
export interface ReplicaDocument extends RevRef {
  /** The rev it is known to have on the server, and where. */
  serverRev: string | null;
  serverPosition: number | null;
}
