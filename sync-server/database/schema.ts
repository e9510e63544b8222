import type { Generated } from 'kysely';
import type { AlarmState } from '../../shared/resources/health.ts';
import type { LookOutcome, ProposalState } from '../../shared/sync/automation-protocol.ts';
import type { Refusal } from '../../shared/sync/protocol.ts';
import type { JobRow, ProviderErrorCode, RunState, StepState } from '../../shared/sync/resource-protocol.ts';

/**
 * Tables as Kysely sees them. Instants of the server itself are milliseconds since 1970; those that a workstation wrote are kept
 * as the text it wrote. Flags are 0 or 1. `organisation_id` is the small number of an organisation, `public_id` its UUID.
 */
export interface Schema {
  organisations: { id: Generated<number>; public_id: string; name: string; created_at: number };
  counters: { organisation_id: number; position: number; epoch: string; workstation_number: number; /** Counts what was named, renamed and moved. */ names_version: number };
  epochs: { organisation_id: number; number: number; epoch: string; position: number; begun_at: number };
  devices: DeviceRow;
  device_sites: { device_id: string; site_id: string };
  enrolment_codes: CodeRow;
  /** Workstations that are told the same hints, and up to where they were told. */
  audiences: { id: string; position: number };
  sessions: { device_id: string; token_hash: string; expires_at: number };
  change_sets: ChangeSetRow;
  revisions: RevisionRow;
  grants: GrantRow;
  /** A site, or for its audit a device, calls `alias` by `id`: see service/aliases.ts. */
  aliases: { organisation_id: number; holder_id: string; collection: string; id: string; alias: string };
  digests: { organisation_id: number; site_id: string; collection: string; bucket: number; documents: number; rev_sum: number };
  quarantine: QuarantineRow;
  shared_chart_expiries: { organisation_id: number; document_id: string; expires_at: string };
  exclusions: { organisation_id: number; exclusion_key: string; document_id: string };
  quarantined_documents: { organisation_id: number; device_id: string; change_set_id: string; ordinal: number; collection: string; document_id: string; patient_id: string | null };
  reports: { device_id: string; received_at: number; behind: number; unsent: number };
  upstreams: UpstreamRow;
  upstream_change_sets: UpstreamChangeSetRow;
  upstream_documents: UpstreamDocumentRow;
  plan_runs: PlanRunRow;
  plan_steps: PlanStepRow;
  jobs: JobTableRow;
  automations: { organisation_id: number; settings: string; look_at: number | null; outcome: LookOutcome | null };
  proposals: ProposalRow;
  alarms: AlarmRow;
  upstream_workstations: { organisation_id: number; device_id: string; name: string; site_id: string };
  upstream_sites: { organisation_id: number; site_id: string; position: number };
  served_workstations: { organisation_id: number; hub_id: string; device_id: string; name: string; site_id: string };
  served_sites: { organisation_id: number; hub_id: string; site_id: string; position: number };
  upstream_withdrawals: { organisation_id: number; patient_id: string };
  attachment_references: AttachmentReferenceRow;
  attachments: { organisation_id: number; holder_id: string; hash: string; /** Bytes. */ size: number; /** That are there, from the first on. */ chunks: number; complete: number };
  attachment_chunks: { organisation_id: number; holder_id: string; hash: string; number: number; bytes: Uint8Array };
  upstream_attachments: { organisation_id: number; document_id: string; hash: string; holder_id: string };
}

/** A document names bytes. */
export interface AttachmentReferenceRow {
  organisation_id: number;
  document_id: string;
  hash: string;
  /** The patient whose document it is; of what is in quarantine, the device that sent it. */
  holder_id: string;
  /** Bytes, as the document says. */
  size: number;
  /** The device that brought the document. */
  carried_by: string;
  /** Where the document named them first. */
  position: number;
  ordinal: number;
}

export interface PlanRunRow {
  id: string;
  organisation_id: number;
  state: RunState;
  actor_id: string;
  started_at: number;
  ended_at: number | null;
  stop_asked: number;
  /** The process that carries it out, and until when it is taken to be alive. */
  holder_id: string;
  held_until: number;
}

export interface PlanStepRow {
  run_id: string;
  number: number;
  /** JSON. */
  move: string;
  undo_move: string | null;
  state: StepState;
  error: ProviderErrorCode | null;
  observed_host: string | null;
  output: string;
  started_at: number | null;
  ended_at: number | null;
}

export interface ProposalRow {
  id: string;
  organisation_id: number;
  state: ProposalState;
  /** A `ProposalContent` as JSON. */
  content: string;
  created_at: number;
  decided_at: number | null;
  decided_by: string | null;
  run_id: string | null;
}

export interface AlarmRow {
  id: string;
  organisation_id: number;
  state: AlarmState;
  /** A `Trouble` as JSON. */
  content: string;
  raised_at: number;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  cleared_at: number | null;
}

export interface JobTableRow {
  id: string;
  organisation_id: number;
  kind: string;
  state: JobRow['state'];
  /** How much there is to do, in the measure of its kind: times of other sizes are estimated from it. */
  size: number;
  queued_at: number;
  planned_worker: number | null;
  planned_start: number | null;
  planned_end: number | null;
  worker: number | null;
  started_at: number | null;
  ended_at: number | null;
  error: string | null;
  result: string | null;
}

