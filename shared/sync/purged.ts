import type { DocumentRef } from './protocol.ts';

type Loose = Record<string, unknown>;
const isLoose = (value: unknown): value is Loose => value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * A change set that was refused, without what it says of documents that are purged and of what clashed in them. It was refused, so
 * that it may be anything: what cannot be read as documents is left as it is.
 */
export function withoutPurged<Kept>(changeSet: Kept, isPurged: (ref: DocumentRef) => boolean): Kept {
  if (!isLoose(changeSet) || !Array.isArray(changeSet['documents'])) return changeSet;
  const documents = (changeSet['documents'] as unknown[]).map((document) => (isLoose(document) && isGone(document, isPurged) ? { ...document, content: null } : document));
  return { ...changeSet, documents };
}

function isGone({ collection, id, content }: Loose, isPurged: (ref: DocumentRef) => boolean): boolean {
  const named = { collection: String(collection), id: String(id) };
  const about = isLoose(content) && collection === 'conflicts' ? { collection: String(content['collection']), id: String(content['documentId']) } : undefined;
  return isPurged(named) || (about !== undefined && isPurged(about));
}
