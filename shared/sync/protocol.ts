import { z } from 'zod';
import { idSchema, instantSchema } from '../schema/document.ts';

/** The version of the wire. A server takes clients up to two minor versions older than itself. */
export const protocolVersion = { major: 1, minor: 0 } as const;
export const protocolSchema = z.strictObject({ major: z.int().min(0).max(1000), minor: z.int().min(0).max(1000) });
export type Protocol = z.infer<typeof protocolSchema>;

/** Whether a server of one version can serve a client of another. */
export function serves(server: Protocol, client: Protocol): 'yes' | 'client-too-old' | 'client-too-new' {
  if (client.major > server.major || (client.major === server.major && client.minor > server.minor)) return 'client-too-new';
  return client.major === server.major && server.minor - client.minor <= 2 ? 'yes' : 'client-too-old';
}

/**
 * A place in an organisation's order of commits, 1, 2, 3 …: handed out by the server under a lock that is held to the
 * commit, so that nothing ever appears at or below a place that somebody has read past. 0 is before the first.
 */
export const positionSchema = z.int().min(0);
const collectionSchema = z.string().regex(/^[a-zA-Z]{1,40}$/);
const revSchema = idSchema;

/** One version of one document. Content of `null`: purged, nothing of it is kept anywhere and it never comes back. */
export const wireDocumentSchema = z.strictObject({
  collection: collectionSchema,
  id: idSchema,
  rev: revSchema,
  /** The rev it was written over; null for a new document. */
  baseRev: revSchema.nullable(),
  deleted: z.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  updatedBy: z.string().max(100),
  content: z.record(z.string(), z.unknown()).nullable(),
});
export type WireDocument = z.infer<typeof wireDocumentSchema>;

/** Everything that one action of a person wrote; never split. */
export const changeSetSchema = z.strictObject({
  id: idSchema,
  action: z.string().max(100),
  actorId: z.string().max(100),
  /** The device it was written on, which is not always the one that sends it: see `offer`. */
  deviceId: idSchema,
  wallTime: instantSchema,
  documents: z.array(wireDocumentSchema).max(100_000),
});
export type ChangeSet = z.infer<typeof changeSetSchema>;

/** Codes with which one change set is refused; it waits in quarantine, here and on the server. */
export const refusals = ['invalid-document', 'unknown-collection', 'out-of-scope', 'not-permitted', 'device-revoked', 'too-large', 'chart-sealed', 'server-error'] as const;
export type Refusal = (typeof refusals)[number];

export interface DocumentRef {
  collection: string;
  id: string;
}
export interface RevRef extends DocumentRef {
  rev: string;
}

/** What became of one change set. A repeat gets the answer of the first time. */
export type Verdict =
  | {
      outcome: 'accepted';
      /** Where it stands in the order of commits. */
      position: number;
      /** Documents whose rev or place is another than the one that was sent and `position`: merged, or known from before. */
      landed: (RevRef & { position: number })[];
    }
  | { outcome: 'rejected'; refusal: Refusal };
export type PushOutcome = Verdict & { id: string };

/** A change set as the server tells it to one workstation: only what is in that workstation's scope. */
export interface PulledChangeSet extends ChangeSet {
  position: number;
  /** Versions that the asking device wrote itself and that stand as they were sent: told by rev, without content. */
  echoes: RevRef[];
  /** Patients that left the scope of this workstation's site here: their documents go, unsent work first. */
  withdrawn: string[];
}

const token = z.string().min(1).max(200);
const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,400}$/);

/** One message a line: path, what a client sends, what it gets. All are POST with JSON under `/sync/v1/`. */
export const enrolSchema = z.strictObject({
  protocol: protocolSchema,
  code: z.string().min(1).max(100),
  /** Ed25519, raw 32 bytes. */
  publicKey: base64url,
  name: z.string().trim().min(1).max(200),
  appVersion: z.string().max(50),
  /** A clinic that was set up before it met the server brings its own site. */
  siteId: idSchema.optional(),
});
export type EnrolRequest = z.infer<typeof enrolSchema>;
export interface Enrolment {
  deviceId: string;
  organisationId: string;
  organisationName: string;
  siteId: string;
  /** Begins every medical record number minted here: two workstations never mint the same. */
  workstationNumber: number;
}

