import type { CollectionName } from '../../shared/schema/collections.ts';
import { collections, type Contents, type StoredDocument } from './collections.ts';

/** A row of a collection's table, without its derived and generated columns. */
export interface DocumentRow {
  position: number;
  id: string;
  rev: string;
  base_rev: string | null;
  change_seq: number;
  created_at: string;
  updated_at: string;
  updated_by: string;
  deleted: 0 | 1;
  /** The rev that the document is known to have on the server, and where that stands; null where none is known. */
  server_rev: string | null;
  server_position: number | null;
  content: string;
}
/** A row as a write puts it together; what the server knows of the document is not touched by a write. */
export type WrittenRow = Omit<DocumentRow, 'server_rev' | 'server_position'>;

export const documentColumns =
  'position, id, rev, base_rev, change_seq, created_at, updated_at, updated_by, deleted, server_rev, server_position, content';

/** The content of a document that was purged: its place is kept, so that it never comes back. */
export const purgedContent = 'null';

/** All that a flat document is made of. */
export const flatColumns = ['id', 'rev', 'created_at', 'updated_at', 'updated_by', 'deleted', 'content'] as const;

/** A row as the flat document that services and screens know. */
export function toDocument<Name extends CollectionName>(row: Pick<WrittenRow, (typeof flatColumns)[number]>): StoredDocument<Name> {
  return {
    ...(JSON.parse(row.content) as Contents[Name]),
    id: row.id,
    rev: row.rev,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    deleted: row.deleted === 1,
  };
}

/**
 * `next` plus every field of `before` that this version does not know: a newer version on another workstation
 * wrote it, and an older one must not lose it.
 */
export function keepUnknownFields<Name extends CollectionName>(
  collection: Name,
  before: object,
  next: Contents[Name],
): Contents[Name] {
  const known = collections[collection].knownFields;
  const unknown = Object.entries(before).filter(([field]) => !known.includes(field));
  return { ...next, ...Object.fromEntries(unknown) };
}

/** Names of top-level fields whose values differ. */
export function changedFields(before: object, after: object): string[] {
  const old = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]),
  );
}
