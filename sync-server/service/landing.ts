import { randomUUID } from 'node:crypto';
import type { Decision } from '../../shared/sync/decide.ts';
import type { Version } from '../../shared/sync/version.ts';
import { derivedId } from '../../shared/sync/derived-id.ts';
import { bucketOf, sumAfter } from '../../shared/sync/digest.ts';
import type { ChangeSet, DocumentRef, WireDocument } from '../../shared/sync/protocol.ts';
import { compartmentOf, grantedSites, isRoot, pulledCollections } from '../../shared/sync/scope.ts';
import type { Queries } from '../database/index.ts';
import type { ChangeSetRow } from '../database/schema.ts';
import { Grants } from './grants.ts';
import { Held, HeldVersion } from './held.ts';
import type { Carrier } from './sessions.ts';

export const everySite = '*';
export const serverOnly = '!';

export interface DigestChange {
  siteId: string;
  collection: string;
  bucket: number;
  documents: number;
  sum: number;
}

/**
 * The compartment of a version as its column says it. A purged one has nothing left to tell by: it stays where the document was,
 * or else where the version was that was merged away into it.
 */
export function compartmentText(version: Pick<Version, 'collection' | 'id' | 'content'>, before: HeldVersion | undefined, mergedAway?: string): string {
  if (version.content === null && before !== undefined && before.compartment !== serverOnly) return before.compartment;
  if (version.content === null && mergedAway !== undefined) return mergedAway;
  const compartment = compartmentOf(version);
  if (compartment === undefined) return serverOnly;
  return compartment.kind === 'granted' ? compartment.id : { organisation: everySite, server: serverOnly }[compartment.kind];
}

export const isTold: ReadonlySet<string> = new Set(pulledCollections);

/** What one push has decided so far, and will write at its end. */
export class Landing {
  readonly held: Held;
  readonly grants: Grants;
  readonly versions: HeldVersion[] = [];
  readonly superseded: HeldVersion[] = [];
  readonly purged: HeldVersion[] = [];
  readonly changeSets: ChangeSetRow[] = [];
  readonly digests = new Map<string, DigestChange>();
  position: number;
  /** The compartment of documents that came purged: nobody can tell any more whose they were. */
  homeless = serverOnly;
  /** Where the counter of positions stands already, where taking the lock has moved it. */
  readonly counted: number | undefined;
  readonly #id = randomUUID();
  #reachesBack = false;
  /** What was sent of the change set that lands, by document: a version that is emptied for a purge still says there whose it was. */
  #sent = new Map<string, WireDocument>();
  readonly #queries: Queries;
  readonly #session: Carrier;

  constructor(queries: Queries, session: Carrier, position: number, counted?: number) {
    this.#queries = queries;
    this.#session = session;
    this.position = position;
    this.counted = counted;
    this.held = new Held(queries, session.organisationId);
    this.grants = new Grants(queries, session.organisationId);
  }

  /** The device that brings what lands. */
  get carrierId(): string {
    return this.#session.deviceId;
  }

  /** Lands a change set at the next position. */
  async land(changeSet: ChangeSet, decision: Decision): Promise<number> {
    this.position += 1;
    const before = this.versions.length;
    this.#reachesBack = false;
    this.#sent = new Map(changeSet.documents.map((document) => [`${document.collection} ${document.id}`, document]));
    const sent = new Set(changeSet.documents.map(({ collection, id, rev }) => `${collection} ${id} ${rev}`));
    for (const [ordinal, { document, branch }] of decision.writes.entries()) {
      // The merge stands right behind the version that was merged away.
      const landedRev = branch ? (decision.writes[ordinal + 1]?.document.rev ?? null) : null;
      await this.#write(document, ordinal, landedRev, !sent.has(`${document.collection} ${document.id} ${document.rev}`));
    }
    const { organisationId, deviceId } = this.#session;
    this.changeSets.push({
      organisation_id: organisationId, position: this.position, id: changeSet.id, action: changeSet.action, actor_id: changeSet.actorId,
      device_id: changeSet.deviceId, carried_by: deviceId, wall_time: changeSet.wallTime,
      size: this.versions.slice(before).reduce((sum, { contentText, landedRev }) => sum + (landedRev === null ? (contentText?.length ?? 0) : 0), 0),
      reaches_back: this.#reachesBack ? 1 : 0,
      landing_id: this.#id,
    });
    return this.position;
  }