/** The first message of every sync. `counter` is greater in each; a copy of a workstation is found by its repeated counter. */
export const helloSchema = z.strictObject({
  protocol: protocolSchema,
  deviceId: idSchema,
  counter: z.int().min(1),
  /** The device's clock, for the skew that the fleet view shows; it decides nothing. */
  at: instantSchema,
  epoch: idSchema.nullable(),
  position: positionSchema,
  appVersion: z.string().max(50),
  /** Ed25519 over {@link helloText}. */
  signature: base64url,
});
export type HelloRequest = z.infer<typeof helloSchema>;

/** What a device signs: everything that a hello claims. */
export const helloText = ({ signature: _signature, ...hello }: HelloRequest | (Omit<HelloRequest, 'signature'> & { signature?: string })) =>
  JSON.stringify(['outpost-hello', hello.deviceId, hello.counter, hello.at, hello.epoch, hello.position, hello.protocol.major, hello.protocol.minor]);

export type HelloAnswer =
  | {
      /** `revoked`: this device may only hand over its unsent work, and then locks. */
      state: 'active' | 'revoked';
      /** Bearer token of all other messages; short-lived. */
      token: string;
      epoch: string;
      /**
       * For a device that knew another epoch: the last position that is the same in both. What lies after it the server
       * may have lost, and the device offers it again. Null: none of it is the same.
       */
      sharedPosition: number | null;
      head: number;
      siteId: string;
      /** Counts changes of this device's site; a device that knows another number takes its snapshot anew. */
      scopeVersion: number;
      workstationNumber: number;
      limits: { pushBytes: number; pageBytes: number };
      now: string;
    }
  /** Another copy of this workstation is at work: this one needs an identity of its own. */
  | { state: 'cloned' };

/** A copy takes an identity of its own, with the old key as its warrant. Signed like a hello over {@link reidentifyText}. */
export const reidentifySchema = z.strictObject({ deviceId: idSchema, publicKey: base64url, signature: base64url });
export type ReidentifyRequest = z.infer<typeof reidentifySchema>;
export const reidentifyText = ({ deviceId, publicKey }: Omit<ReidentifyRequest, 'signature'>) =>
  JSON.stringify(['outpost-reidentify', deviceId, publicKey]);

/** In order. Every message behind a hello names the epoch that it was written for; another one is answered `epoch-changed`. */
export const pushSchema = z.strictObject({ epoch: idSchema, changeSets: z.array(z.unknown()).max(10_000) });
export interface PushAnswer {
  /** Of each change set, in the order in which they were sent: their ids would be most of what goes back over the line. */
  outcomes: Verdict[];
  head: number;
  /**
   * Between these two positions stands what this push brought, all of it in its sender's scope and just as it was sent, and nothing
   * else: who has read up to the first has read up to the second. Absent where a pull tells more.
   */
  asSent?: { after: number; position: number };
}

/** Which of these the server lacks: asked before sending again what another epoch had. */
export const offerSchema = z.strictObject({
  epoch: idSchema,
  changeSets: z.array(z.strictObject({ id: idSchema, revs: z.array(revSchema).max(100_000) })).max(10_000),
});
export interface OfferAnswer {
  /** Ids to send. For the others, what a push of them would answer. */
  wanted: string[];
  known: PushOutcome[];
}

/** `upTo`: what comes after it was told already. */
export const pullSchema = z.strictObject({ epoch: idSchema, after: positionSchema, upTo: positionSchema.optional(), maxBytes: z.int().min(1) });
export interface PullAnswer {
  /** Whole change sets, in order of position, at least one where there is one. */
  changeSets: PulledChangeSet[];
  /** Everything in scope up to here has been told. */
  position: number;
  head: number;
}
/** What a pull after `after` would answer, told with a hint. In another epoch, or where it does not join on, it is no more than a hint. */
export interface ToldPage {
  epoch: string;
  after: number;
  changeSets: PulledChangeSet[];
  position: number;
}

/** The current documents of the whole scope as they stood at one position, page by page; `cursor` null begins. */
export const snapshotSchema = z.strictObject({
  epoch: idSchema,
  at: positionSchema.nullable(),
  cursor: z.string().max(400).nullable(),
  maxBytes: z.int().min(1),
  /** Asks for contents apart from their documents, as {@link import('./apart.ts').readApart} reads them. */
  apart: z.boolean().optional(),
});
/** A document and where its version stands in the order of commits. */
export type PositionedDocument = WireDocument & { position: number };
/** Its content is the JSON that the server keeps, in UTF-8: a store that keeps the same need not read it and write it again. */
export type TextDocument = Omit<PositionedDocument, 'content'> & { content: Uint8Array | null };
export interface SnapshotAnswer {
  at: number;
  documents: PositionedDocument[];
  /** Null: this was the last page. */
  cursor: string | null;
  /** Documents in the whole snapshot, for the time that is left. */
  total: number;
}

