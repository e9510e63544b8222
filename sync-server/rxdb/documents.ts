import { z } from 'zod';
import { idSchema, instantSchema } from '../../shared/schema/document.ts';
import { same } from '../../shared/sync/canonical.ts';
import type { PositionedDocument, WireDocument } from '../../shared/sync/protocol.ts';
import { pulledCollections } from '../../shared/sync/scope.ts';

/** Collections that are told to clients, as to workstations; what never leaves one has no place here. */
export const rxdbCollectionSchema = z.enum(pulledCollections);

/**
 * A document as an RxDB client holds it: its fields beside its facts. `rev` is the version on the server that the client last saw; it
 * goes back with each push and is never changed by the client. In the trash or purged: `_deleted`.
 */
export interface RxdbDocument {
  id: string;
  rev: string;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
  _deleted: boolean;
  [field: string]: unknown;
}

/** What a client may leave out: only the id is needed of a document that it has made. */
export const rxdbDocumentSchema = z.looseObject({
  id: idSchema,
  rev: idSchema.optional(),
  createdAt: instantSchema.optional(),
  updatedAt: instantSchema.optional(),
  updatedBy: z.string().max(100).optional(),
  _deleted: z.boolean().optional(),
});
export type SentDocument = z.infer<typeof rxdbDocumentSchema>;

export function toRxdb({ id, rev, createdAt, updatedAt, updatedBy, deleted, content }: WireDocument | PositionedDocument): RxdbDocument {
  return { ...content, id, rev, createdAt, updatedAt, updatedBy, _deleted: deleted || content === null };
}

/** RxDB's own fields begin with an underscore. */
const facts = new Set(['id', 'rev', 'createdAt', 'updatedAt', 'updatedBy']);
export const fieldsOf = (document: SentDocument): Record<string, unknown> =>
  Object.fromEntries(Object.entries(document).filter(([field, value]) => !facts.has(field) && !field.startsWith('_') && value !== undefined));

/**
 * What a client changed from one state to the next, made to a version of the server: a field that the client's schema does not know
 * stays, which would be lost if its document simply took the place of the server's.
 */
export function withChanges(content: Record<string, unknown>, from: Record<string, unknown>, to: Record<string, unknown>): Record<string, unknown> {
  const next = Object.fromEntries(Object.entries(content).filter(([field]) => !(field in from) || field in to));
  for (const [field, value] of Object.entries(to)) if (!same(from[field], value)) next[field] = value;
  return next;
}

/** Whether a version says what a client's state says, as far as the client knows its fields. */
export const shows = (content: Record<string, unknown>, fields: Record<string, unknown>): boolean => Object.entries(fields).every(([field, value]) => same(content[field], value));
