import { bucketOf, sumAfter } from '../../shared/sync/digest.ts';
import type { DocumentRef } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { UpstreamDocumentRow } from '../database/schema.ts';
import { addToDigests } from '../service/flush.ts';
import { chunksOf, marks } from '../service/held.ts';
import type { DigestChange } from '../service/landing.ts';

/** The digests of what is known to stand on the server that is followed are kept beside those of the sites, under this name. */
export const upstreamSite = '^';

export const keyOf = ({ collection, id }: DocumentRef): string => `${collection}/${id}`;

/** Where one document is known to stand there. */
export type KnownDocument = Omit<UpstreamDocumentRow, 'organisation_id' | 'collection' | 'document_id'>;

interface Entry extends DocumentRef {
  before: string | null;
  known: KnownDocument;
  changed: boolean;
}

const unknown = (): KnownDocument => ({ rev: null, position: null, snapshot_number: 0, skipped_position: null, to_fetch: 0 });

/** What one transaction knows and learns of where documents stand on the server that is followed; load before asking. */
export class Known {
  readonly #queries: Queries;
  readonly #organisationId: number;
  readonly #entries = new Map<string, Entry>();
  readonly #loaded = new Set<string>();

  constructor(queries: Queries, organisationId: number) {
    this.#queries = queries;
    this.#organisationId = organisationId;
  }

  async load(ids: readonly string[]): Promise<void> {
    const fresh = [...new Set(ids)].filter((id) => !this.#loaded.has(id));
    for (const id of fresh) this.#loaded.add(id);
    for (const chunk of chunksOf(fresh)) {
      const rows = await this.#queries.rows<UpstreamDocumentRow>(
        `SELECT collection, document_id, rev, position, snapshot_number, skipped_position, to_fetch FROM upstream_documents WHERE organisation_id = ? AND document_id IN (${marks(chunk.length)})`,
        [this.#organisationId, ...chunk],
      );
      for (const { collection, document_id: id, ...known } of rows) this.#entries.set(keyOf({ collection, id }), { collection, id, before: known.rev, known, changed: false });
    }
  }

  get(ref: DocumentRef): Readonly<KnownDocument> {
    if (!this.#loaded.has(ref.id)) throw new Error('Asked for a document that was not loaded');
    return this.#entries.get(keyOf(ref))?.known ?? unknown();
  }

  set(ref: DocumentRef, values: Partial<KnownDocument>): void {
    const entry = this.#entries.get(keyOf(ref)) ?? { collection: ref.collection, id: ref.id, before: null, known: unknown(), changed: true };
    this.#entries.set(keyOf(ref), { ...entry, known: { ...entry.known, ...values }, changed: true });
  }

  /** It is, or was, or may be known there. */
  touch(ref: DocumentRef): void {
    if (!this.#entries.has(keyOf(ref))) this.set(ref, {});
  }

  /** Notes where a document stands, unless it is known further on. */
  note(ref: DocumentRef, rev: string, position: number): void {
    const known = this.get(ref);
    if (known.position === null || known.position <= position) this.set(ref, { rev, position });
  }

  /** Nothing is known of it there any more. */
  forget(ref: DocumentRef): void {
    this.set(ref, { rev: null, position: null, skipped_position: null, to_fetch: 0 });
  }

  async flush(): Promise<void> {
    const changed = [...this.#entries.values()].filter((entry) => entry.changed);
    for (const chunk of chunksOf(changed, 500)) {
      const values = chunk.flatMap(({ collection, id, known }) => [
        this.#organisationId, collection, id, known.rev, known.position, known.snapshot_number, known.skipped_position, known.to_fetch,
      ]);
      await this.#queries.change(
        `REPLACE INTO upstream_documents (organisation_id, collection, document_id, rev, position, snapshot_number, skipped_position, to_fetch)
           VALUES ${Array(chunk.length).fill('(?, ?, ?, ?, ?, ?, ?, ?)').join()}`,
        values,
      );
    }
    await addToDigests(this.#queries, this.#organisationId, digestChanges(changed.map(({ known, ...entry }) => ({ ...entry, after: known.rev }))));
    for (const entry of changed) Object.assign(entry, { before: entry.known.rev, changed: false });
  }
}

/** What the digests gain where `after` takes the place of `before`. */
export function digestChanges(entries: readonly (DocumentRef & { before: string | null; after: string | null })[]): DigestChange[] {
  const changes = new Map<string, DigestChange>();
  for (const { collection, id, before, after } of entries) {
    if (before === after) continue;
    const bucket = bucketOf(id);
    const change = changes.get(`${collection} ${bucket}`) ?? { siteId: upstreamSite, collection, bucket, documents: 0, sum: 0 };
    change.documents += (after === null ? 0 : 1) - (before === null ? 0 : 1);
    change.sum = sumAfter(change.sum, before ?? undefined, after ?? undefined);
    changes.set(`${collection} ${bucket}`, change);
  }
  return [...changes.values()];
}
