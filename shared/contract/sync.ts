import { z } from 'zod';
import type { ConflictChoice, ConflictContent } from '../schema/conflict.ts';
import { idSchema, requiredText, type DocumentMeta } from '../schema/document.ts';
import type { Refusal, SyncErrorCode } from '../sync/protocol.ts';
import { call } from './call.ts';
import { nothing, pageSchema, type Page } from './page.ts';

/**
 * Why the last attempt got no further: what the server answered, or what kept it from answering. Translated as
 * `sync.failure.<code>`.
 */
export const connectionFailures = ['unreachable', 'timed-out', 'wrong-certificate', 'answer-not-understood'] as const;
export type SyncFailure = SyncErrorCode | (typeof connectionFailures)[number];

/** The server that this workstation sends to. */
export interface SyncServer {
  /** Such as `https://192.168.1.20:8443`. */
  address: string;
  organisationName: string;
  siteName: string;
  /** SHA-256 of its certificate, upper-case hex pairs with colons; undefined for one that an authority vouches for. */
  fingerprint?: string;
}

/**
 * Where the replication stands.
 * - `off`: this workstation belongs to no server. `closed`: the database is shut, somebody has to sign in first.
 * - `joining`: the first copy, or one for another site, is under way: what is on screen is not whole yet.
 * - `working`: messages are going back and forth. `idle`: everything was sent and taken at `lastSuccessAt`.
 * - `offline`: the server cannot be reached or is busy; it is tried again at `nextAttemptAt`.
 * - `refused`: the server answers and will not go on, see `failure`; a person has to do something.
 * - `revoked`: taken out of the fleet. Its unsent work was handed over and its data is locked.
 */
export type SyncPhase = 'off' | 'closed' | 'joining' | 'working' | 'idle' | 'offline' | 'refused' | 'revoked';

/** Carries no patient data: a window may ask before anybody has signed in. */
export interface SyncState {
  phase: SyncPhase;
  failure?: SyncFailure;
  /** Change sets that wait to be sent, and when the oldest of them was saved. */
  waiting: number;
  oldestUnsentAt?: string;
  /** Documents whose bytes wait to be sent, and those whose bytes are still to come. */
  attachments: { toSend: number; toFetch: number };
  quarantined: number;
  openConflicts: number;
  lastSuccessAt?: string;
  lastAttemptAt?: string;
  nextAttemptAt?: string;
  /** The database on this computer. */
  storageBytes: number;
  server?: SyncServer;
  /** The site that it was moved from in the last two weeks, and when: whoever misses their patients is told where they are. */
  movedFrom?: { siteName: string; at: string };
  /**
   * The server that this one's server follows: changes of this workstation that are on the server and not known to be there yet, and
   * those that it refused, which are kept on the server.
   */
  central?: { organisationName: string; waiting: number; refused: number };
  /** Documents of a first copy; `secondsLeft` as soon as it can be told. `indexing`: nearly all are here, and are being made ready to be found. In phase `closed`: it was cut and goes on when somebody has signed in. */
  snapshot?: { received: number; total: number; secondsLeft?: number; indexing?: boolean };
  /** Joining began and the database cannot be opened again without the code that it began with. */
  needsCode?: boolean;
}

/** One document of a change set. `title` is a patient's name, or a person's or site's; absent for who may not see it. */
export interface ChangedDocument {
  collection: string;
  id: string;
  patientId?: string;
  title?: string;
  deleted: boolean;
}

/** One action of a person and how far it got: saved here → on the server → at the other sites. */
export interface ChangeSetRow {
  id: string;
  /** Translated as `audit.<action>`. */
  action: string;
  savedAt: string;
  savedByName: string;
  /** The first of them; `documentCount` counts all. */
  documents: ChangedDocument[];
  documentCount: number;
  state: 'waiting' | 'on-server' | 'quarantined';
  /** Place in the server's order of commits; a workstation whose `position` is as far has it too, see `fleet.list`. */
  serverPosition?: number;
  /**
   * The sites that it is meant for and that have other workstations than this one, and whether all of those have read it, as
   * the server told it last. Absent before it has told anything.
   */
  sites?: { name: string; has: boolean }[];
  /** Where the server follows another one: whether it is known to be there. */
  central?: 'waiting' | 'there' | 'refused';
  bytes: number;
}

export interface QuarantinedChangeSet extends ChangeSetRow {
  refusal: Refusal;
  refusedAt: string;
}

