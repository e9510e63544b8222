import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { Draft } from '../../shared/schema/draft.ts';
import { findDraft as queryDraft, listDrafts as queryDrafts } from '../storage/drafts.ts';
import type { Context } from './context.ts';
import { discardOwnDraft } from './documents.ts';

/** Characters of a draft's values as JSON; one photo and all the text fields fit in several times. */
const longestValues = 2_000_000;

export function listDrafts({ store, user }: Context): Draft[] {
  return queryDrafts(store.connection, user.id);
}

export function findDraft({ store, user }: Context, form: CallParsed<'drafts.find'>): Draft | null {
  return queryDraft(store.connection, { ...form, userId: user.id }) ?? null;
}

/** Keeps what was typed so far; on disk when it answers. Fails with `invalid-input` over 2 MB. */
export function saveDraft({ store, user }: Context, input: CallParsed<'drafts.save'>): Draft {
  const limit = longestValues;
  if (JSON.stringify(input.values).length > limit) {
    fail({ code: 'invalid-input', issues: [{ path: 'values', code: 'too-long', params: { limit } }] });
  }
  const draft = { ...input, userId: user.id };
  return store.saveLocal('drafts', draft, user.id, queryDraft(store.connection, draft)?.id);
}

/** Drops a draft; nothing happens when it is gone already or somebody else's. */
export function discardDraft(context: Context, { id }: CallParsed<'drafts.discard'>): null {
  const { store, actor, user } = context;
  const draft = store.get('drafts', id);
  if (draft?.userId !== user.id) return null;
  const about = { collection: 'drafts' as const, documentId: id, ...(draft.patientId !== undefined && { patientId: draft.patientId }) };
  store.commit({ actor, action: 'draft.discarded', about }, (transaction) => discardOwnDraft(context, transaction, id));
  return null;
}
