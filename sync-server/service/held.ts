import type { Lookup, Version } from '../../shared/sync/version.ts';
import { lookupKeys } from '../../shared/sync/policies.ts';
import type { Queries } from '../database/index.ts';
import type { RevisionRow } from '../database/schema.ts';

type Content = Version['content'];

/** A version that is in the database, or will be at the end of the transaction. */
export class HeldVersion implements Version {
  readonly collection: string;
  readonly id: string;
  readonly rev: string;
  readonly baseRev: string | null;
  readonly deleted: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly deviceId: string;
  readonly position: number;
  readonly ordinal: number;
  readonly compartment: string;
  /** The rev that a branch was merged into; null for what was, or is, current. */
  readonly landedRev: string | null;
  readonly merged: boolean;
  readonly contentText: string | null;
  supersededPosition: number | null;
  /** Whether the database has it already. */
  readonly stored: boolean;
  #content: Content | undefined;

  constructor(row: HeldRow, stored: boolean, content?: Content) {
    this.collection = row.collection;
    this.id = row.document_id;
    this.rev = row.rev;
    this.baseRev = row.base_rev;
    this.deleted = row.deleted === 1;
    this.createdAt = row.created_at;
    this.updatedAt = row.updated_at;
    this.updatedBy = row.updated_by;
    this.deviceId = row.device_id;
    this.position = row.position;
    this.ordinal = row.ordinal;
    this.compartment = row.compartment;
    this.landedRev = row.landed_rev;
    this.merged = row.merged === 1;
    this.contentText = row.content;
    this.supersededPosition = row.superseded_position;
    this.stored = stored;
    this.#content = content;
  }

  /** Most versions are looked at by rev alone: the content is read out of its text when a merge asks. */
  get content(): Content {
    this.#content ??= this.contentText === null ? null : (JSON.parse(this.contentText) as Content);
    return this.#content;
  }
}

export type HeldRow = Omit<RevisionRow, 'organisation_id' | 'bucket'>;

const columns = `position, ordinal, collection, document_id, rev, base_rev, compartment, deleted, created_at, updated_at, updated_by, content, device_id, landed_rev, merged, superseded_position`;
const keyOf = (collection: string, id: string) => `${collection}/${id}`;
const revKeyOf = (collection: string, id: string, rev: string) => `${collection}/${id}/${rev}`;

/** How many values go into one query. */
export const chunkSize = 1000;
export function* chunksOf<Item>(items: readonly Item[], size = chunkSize): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
export const marks = (count: number): string => '?,'.repeat(count).slice(0, -1);

/** What a current version may be in the way of, or seals; see `lookupKeys`. */
export const exclusionKeys = ({ collection, content, deleted }: Pick<Version, 'collection' | 'content' | 'deleted'>): string[] =>
  content === null || deleted ? [] : lookupKeys(collection, content);

/**
 * The versions that deciding needs, loaded before it is asked for them, and what was decided so far in this transaction.
 * What was asked for and is not loaded is kept as a miss: load it, and decide again.
 */
export class Held implements Lookup {
  readonly #queries: Queries;
  readonly #organisationId: number;
  readonly #current = new Map<string, HeldVersion>();
  readonly #byRev = new Map<string, HeldVersion>();
  /** Ids by key; once there, they stay. */
  readonly #byExclusion = new Map<string, Set<string>>();
  readonly #loadedDocuments = new Set<string>();
  readonly #loadedRevs = new Set<string>();
  readonly #loadedConflicts = new Set<string>();
  readonly #loadedKeys = new Set<string>();
  #missedDocuments = new Set<string>();
  #missedRevs = new Set<string>();
  #missedConflicts = new Set<string>();
  #missedKeys = new Set<string>();

  constructor(queries: Queries, organisationId: number) {
    this.#queries = queries;
    this.#organisationId = organisationId;
  }

