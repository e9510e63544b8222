import type { SessionUser } from '../../shared/contract/app.ts';
import type { DocumentMeta } from '../../shared/schema/document.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { fail } from '../../shared/errors.ts';
import { can } from '../../shared/permissions.ts';
import type { StoredDocument } from '../storage/collections.ts';
import type { Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Who looks, and where. */
interface Reader {
  store: Store;
  user: SessionUser;
}

/** A document's content without what the store adds to it. */
export function contentOf<Document extends DocumentMeta>(document: Document): Omit<Document, keyof DocumentMeta> {
  const { id: _id, rev: _rev, createdAt: _createdAt, updatedAt: _at, updatedBy: _by, deleted: _deleted, ...content } = document;
  return content;
}

/**
 * A document that this user may see: one in the trash only if she may restore it. Fails with `not-found`, for what
 * does not exist and for what may not be seen alike.
 */
export function visibleDocument<Name extends CollectionName>({ store, user }: Reader, collection: Name, id: string): StoredDocument<Name> {
  const document = store.get(collection, id);
  if (document === undefined || (document.deleted && !can(user.role, 'trash.restore'))) return fail({ code: 'not-found', collection });
  return document;
}

/** A document in the trash. Fails with `not-found`. */
export function deletedDocument<Name extends CollectionName>({ store }: Reader, collection: Name, id: string): StoredDocument<Name> {
  const document = store.get(collection, id);
  return document?.deleted === true ? document : fail({ code: 'not-found', collection });
}

/** Drops the draft that a save grew out of, inside the save's transaction. Another user's draft is left alone. */
export function discardOwnDraft({ store, user }: Reader, transaction: Transaction, draftId: string | undefined): void {
  if (draftId !== undefined && store.get('drafts', draftId)?.userId === user.id) transaction.discardDraft(draftId);
}