export interface DeviceRow {
  id: string;
  organisation_id: number;
  site_id: string;
  name: string;
  /** Ed25519, raw, base64url. */
  public_key: string;
  counter: number;
  state: 'active' | 'revoked';
  may_administer: number;
  workstation_number: number;
  scope_version: number;
  /** The greatest position that this device was ever told; one that claims more was told by a database that is lost. */
  told_position: number;
  /** What it was told there counts too. */
  audience_id: string | null;
  /** The device of the first enrolment that this one descends from. */
  lineage_id: string;
  replaces: string | null;
  app_version: string;
  enrolled_at: number;
  seen_at: number | null;
  clock_skew: number;
  copy_found_at: number | null;
  restore_found_at: number | null;
  /** The last report as JSON. */
  report: string | null;
  reported_at: number | null;
  /** How far it had read by that report; 0 before the first. */
  reported_position: number;
}

export interface CodeRow {
  code_hash: string;
  organisation_id: number;
  site_id: string | null;
  may_administer: number;
  created_at: number;
  expires_at: number;
  /** The device that used it. */
  device_id: string | null;
}

export interface ChangeSetRow {
  organisation_id: number;
  position: number;
  /** Not unique: after a restore two workstations may each bring a part of it. */
  id: string;
  action: string;
  actor_id: string;
  /** Where it was written, and who sent it. */
  device_id: string;
  carried_by: string;
  wall_time: string;
  /** Of all content, in UTF-16 units: pages are cut by it before any content is read. */
  size: number;
  /** It changes what earlier ones tell: a purge, or a patient that came to a site or left one. */
  reaches_back: number;
  /**
   * Random, of the transaction that landed it. A database that was restored may come to the same change set at the same position
   * again, behind others than before: what is kept in memory knows the order by this.
   */
  landing_id: string;
}

export interface RevisionRow {
  organisation_id: number;
  position: number;
  ordinal: number;
  collection: string;
  document_id: string;
  rev: string;
  base_rev: string | null;
  /** '*': organisation, '!': server, else a patient's id. */
  compartment: string;
  bucket: number;
  deleted: number;
  created_at: string;
  updated_at: string;
  updated_by: string;
  /** Null: purged. */
  content: string | null;
  device_id: string;
  /** A branch: merged away into this rev at the same position; never current, never told. Null: not a branch. */
  landed_rev: string | null;
  /** Written by the server out of two others. */
  merged: number;
  /** Where another version took its place; null: it is current. A branch was never current: its own position. */
  superseded_position: number | null;
}

export interface GrantRow {
  organisation_id: number;
  site_id: string;
  patient_id: string;
  position: number;
  withdrawn_position: number | null;
  /** The patient was there before: the site has to be told all of it. */
  existed: number;
}

export interface QuarantineRow {
  organisation_id: number;
  /** Who carried it. */
  device_id: string;
  change_set_id: string;
  refusal: Refusal;
  received_at: number;
  /** Its place in the message that brought it. */
  sequence: number;
  /** This and what follows up to the content: null where what was refused could not be read. */
  origin_device_id: string | null;
  action: string | null;
  actor_id: string | null;
  wall_time: string | null;
  document_count: number;
  size: number;
  content: string;
}

/** The server that this one follows, and how far it got; see shared/sync/replica.ts for what it shares with a workstation's. */
export interface UpstreamRow {
  organisation_id: number;
  address: string;
  /** The certificate that a person compared, PEM; null for one that an authority vouches for. */
  certificate: string | null;
  fingerprint: string | null;
  organisation_name: string;
  /** Ed25519, PKCS #8, base64url. `next_private_key`: made for an identity that is being asked for. */
  private_key: string;
  next_private_key: string | null;
  /** Null until the server has let this one in. */
  device_id: string | null;
  site_id: string | null;
  counter: number;
  epoch: string | null;
  position: number;
  known_position: number;
  /** Where that server's head was when it was last heard of. */
  head: number;
  scope_version: number | null;
  snapshot_number: number;
  snapshot_under_way: number;
  snapshot_at: number | null;
  snapshot_cursor: string | null;
  snapshot_received: number;
  snapshot_total: number;
  verified_position: number | null;
  locked: number;
  /** Change sets of this server up to here have a row in `upstream_change_sets`, or came from above. */
  noted_position: number;
  /** The last workstation number that this server may give out, see `numbers`; 0: none yet. */
  last_number: number;
  /** Devices from before it followed have numbers of the range too. */
  numbered: number;
  success_at: number | null;
  attempt_at: number | null;
  failure: string | null;
  /** Of several processes on one database only this one follows, until then. */
  holder_id: string | null;
  held_until: number;
  /** This server's clock minus that one's at the last hello. */
  clock_skew: number;
  /** Which names that server told last, and a hash of those that it was told; null: none yet. */
  names_tag: string | null;
  told_names: string | null;
}

/** `waiting`: to be sent. `offered`: known to an epoch that is over. `received`: it came from above. `refused`: kept here, to be seen and sent again. */
export type UpstreamState = 'waiting' | 'offered' | 'sent' | 'received' | 'refused';

export interface UpstreamChangeSetRow {
  organisation_id: number;
  /** Here. */
  position: number;
  /** 0: what was sent to this server. 1: what this server made of it (merges, conflicts); goes up as a change set of its own. */
  part: number;
  id: string;
  state: UpstreamState;
  /** There. */
  upstream_position: number | null;
  refusal: Refusal | null;
  refused_at: number | null;
}

export interface UpstreamDocumentRow {
  organisation_id: number;
  collection: string;
  document_id: string;
  /** The rev it is known to have there, and where; null: not known to be there. */
  rev: string | null;
  position: number | null;
  snapshot_number: number;
  /** The greatest position of a version that was passed over because of unsent work. */
  skipped_position: number | null;
  to_fetch: number;
}