  current(collection: string, id: string): HeldVersion | undefined {
    if (!this.#loadedDocuments.has(id)) this.#missedDocuments.add(id);
    return this.#current.get(keyOf(collection, id));
  }

  byRev(collection: string, id: string, rev: string): HeldVersion | undefined {
    const found = this.#byRev.get(revKeyOf(collection, id, rev));
    if (found === undefined && !this.#loadedRevs.has(rev)) this.#missedRevs.add(rev);
    return found;
  }

  /** They stand in the compartment of what they are about. */
  conflictsOf(collection: string, id: string): HeldVersion[] {
    const compartment = this.current(collection, id)?.compartment;
    if (compartment === undefined) return [];
    if (!this.#loadedConflicts.has(compartment)) this.#missedConflicts.add(compartment);
    return [...this.#current.values()].filter((version) => version.collection === 'conflicts' && version.content?.['collection'] === collection && version.content['documentId'] === id);
  }

  /** The table says where to look and never forgets: what stands there now is told by the documents themselves. */
  sharing(collection: string, keys: readonly string[]): HeldVersion[] {
    for (const key of keys) if (!this.#loadedKeys.has(key)) this.#missedKeys.add(key);
    const found = new Set(keys.flatMap((key) => [...(this.#byExclusion.get(key) ?? [])]));
    return [...found].flatMap((id) => this.#current.get(keyOf(collection, id)) ?? []);
  }

  /** What replaces a current version, or stands beside it as a branch. */
  add(version: HeldVersion): void {
    this.#byRev.set(revKeyOf(version.collection, version.id, version.rev), version);
    if (version.landedRev === null) this.#setCurrent(version);
  }

  #setCurrent(version: HeldVersion): void {
    this.#current.set(keyOf(version.collection, version.id), version);
    for (const key of exclusionKeys(version)) this.#byExclusion.set(key, (this.#byExclusion.get(key) ?? new Set()).add(version.id));
  }

  /** Loads what was missed; answers whether there was anything. */
  async loadMissed(): Promise<boolean> {
    const [documents, revs] = [this.#missedDocuments, this.#missedRevs];
    this.#missedDocuments = new Set();
    this.#missedRevs = new Set();
    const compartments = this.#missedConflicts;
    const keys = this.#missedKeys;
    this.#missedConflicts = new Set();
    this.#missedKeys = new Set();
    await this.load([...documents], [...revs]);
    for (const compartment of compartments) await this.#loadConflicts(compartment);
    await this.loadSharing([...keys]);
    return documents.size + revs.size + compartments.size + keys.size > 0;
  }

  async load(ids: readonly string[], revs: readonly string[]): Promise<void> {
    for (const id of ids) this.#loadedDocuments.add(id);
    for (const rev of revs) this.#loadedRevs.add(rev);
    const [idChunks, revChunks] = [[...chunksOf(ids)], [...chunksOf(revs)]];
    for (let index = 0; index < Math.max(idChunks.length, revChunks.length); index += 1) await this.#take(idChunks[index] ?? [], revChunks[index] ?? []);
  }

  async #loadConflicts(compartment: string): Promise<void> {
    this.#loadedConflicts.add(compartment);
    const rows = await this.#queries.rows<HeldRow>(
      `SELECT ${columns} FROM revisions WHERE organisation_id = ? AND compartment = ? AND collection = 'conflicts' AND superseded_position IS NULL AND content IS NOT NULL`,
      [this.#organisationId, compartment],
    );
    for (const row of rows) this.#keep(row);
  }

  async loadSharing(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#loadedKeys.add(key);
    for (const chunk of chunksOf(keys)) {
      const rows = await this.#queries.rows<{ id: string }>(`SELECT DISTINCT document_id AS id FROM exclusions WHERE organisation_id = ? AND exclusion_key IN (${marks(chunk.length)})`, [
        this.#organisationId, ...chunk,
      ]);
      await this.load(rows.map(({ id }) => id), []);
    }
  }

  async #take(ids: readonly string[], revs: readonly string[]): Promise<void> {
    const select = `SELECT ${columns} FROM revisions WHERE organisation_id = ? AND`;
    const wanted = [
      ...(ids.length === 0 ? [] : [{ text: `${select} document_id IN (${marks(ids.length)}) AND superseded_position IS NULL`, values: ids }]),
      ...(revs.length === 0 ? [] : [{ text: `${select} rev IN (${marks(revs.length)})`, values: revs }]),
    ];
    const values = wanted.flatMap((one) => [this.#organisationId, ...one.values]);
    // In one statement: each way to the database and back is time in which the lock on the positions is held.
    for (const row of await this.#queries.rows<HeldRow>(wanted.map(({ text }) => text).join(' UNION ALL '), values)) this.#keep(row);
  }

  /** What was decided in this transaction goes before what the database still says. */
  #keep(row: HeldRow): void {
    const revKey = revKeyOf(row.collection, row.document_id, row.rev);
    const version = this.#byRev.get(revKey) ?? new HeldVersion(row, true);
    this.#byRev.set(revKey, version);
    const key = keyOf(row.collection, row.document_id);
    if (version.supersededPosition === null && !this.#current.has(key)) this.#setCurrent(version);
  }
}
