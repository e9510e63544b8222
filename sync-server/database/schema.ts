import type { Generated } from 'kysely';
import type { Refusal } from '../../shared/sync/protocol.ts';

/**
 * Tables as Kysely sees them. Instants of the server itself are milliseconds since 1970; those that a workstation wrote are kept
 * as the text it wrote. Flags are 0 or 1. `organisation_id` is the small number of an organisation, `public_id` its UUID.
 */
export interface Schema {
  organisations: { id: Generated<number>; public_id: string; name: string; created_at: number };
  counters: { organisation_id: number; position: number; epoch: string; workstation_number: number };
  epochs: { organisation_id: number; number: number; epoch: string; position: number; begun_at: number };
  devices: DeviceRow;
  device_sites: { device_id: string; site_id: string };
  enrolment_codes: CodeRow;
  sessions: { device_id: string; token_hash: string; expires_at: number };
  change_sets: ChangeSetRow;
  revisions: RevisionRow;
  grants: GrantRow;
  digests: { organisation_id: number; site_id: string; collection: string; bucket: number; documents: number; rev_sum: number };
  quarantine: QuarantineRow;
  quarantined_documents: { organisation_id: number; device_id: string; change_set_id: string; ordinal: number; collection: string; document_id: string; patient_id: string | null };
  reports: { device_id: string; received_at: number; behind: number; unsent: number };
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
