import type { AttachmentGetAnswer, AttachmentPutAnswer, AttachmentsAnswer, Transfer } from './attachments.ts';
import type { Digest } from './digest.ts';
import type {
  BucketAnswer, ChangeSet, DigestsAnswer, DocumentsAnswer, HelloAnswer, OfferAnswer, PullAnswer, PushAnswer, SnapshotAnswer, SyncErrorCode, ToldPage,
} from './protocol.ts';
import type { Replica, ReplicaState } from './replica.ts';

/**
 * Messages as the machine asks for them. The driver adds what only it has: clock, signature and version to a hello, a new key
 * pair to a reidentify, its figures to a report.
 */
export interface Messages {
  hello: { body: { deviceId: string; counter: number; epoch: string | null; position: number }; answer: HelloAnswer };
  reidentify: { body: { deviceId: string }; answer: { deviceId: string; workstationNumber: number } };
  offer: { body: { epoch: string; changeSets: { id: string; revs: string[] }[] }; answer: OfferAnswer };
  push: { body: { epoch: string; changeSets: ChangeSet[] }; answer: PushAnswer };
  snapshot: { body: { epoch: string; at: number | null; cursor: string | null }; answer: SnapshotAnswer };
  pull: { body: { epoch: string; after: number; upTo?: number }; answer: PullAnswer };
  documents: { body: { epoch: string; refs: { collection: string; id: string }[] }; answer: DocumentsAnswer };
  digests: { body: { epoch: string }; answer: DigestsAnswer };
  bucket: { body: { epoch: string; collection: string; bucket: number }; answer: BucketAnswer };
  attachments: { body: { epoch: string } & Extract<Transfer, { name: 'attachments' }>['body']; answer: AttachmentsAnswer };
  'attachment-put': { body: { epoch: string } & Extract<Transfer, { name: 'attachment-put' }>['body']; answer: AttachmentPutAnswer };
  'attachment-get': { body: { epoch: string } & Extract<Transfer, { name: 'attachment-get' }>['body']; answer: AttachmentGetAnswer };
  /** What it answers is for people to read; the machine goes on alike. */
  report: { body: { position: number; digestsDiffered: number }; answer: unknown };
}
export type MessageName = keyof Messages;

type RequestEffect = { [Name in MessageName]: { type: 'request'; name: Name; body: Messages[Name]['body'] } }[MessageName];
type ReplicaEffect = {
  [Method in keyof Replica]: { type: 'replica'; method: Method; input: Parameters<Replica[Method]> };
}[keyof Replica];

/** Why sync stands still, where it does. `unreachable`: no answer came at all. */
export type Trouble = SyncErrorCode | 'unreachable';

export type Status =
  | { phase: 'connecting' | 'sending' | 'receiving' | 'checking' }
  | { phase: 'snapshot'; received: number; total: number }
  /** Everything that was to be sent is on the server, and everything there is here. */
  | { phase: 'up-to-date' }
  /** Tried and failed; tries again by itself. */
  | { phase: 'failed'; trouble: Trouble }
  /** Trying again is of no use before somebody does something. */
  | { phase: 'refused'; trouble: Trouble }
  | { phase: 'locked' };

/** What the driver does for the machine: one request or replica call at a time, its result comes back as an event. */
export type Effect =
  | RequestEffect
  | ReplicaEffect
  /** Wakes the machine with `timer` after a time between the two, chosen at random, unless something else wakes it before. */
  | { type: 'wait'; atLeast: number; atMost: number }
  | { type: 'status'; status: Status };

export type Event =
  | { type: 'start' }
  | { type: 'local-change' }
  /** A person asks to sync now, or the network came back. */
  | { type: 'retry' }
  /** The server's head moved, to `head` where that is known. */
  | { type: 'hint'; head?: number }
  /** The server's head moved, and this is what is new. It may come twice, late or not at all: it is taken where it joins on. */
  | { type: 'told'; page: ToldPage }
  | { type: 'timer' }
  /** Compare digests again at the next opportunity. */
  | { type: 'verify' }
  /** The replica call that was asked for is done. */
  | { type: 'done'; value: unknown }
  | { type: 'answer'; value: unknown }
  | { type: 'failed'; trouble: Trouble; retryAfterSeconds?: number };

export interface Session {
  epoch: string;
  revoked: boolean;
  head: number;
  siteId: string;
  scopeVersion: number;
  workstationNumber: number;
}

export type StepName =
  | 'stopped' | 'waiting' | 'backing-off' | 'locked'
  | 'reading-state' | 'counting' | 'greeting' | 'reidentifying' | 'adopting-identity' | 'adopting-epoch' | 'adopting-scope' | 'taking-bearings' | 'handing-over'
  | 'listing-offers' | 'offering' | 'noting-known' | 'noting-wanted'
  | 'collecting' | 'pushing' | 'acknowledging' | 'refusing'
  | 'looking' | 'snapshotting' | 'applying-snapshot' | 'pulling' | 'applying'
  | 'listing-fetches' | 'fetching' | 'applying-fetched'
  | 'summing' | 'comparing' | 'asking-bucket' | 'repairing' | 'noting-verified'
  | 'listing-transfers' | 'transferring' | 'noting-transfer'
  | 'reporting' | 'locking';

export interface SyncState {
  step: StepName;
  session: Session | null;
  /** The replica's state as last read. */
  replica: ReplicaState | null;
  /** What came meanwhile and is to be looked after before the machine rests. */
  flags: { local: boolean; remote: boolean; verify: boolean };
  /** The furthest head that was hinted at since the last pull began; 0: none. */
  hinted: number;
  /** What was told without being asked for and is not applied yet, each page beginning at or before the end of the one before. */
  told: ToldPage[];
  /** Failures in a row. */
  failures: number;
  /** Pushes in a row over which the server broke. */
  broken: number;
  /** How many bytes of change sets go into one push; less after one was too large or broke the server. */
  pushBytes: number;
  /** What a step handed to the next. */
  hello: Extract<HelloAnswer, { epoch: string }> | null;
  sent: ChangeSet[];
  offerAnswer: OfferAnswer | null;
  ours: Record<string, Digest> | null;
  buckets: { collection: string; bucket: number }[];
  /** Rounds of comparing that found a difference in this sync. */
  rounds: number;
  digestsDiffered: number;
  /** What is under way of the bytes of attachments. */
  transfer: Transfer | null;
  /** Rounds in a row that ended with bytes which the server does not have yet. */
  awaited: number;
}

/** The state after an event, and what is to be done now. */
export interface Stepped {
  state: SyncState;
  effects: Effect[];
}