export const digestsSchema = z.strictObject({ epoch: idSchema });
export interface DigestsAnswer {
  /** Where the server's digests stand; they compare with those of a store that stands there too. */
  position: number;
  /** `collection` → {@link import('./digest.ts').Digest}. */
  digests: Record<string, (readonly [count: number, sum: number])[]>;
}
export const bucketSchema = z.strictObject({ epoch: idSchema, collection: collectionSchema, bucket: z.int().min(0).max(255) });
export interface BucketAnswer {
  position: number;
  revs: { id: string; rev: string }[];
}
export const documentsSchema = z.strictObject({
  epoch: idSchema,
  refs: z.array(z.strictObject({ collection: collectionSchema, id: idSchema })).max(1000),
});
export interface DocumentsAnswer {
  documents: PositionedDocument[];
  /** Not there or not in scope: the two look the same. */
  missing: DocumentRef[];
}

/** What names of workstations the asker knows, see {@link Surroundings}; null for none. */
const namesTagSchema = z.string().max(100).nullable();

/** The same that a report is answered with, for whom reads on screen how far a change got. */
export const surroundingsSchema = z.strictObject({ epoch: idSchema, namesTag: namesTagSchema });

/** What every workstation may know of the others. No patient data. */
export interface Surroundings {
  /**
   * Who is meant by a device id, those that were revoked among them: old versions speak of them. Null where the tag that was
   * asked with still stands, so that a sync with nothing new costs the same beside two workstations and two thousand.
   */
  names: { tag: string; workstations: { deviceId: string; name: string; siteId: string }[] } | null;
  /** How far every active workstation of a site has read, the asking one aside. Sites without another one are not named. */
  sites: SiteReach[];
  /** Of a server that follows another one, what of its own order of commits is there, too; null for one that follows none. */
  upstream: UpstreamReach | null;
}
export interface SiteReach {
  siteId: string;
  position: number;
}
export interface UpstreamReach {
  organisationName: string;
  /** What was written up to here is there, save what it refused; it never claims more than is so. */
  position: number;
  refused: number[];
}

/** What the fleet view shows of a workstation; no patient data. */
export const reportSchema = z.strictObject({
  at: instantSchema,
  appVersion: z.string().max(50),
  unsent: z.int().min(0),
  oldestUnsentAt: instantSchema.nullable(),
  quarantined: z.int().min(0),
  openConflicts: z.int().min(0),
  lastSuccessAt: instantSchema.nullable(),
  position: positionSchema,
  dataBytes: z.int().min(0),
  lastError: z.string().max(60).nullable(),
  digestsDiffered: z.int().min(0),
  namesTag: namesTagSchema,
  /** From a server that follows this one: whom it serves, and how far those of each site have read, in this server's order. */
  served: z
    .strictObject({
      sites: z.array(z.strictObject({ siteId: idSchema, position: positionSchema })).max(1000),
      /** Null: the same as were told last. */
      workstations: z.array(z.strictObject({ deviceId: idSchema, name: z.string().max(200), siteId: idSchema })).max(10_000).nullable(),
    })
    .optional(),
});
export type Report = z.infer<typeof reportSchema>;

/** A server that follows this one asks for workstation numbers, which it gives to those that join it. */
export const numbersSchema = z.strictObject({ count: z.int().min(1).max(1000) });
export interface NumbersAnswer {
  first: number;
  last: number;
}

/** Codes that answer a whole message, with the HTTP status each travels under. */
export const syncErrorStatus = {
  'client-too-old': 426,
  'client-too-new': 409,
  'code-not-valid': 403,
  'unknown-device': 401,
  'bad-signature': 401,
  'token-expired': 401,
  'epoch-changed': 409,
  'device-revoked': 403,
  'malformed-message': 400,
  'message-too-large': 413,
  'not-found': 404,
  'forbidden': 403,
  /** A server that follows another one serves the one site that it was given there. */
  'several-sites': 409,
  'too-many-requests': 429,
  'server-busy': 503,
  'database-unavailable': 503,
  'disk-full': 507,
  'internal': 500,
} as const;
export type SyncErrorCode = keyof typeof syncErrorStatus;
export interface SyncError {
  code: SyncErrorCode;
  retryAfterSeconds?: number;
}

export const bearerSchema = token;