  async #write(document: Version, ordinal: number, landedRev: string | null, merged: boolean): Promise<void> {
    const replaced = this.held.current(document.collection, document.id);
    const version = this.#versionOf(document, ordinal, replaced, landedRev, merged);
    this.versions.push(version);
    this.held.add(version);
    if (landedRev !== null) return;
    if (replaced !== undefined) this.#supersede(replaced);
    if (document.content === null) {
      this.purged.push(version);
      this.#reachesBack = true;
    }
    await this.grants.load(isPatient(version.compartment) ? [version.compartment] : []);
    this.#count(version, replaced);
    await this.#grant(version, document);
  }

  #versionOf(document: Version, ordinal: number, replaced: HeldVersion | undefined, landedRev: string | null, merged: boolean): HeldVersion {
    const compartment = compartmentText(document, replaced, this.#mergedAwayBefore(document) ?? this.#compartmentSent(document));
    const row = {
      position: this.position, ordinal, collection: document.collection, document_id: document.id, rev: document.rev, base_rev: document.baseRev,
      compartment: document.content === null && compartment === serverOnly ? this.homeless : compartment, deleted: document.deleted ? 1 : 0, created_at: document.createdAt, updated_at: document.updatedAt,
      updated_by: document.updatedBy, content: document.content === null ? null : JSON.stringify(document.content), device_id: document.deviceId,
      landed_rev: landedRev, merged: merged ? 1 : 0, superseded_position: landedRev === null ? null : this.position,
    };
    return new HeldVersion(row, false, document.content);
  }

  #compartmentSent({ collection, id, content }: Version): string | undefined {
    const sent = content === null ? this.#sent.get(`${collection} ${id}`) : undefined;
    return sent === undefined || sent.content === null ? undefined : compartmentText(sent, undefined);
  }

  #mergedAwayBefore({ collection, id }: Version): string | undefined {
    const before = this.versions.at(-1);
    return before?.landedRev != null && before.id === id && before.collection === collection ? before.compartment : undefined;
  }

  #supersede(replaced: HeldVersion): void {
    replaced.supersededPosition = this.position;
    if (replaced.stored) this.superseded.push(replaced);
  }

  #count(version: HeldVersion, replaced: HeldVersion | undefined): void {
    if (!isTold.has(version.collection) || version.compartment === serverOnly) return;
    const sites = version.compartment === everySite ? [everySite] : this.grants.open(version.compartment).map(({ site_id }) => site_id);
    for (const siteId of sites) this.#countFor(siteId, version.collection, version.id, replaced?.rev, version.rev);
  }

  #countFor(siteId: string, collection: string, id: string, before: string | undefined, after: string | undefined): void {
    const bucket = bucketOf(id);
    const key = `${siteId} ${collection} ${bucket}`;
    const change = this.digests.get(key) ?? { siteId, collection, bucket, documents: 0, sum: 0 };
    change.documents += (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
    change.sum = sumAfter(change.sum, before, after);
    this.digests.set(key, change);
  }

  /** A root document says which sites hold it. Until it comes, whoever writes about one that nobody knows holds it. */
  async #grant(version: HeldVersion, { collection, content }: Version): Promise<void> {
    const patientId = version.compartment;
    if (!isPatient(patientId)) return;
    const open = this.grants.open(patientId);
    const names = Array.isArray(content?.['siteIds']) && content['siteIds'].length > 0;
    const wanted = isRoot(collection) && (names || open.length === 0) && content !== null ? grantedSites(content, this.#session.siteId) : undefined;
    const sites = wanted ?? (this.grants.of(patientId).length === 0 ? [this.#session.siteId] : open.map(({ site_id }) => site_id));
    const gone = open.filter(({ site_id }) => !sites.includes(site_id));
    const fresh = sites.filter((siteId) => !open.some(({ site_id }) => site_id === siteId));
    if (gone.length + fresh.length === 0) return;
    const existed = this.grants.of(patientId).length > 0;
    this.#reachesBack ||= existed;
    const inside = !existed ? [version] : await this.insideOf(patientId);
    for (const grant of gone) {
      this.grants.withdraw(grant, this.position);
      for (const { collection: name, id, rev } of inside) this.#countFor(grant.site_id, name, id, rev, undefined);
    }
    for (const siteId of fresh) {
      this.grants.add(patientId, siteId, this.position, existed);
      for (const { collection: name, id, rev } of inside) this.#countFor(siteId, name, id, undefined, rev);
    }
  }

  /** Lands a change set with which the carrier's site holds these patients, whatever they say themselves: another server decided so. */
  async grant(changeSet: ChangeSet, patientIds: readonly string[]): Promise<number> {
    const position = await this.land(changeSet, { writes: [], merged: [], repeated: [] });
    const { siteId } = this.#session;
    for (const patientId of patientIds) {
      this.grants.add(patientId, siteId, position, true);
      for (const { collection, id, rev } of await this.insideOf(patientId)) this.#countFor(siteId, collection, id, undefined, rev);
    }
    const row = this.changeSets.at(-1);
    if (row !== undefined) row.reaches_back = 1;
    return position;
  }

  /** Lands a change set after which no site holds these patients: they left the scope of everybody here. */
  async withdraw(changeSet: ChangeSet, patientIds: readonly string[]): Promise<number> {
    const position = await this.land(changeSet, { writes: [], merged: [], repeated: [] });
    await this.grants.load(patientIds);
    for (const patientId of patientIds) {
      const inside = await this.insideOf(patientId);
      for (const grant of this.grants.open(patientId)) {
        this.grants.withdraw(grant, position);
        for (const { collection, id, rev } of inside) this.#countFor(grant.site_id, collection, id, rev, undefined);
      }
    }
    const row = this.changeSets.at(-1);
    if (row !== undefined) row.reaches_back = 1;
    return position;
  }

  /**
   * Writes documents anew as they stand, with the last change set: those of these patients, and these. Whoever held them under other
   * ids takes a version only where its rev is a new one.
   */
  async writeAnew(refs: readonly DocumentRef[]): Promise<void> {
    const row = this.changeSets.at(-1) as ChangeSetRow;
    let ordinal = this.versions.filter(({ position }) => position === this.position).length;
    for (const ref of refs) {
      for (const { collection, id } of [ref, ...(isRoot(ref.collection) ? await this.insideOf(ref.id) : [])]) {
        await this.held.load([id], []);
        const current = this.held.current(collection, id);
        if (current === undefined || current.position === this.position) continue;
        const { rev, content, deleted, createdAt, updatedAt, updatedBy, deviceId } = current;
        await this.#write({ collection, id, rev: derivedId('anew', rev), baseRev: rev, content, deleted, createdAt, updatedAt, updatedBy, deviceId }, ordinal, null, true);
        ordinal += 1;
      }
    }
    row.reaches_back = 1;
  }

  /** The current documents of a patient's compartment, with what this push has written. */
  async insideOf(patientId: string): Promise<{ collection: string; id: string; rev: string }[]> {
    const stored = await this.#queries.rows<{ collection: string; id: string; rev: string }>(
      'SELECT collection, document_id AS id, rev FROM revisions WHERE organisation_id = ? AND compartment = ? AND superseded_position IS NULL',
      [this.#session.organisationId, patientId],
    );
    const fresh = this.versions.filter(({ compartment, supersededPosition }) => compartment === patientId && supersededPosition === null);
    const inOrder = new Map([...stored, ...fresh].map((document) => [`${document.collection} ${document.id}`, document]));
    return [...inOrder.values()];
  }
}

export const isPatient = (compartment: string): boolean => compartment !== everySite && compartment !== serverOnly;