/** One of the two versions that clashed. */
export interface ConflictSide {
  rev: string;
  savedAt: string;
  savedByName: string;
  /** The workstation it was written on, and its site; absent for one that the server does not name. */
  workstationName?: string;
  siteName?: string;
}

/** What no policy could merge. `values` and `sides` are in one order; `clash.kept` says which the document shows. */
export type ConflictRow = Pick<DocumentMeta, 'id' | 'rev' | 'createdAt'> &
  Omit<ConflictContent, 'sides' | 'settledBy'> & {
    /** A patient's name, a record's chief complaint, or the name of a person or site. */
    title: string;
    patientName?: string;
    sides: [ConflictSide, ConflictSide];
    /** What the document shows now, for each clash; another value than the kept one where somebody has written it since. */
    present?: { value?: unknown }[];
    /** The document's current rev; settling is made over it. Absent: the document is not on this workstation. */
    documentRev?: string;
    /** Why the kept version stands whatever anybody chooses: signed, the other text of a record can be added by an amendment; in a sealed chart; or never changed once it is made. */
    sealed: 'signed' | 'chart' | 'made' | null;
    /** It was settled here and nothing was written over it since. */
    canUndo: boolean;
  };

/**
 * What to do with each clash, by its `path` (`''`: the whole document). `kept` leaves what the document shows, `other` brings the other
 * value back, `both` joins two texts, `edited` takes `value`.
 */
const settlement = z.strictObject({
  path: z.string().max(200),
  choice: z.enum(['kept', 'other', 'both', 'edited'] as const satisfies readonly ConflictChoice[]),
  value: z.unknown().optional(),
});
export type Settlement = z.infer<typeof settlement>;

