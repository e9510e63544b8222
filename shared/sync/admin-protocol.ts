import { z } from 'zod';
import { idSchema } from '../schema/document.ts';
import type { DocumentRef, Refusal, ToldPage } from './protocol.ts';
import { resourceMessageSchemas, type ResourceAnswers } from './resource-protocol.ts';

/**
 * What an admin asks of the server, through a workstation: `POST /sync/v1/admin/<name>` with the workstation's bearer
 * token. The server answers only a device that may administer (the first one of an organisation, those enrolled with a code
 * that says so, those that an admin permits), on behalf of an actor whose user document is active and whose role grants
 * `sync.manage`, or `resource.manage` for the messages of resource-protocol.ts. That this person sits there is the workstation's
 * word: it has checked the password, the server never sees one. Anything else is answered `forbidden`.
 */
const actor = { actorId: idSchema };
const device = { ...actor, deviceId: idSchema };
/** Names what the server keeps in quarantine: who carried it there, and which change set it is. */
const quarantinedSchema = z.strictObject({ deviceId: idSchema, changeSetId: idSchema });
export type QuarantinedRef = z.infer<typeof quarantinedSchema>;

export const adminSchemas = {
  /** A one-time code; without `siteId` for a workstation that brings its own site. */
  'create-code': z.strictObject({ ...actor, siteId: idSchema.optional(), mayAdminister: z.boolean().optional() }),
  fleet: z.strictObject(actor),
  lag: z.strictObject({ ...actor, hours: z.int().min(1).max(24 * 90) }),
  rename: z.strictObject({ ...device, name: z.string().trim().min(1).max(200) }),
  /** All identities that descend from the same enrolment are revoked with it: a copy is no way around. */
  revoke: z.strictObject(device),
  move: z.strictObject({ ...device, siteId: idSchema }),
  permit: z.strictObject({ ...device, mayAdminister: z.boolean() }),
  /** What was refused, of one device or of all, in the order it came. */
  'quarantine.list': z.strictObject({ ...actor, deviceId: idSchema.optional(), offset: z.int().min(0), limit: z.int().min(1).max(100) }),
  'quarantine.read': z.strictObject({ ...device, changeSetId: idSchema }),
  /** Takes them now as they were written, in this order: checked, merged and refused as if their device sent them. */
  'quarantine.release': z.strictObject({ ...actor, entries: z.array(quarantinedSchema).min(1).max(100) }),
  ...resourceMessageSchemas,
} as const;
export type AdminMessageName = keyof typeof adminSchemas;
export type AdminRequest<Name extends AdminMessageName> = z.infer<(typeof adminSchemas)[Name]>;

/** Shown once: the server keeps only its hash. */
export interface CreatedCode {
  code: string;
  expiresAt: string;
  siteId: string | null;
}

/** Facts about a workstation, no patient data; what is alarming about them is for the reader to judge. */
export interface FleetDevice {
  deviceId: string;
  name: string;
  siteId: string;
  workstationNumber: number;
  state: 'active' | 'revoked';
  mayAdminister: boolean;
  /** The server runs in it; it cannot be revoked. */
  serves: boolean;
  /** It is a server that follows this one, with so many workstations; null for a workstation. */
  hub: { workstations: number } | null;
  enrolledAt: string;
  /** A copy of this device, which took an identity of its own when it was found. */
  replaces: string | null;
  /** When a copy of this device, or this device from an old backup of itself, last said hello. */
  copyFoundAt: string | null;
  /** When a position was last claimed that this server never told: the server was restored from a backup. */
  restoreFoundAt: string | null;
  appVersion: string;
  lastSeenAt: string | null;
  clockSkewMilliseconds: number;
  /** Change sets of it that the server keeps in its quarantine. */
  heldInQuarantine: number;
  /** How far it has read, by its last report; 0 before the first. */
  position: number;
  /** Change sets between that and the head. */
  behind: number;
  /** Its last report; null before the first. */
  report: {
    receivedAt: string;
    lastSuccessAt: string | null;
    unsent: number;
    oldestUnsentAt: string | null;
    quarantined: number;
    openConflicts: number;
    dataBytes: number;
    lastError: string | null;
    digestsDiffered: number;
  } | null;
}

/** A change set in the server's quarantine, without what it says. Null where what was refused could not be read. */
export interface QuarantineEntry extends QuarantinedRef {
  /** The server that this one follows refused it; `deviceId` is what that calls this one. */
  above: boolean;
  /** The device it was written on; `deviceId` is the one that sent it. */
  originDeviceId: string | null;
  action: string | null;
  actorId: string | null;
  wallTime: string | null;
  refusal: Refusal;
  receivedAt: string;
  /** The first 20. */
  documents: (DocumentRef & { patientId: string | null })[];
  documentCount: number;
  /** Of its JSON, in UTF-16 units. */
  size: number;
}

/**
 * `absent`: not in quarantine, and never taken from that device either. `sent-again`: refused by the server that this one follows, it waits
 * to be sent there once more. A repeat answers as the first time.
 */
export type ReleaseOutcome = QuarantinedRef &
  ({ outcome: 'applied' | 'merged'; position: number } | { outcome: 'rejected'; refusal: Refusal } | { outcome: 'absent' | 'sent-again' });

/** How far a server got that follows another one; no patient data. */
export interface UpstreamFacts {
  /** What the other server calls this one. */
  deviceId: string;
  address: string;
  organisationName: string;
  fingerprint: string | null;
  /** How far it has read of `head`, the other server's as it last heard of it. */
  position: number;
  head: number;
  unsent: number;
  oldestUnsentAt: string | null;
  /** Change sets that the other server refused; they are kept here. */
  quarantined: number;
  lastSuccessAt: string | null;
  lastAttemptAt: string | null;
  /** Why the last attempt got no further; null after a success. */
  lastError: string | null;
  /** This server's clock minus the other's at the last hello. */
  clockSkewMilliseconds: number;
  /** Until everything in scope has come once. */
  firstCopy: { received: number; total: number } | null;
  /** The other server has taken it out of its fleet: it goes on alone. */
  revoked: boolean;
}

export interface AdminAnswers extends ResourceAnswers {
  'create-code': CreatedCode;
  fleet: { head: number; sites: { id: string; name: string }[]; devices: FleetDevice[]; askingDeviceId: string; now: string; /** Where the server follows another one. */ upstream: UpstreamFacts | null };
  /** Oldest first; at most 500 points a device. */
  lag: { devices: { deviceId: string; points: { at: string; behind: number; unsent: number }[] }[] };
  rename: Record<string, never>;
  revoke: Record<string, never>;
  move: Record<string, never>;
  permit: Record<string, never>;
  'quarantine.list': { total: number; entries: QuarantineEntry[] };
  /** As it was sent: what could not be read may be anything. */
  'quarantine.read': { changeSet: unknown; refusal: Refusal; receivedAt: string };
  'quarantine.release': { outcomes: ReleaseOutcome[] };
}

/** One event of `GET /sync/v1/hints` (server-sent events, `data:` is this as JSON). */
export interface Hint {
  /** Greater than before: there may be something to pull. */
  head: number;
  epoch: string;
  /** What a pull would answer to whoever stands where the hint before this one said, where that is little. */
  page?: Omit<ToldPage, 'epoch'>;
}
