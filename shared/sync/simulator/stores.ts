import type { step } from '../engine.ts';
import type { MessageName } from '../engine-types.ts';
import type { ChangeSet, SyncErrorCode, WireDocument } from '../protocol.ts';
import type { Deed } from './deed.ts';
import type { Replica, ReplicaDocument } from '../replica.ts';

/** A value, or the promise of one: stores in memory answer at once, which is what lets a million histories run. */
export type Soon<Value> = Value | Promise<Value>;

/** A document as a workstation shows it, and what it knows of its place on the server. */
export type Held = WireDocument & Pick<ReplicaDocument, 'serverRev' | 'serverPosition'>;

/** A version that a workstation keeps in a change set, and whether that change set will be sent (again) by itself. */
export interface Kept {
  rev: string;
  state: 'waiting' | 'sent' | 'quarantined';
  /** Where the server said that it stands. */
  position: number | null;
}

/** The durable store of one workstation: what survives its crash. */
export interface WorkstationStore {
  readonly replica: Replica;
  /** What a person saves: one durable transaction. Answers what it wrote; undefined where the program has no such action. */
  write(deed: Deed): ChangeSet | undefined;
  /** Every document that is here, deleted and purged ones too. */
  documents(): Held[];
  find(collection: string, id: string): WireDocument | undefined;
  /** Every version in a change set that is kept here, own or received. */
  kept(): Kept[];
  /** Whether the bytes that a document names are here whole, for it is here or they wait to be sent for it. */
  holds(documentId: string, hash: string): boolean;
  /** Joins (again) with an identity that the server gave it just now, and keeps its data. */
  join(identity: { deviceId: string; workstationNumber: number }): void;
  /** The process dies and starts anew: what no transaction made durable is gone. */
  crash(): void;
  /** The whole of it as a backup or a copied disk has it. */
  copy(): WorkstationStore;
  close(): void;
}

/** What a server answers to one message; a code where it refuses it. */
export type Answered = { value: unknown } | { trouble: SyncErrorCode };

/** A server with its database, and what its operator can do. */
export interface ServerStore {
  /** Instant of the virtual clock in milliseconds. */
  handle(name: MessageName, token: string, body: unknown, now: number): Soon<Answered>;
  /** A workstation joins a site. */
  enrol(siteId: string): Soon<{ deviceId: string; workstationNumber: number }>;
  /** With every copy of it. */
  revoke(deviceId: string): Soon<void>;
  move(deviceId: string, siteId: string): Soon<void>;
  /** A backup of the database, and what brings it back: `announced`, the operator tells the server so. Either way it is started anew. */
  backUp(): Soon<(announced: boolean, now: number) => Soon<void>>;
  facts(): Soon<ServerFacts>;
}

/** Looks into the server's database, for the checks only. */
export interface ServerFacts {
  epoch: string;
  head: number;
  /** Any version, also one that was merged away; `purged` where its content was wiped since. */
  version(rev: string): WireDocument | undefined;
  current(collection: string, id: string): WireDocument | undefined;
  /** Current documents of the scope of a site. */
  scope(siteId: string): WireDocument[];
  conflicts(): WireDocument[];
  /** Everything that it keeps of documents, as text: versions of any age, conflicts, quarantine. */
  kept(): string;
  /** Revs in change sets that were refused and are kept. */
  quarantined(rev: string): boolean;
  device(deviceId: string): { siteId: string; revoked: boolean } | undefined;
  /** Whether the bytes that a document names are there whole, for whom may read it or, of one that was refused, for whom it is kept. */
  attachment(documentId: string, hash: string): boolean;
  /** The last position that a workstation shares with this database, where it will be told so at its next hello; undefined where all is shared. */
  sharedPosition(deviceId: string, epoch: string | null, knownPosition: number): number | null | undefined;
}

/** What is simulated: stores in memory or real databases, and the machine that syncs them. */
export interface Parts {
  step: typeof step;
  server(newId: () => string): Soon<ServerStore>;
  workstation(identity: { deviceId: string; workstationNumber: number; siteId: string }, newId: () => string): Soon<WorkstationStore>;
}