export const serverAddressSchema = requiredText(300).regex(/^https?:\/\/[^\s/?#]+$/i, { error: 'invalid-address' });
const fingerprintSchema = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/, { error: 'invalid-fingerprint' });
/** Twenty characters of Crockford's base32 in groups, as people type them. */
export const enrolmentCodeSchema = requiredText(100);

/** What a server says of itself before anybody has joined it. */
export interface ServerFound {
  address: string;
  /** To compare with what the server's own screen shows; absent where an authority vouches for it, or without TLS. */
  fingerprint?: string;
  /** Plain HTTP: whoever is on the line can read along. Only on this computer itself. */
  encrypted: boolean;
}

/** The embedded server that lets this workstation serve the others of its clinic. */
export interface HubState {
  running: boolean;
  /** Starts with Outpost. */
  enabled: boolean;
  /** Addresses that other workstations can reach it under. */
  addresses: string[];
  port?: number;
  fingerprint?: string;
  startedAt?: string;
  /** The server that it follows: central, seen from a hub. */
  upstream?: HubUpstream;
}

/** How far the hub got with the server that it follows. */
export interface HubUpstream {
  address: string;
  organisationName: string;
  /** Change sets that it does not have yet, and since when the oldest waits. */
  unsent: number;
  oldestUnsentAt?: string;
  /** Change sets that it refused; they are kept here. */
  quarantined: number;
  /** Changes there that have not come yet. */
  behind: number;
  lastSuccessAt?: string;
  failure?: SyncFailure;
  firstCopy?: { received: number; total: number };
  /** It has taken the hub out of its fleet; the clinic goes on alone. */
  revoked: boolean;
  /** The hub's clock minus its. */
  clockSkewSeconds: number;
}

export const upstreamAlarms = ['revoked', 'stale', 'stuck', 'refused', 'skewed'] as const;
export type UpstreamAlarm = (typeof upstreamAlarms)[number];

/** The server that this one's server follows, for an admin. */
export interface FleetUpstream extends HubUpstream {
  /** What the server itself is called there: it sends what its workstations wrote. */
  deviceId: string;
  fingerprint?: string;
  lastAttemptAt?: string;
  alarms: UpstreamAlarm[];
}

/** Shown once. */
export interface EnrolmentCode {
  code: string;
  expiresAt: string;
  /** The site whose workstation it lets in; absent for one that brings its own. */
  siteId?: string;
}

export const fleetAlarms = ['stale', 'stuck', 'skewed', 'cloned', 'restored', 'quarantined', 'differed', 'outdated'] as const;
export type FleetAlarm = (typeof fleetAlarms)[number];

/** A workstation as the server knows it. No patient data. */
export interface FleetWorkstation {
  deviceId: string;
  name: string;
  siteId: string;
  siteName: string;
  workstationNumber: number;
  appVersion: string;
  state: 'active' | 'revoked';
  /** The one that asks. */
  self: boolean;
  /** It serves the others and cannot be revoked: the server's database would be locked with its data. */
  serves: boolean;
  /** It is a server of its own that follows this one, with so many workstations behind it. */
  hub?: { workstations: number };
  enrolledAt: string;
  lastSeenAt?: string;
  lastSuccessAt?: string;
  unsent: number;
  oldestUnsentAt?: string;
  quarantined: number;
  openConflicts: number;
  /** Its clock minus the server's. */
  clockSkewSeconds: number;
  dataBytes: number;
  /** How far it has read, and how many change sets it lacks. */
  position: number;
  behind: number;
  lastError?: string;
  digestsDiffered: number;
  alarms: FleetAlarm[];
}

export interface Fleet {
  head: number;
  sites: { id: string; name: string }[];
  workstations: FleetWorkstation[];
  /** Where the server follows another one. */
  upstream?: FleetUpstream;
}

/** How far behind a workstation was, oldest first: the points of a line. */
export interface FleetLag {
  deviceId: string;
  points: { at: string; behind: number; unsent: number }[];
}

/** Names a change set in the server's quarantine: the workstation that sent it, and its id. */
const heldRef = z.strictObject({ deviceId: idSchema, changeSetId: idSchema });
export type HeldRef = z.infer<typeof heldRef>;

/**
 * A change set that the server keeps and has not taken: what it refused, from any workstation, and what one that was revoked handed
 * over. Facts that could not be read out of it are absent.
 */
export interface HeldChangeSet extends HeldRef {
  /** The workstation that sent it, and its site. */
  workstationName: string;
  siteName: string;
  /** The server that this one follows refused it; the workstation is the one that wrote it. Releasing sends it there once more. */
  byCentral?: true;
  action?: string;
  savedAt?: string;
  savedByName: string;
  refusal: Refusal;
  refusedAt: string;
  /** The first of them; `documentCount` counts all. */
  documents: ChangedDocument[];
  documentCount: number;
}

/** A document as a held change set says it, beside what it says on this workstation now; null for one that is thrown away for good. */
export interface HeldDocument extends ChangedDocument {
  content: Record<string, unknown> | null;
  /** Absent: it is not on this workstation. */
  here?: Record<string, unknown>;
}

/** What became of what was released. `absent`: it is not in quarantine any more, and the server never took it. `sent`: it waits to be sent to central again. */
export type HeldOutcome = HeldRef & ({ outcome: 'applied' | 'merged' | 'absent' | 'sent' } | { outcome: 'rejected'; refusal: Refusal });

const deviceRef = z.strictObject({ deviceId: idSchema });
const workstationName = requiredText(200);

export const syncCalls = {
  'sync.state': call('public', nothing)<SyncState>(),
  /** Begins a sync now, without waiting for the timer. */
  'sync.syncNow': call('session', nothing)<SyncState>(),
  /** Oldest first while they wait, newest first once they are on the server. */
  'sync.changeSets': call('session', z.strictObject({ ...pageSchema, state: z.enum(['waiting', 'on-server']) }))<Page<ChangeSetRow>>(),

  'quarantine.list': call('quarantine.manage', z.strictObject({ ...pageSchema }))<Page<QuarantinedChangeSet>>(),
  /** Puts it back among what waits to be sent. */
  'quarantine.retry': call('quarantine.manage', z.strictObject({ id: idSchema }))<null>(),
  /** The whole of it as JSON, for a person to look at and type in again. */
  'quarantine.export': call('quarantine.manage', z.strictObject({ id: idSchema }))<{ fileName: string; text: string }>(),
  /** Gives it up: it is never sent. What it wrote stays in the history of documents that are still here. */
  'quarantine.discard': call('quarantine.manage', z.strictObject({ id: idSchema }))<null>(),

  /** Those on documents that this user may see, newest first. */
  'conflicts.list': call('session', z.strictObject({ ...pageSchema, status: z.enum(['open', 'settled']), patientId: idSchema.optional() }))<Page<ConflictRow>>(),
  'conflicts.get': call('session', z.strictObject({ id: idSchema }))<ConflictRow>(),
  /** One entry a clash. Fails with `stale-revision` where conflict or document were written meanwhile, `record-signed` for a sealed one. */
  'conflicts.settle': call(
    'conflict.settle',
    z.strictObject({ id: idSchema, rev: idSchema, documentRev: idSchema.optional(), settlements: z.array(settlement).min(1).max(200) }),
  )<ConflictRow>(),
  /** Brings back what the document said before it was settled, and opens the conflict again. */
  'conflicts.undo': call('conflict.settle', z.strictObject({ id: idSchema, rev: idSchema }))<ConflictRow>(),

  /** Looks at a server before joining it. Public on an empty profile, else for who may manage sync. */
  'enrolment.find': call('public', z.strictObject({ address: serverAddressSchema }))<ServerFound>(),
  /**
   * Joins a clinic with a one-time code; the first copy then goes on by itself, see `sync.state`. On an empty profile anybody
   * may; on one with a clinic only who may manage sync: its data stays and is sent. `fingerprint` is the one that a person has compared.
   */
  'enrolment.join': call(
    'public',
    z.strictObject({ address: serverAddressSchema, code: enrolmentCodeSchema, fingerprint: fingerprintSchema.optional(), name: workstationName }),
  )<SyncState>(),
  /** Goes on with a joining that was cut before anybody's password had arrived. Fails with `enrolment-code-wrong`. */
  'enrolment.resume': call('public', z.strictObject({ code: enrolmentCodeSchema }))<SyncState>(),
  /** Stops replicating and keeps all data. Refused with `unsent-work` unless told to. */
  'enrolment.leave': call('sync.manage', z.strictObject({ evenIfUnsent: z.boolean() }))<SyncState>(),

  'hub.state': call('session', nothing)<HubState>(),
  /** Starts the embedded server and joins this workstation to it. */
  'hub.start': call('sync.manage', z.strictObject({ port: z.int().min(0).max(65_535).optional() }))<HubState>(),
  'hub.stop': call('sync.manage', nothing)<HubState>(),
  /**
   * Has the embedded server follow another one, found with `enrolment.find`; `fingerprint` is the one that a person has compared. Fails with
   * `hub-not-started`, `already-enrolled` or as `enrolment.join`.
   */
  'hub.follow': call('sync.manage', z.strictObject({ address: serverAddressSchema, code: enrolmentCodeSchema, fingerprint: fingerprintSchema.optional() }))<HubState>(),
  /** Ends that: what has come stays, what was not sent is not sent. */
  'hub.unfollow': call('sync.manage', nothing)<HubState>(),

  'fleet.list': call('sync.manage', nothing)<Fleet>(),
  'fleet.lag': call('sync.manage', z.strictObject({ hours: z.int().min(1).max(24 * 90) }))<FleetLag[]>(),
  /** A code for a workstation of this site, or for one that brings its own. */
  'fleet.createCode': call('sync.manage', z.strictObject({ siteId: idSchema.optional() }))<EnrolmentCode>(),
  'fleet.rename': call('sync.manage', z.strictObject({ deviceId: idSchema, name: workstationName }))<null>(),
  /** Its unsent work goes to the server's quarantine at its next sync, and then its data is locked. */
  'fleet.revoke': call('sync.manage', deviceRef)<null>(),
  /** The server's quarantine, of one workstation or of all, in the order in which it came. */
  'fleet.quarantine': call('sync.manage', z.strictObject({ ...pageSchema, limit: z.int().min(1).max(100), deviceId: idSchema.optional() }))<Page<HeldChangeSet>>(),
  /** What is in one. Fails with `quarantine-not-found`. */
  'fleet.quarantineRead': call('sync.manage', heldRef)<{ documents: HeldDocument[] }>(),
  /** The whole of them as JSON. Fails with `quarantine-not-found`. */
  'fleet.quarantineExport': call('sync.manage', z.strictObject({ entries: z.array(heldRef).min(1).max(100) }))<{ fileName: string; text: string }>(),
  /** Has the server take them as if their workstation sent them now: checked, merged and refused alike. In this order; a repeat does nothing more. */
  'fleet.quarantineRelease': call('sync.manage', z.strictObject({ entries: z.array(heldRef).min(1).max(100) }))<HeldOutcome[]>(),
  'fleet.move': call('sync.manage', z.strictObject({ deviceId: idSchema, siteId: idSchema }))<null>(),
};
