import type { CareTaskRow } from '../../shared/contract/communications.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import { fail } from '../../shared/errors.ts';
import type { CareTask, CareTaskContent } from '../../shared/schema/care-task.ts';
import { listCorrespondence } from '../storage/correspondence.ts';
import type { Context } from './context.ts';
import { assertPresent, isMine, markRead, partiesOf, partyOf, readerOf, subjectOf } from './correspondence.ts';
import { contentOf } from './documents.ts';

export const listCareTasks = (context: Context, { open, patientId, referralId, ...window }: CallParsed<'careTasks.list'>): Page<CareTaskRow> =>
  listCorrespondence(context.store.connection, 'careTasks', readerOf(context), { subject: { patientId, referralId }, open }, window);

/** Fails with `not-found` or `patient-deleted` for whom it is about. */
export function createCareTask({ store, actor }: Context, { ownerId, ...task }: CallParsed<'careTasks.create'>): CareTask {
  assertPresent(store, task);
  const { siteId, colleague } = partyOf(store, task, ownerId);
  const { patientId: _patient, referralId: _referral, due, ...asked } = task;
  const content: CareTaskContent = {
    ...asked, ...subjectOf(task), status: 'requested', authoredOn: store.now().toISOString(), requesterId: actor.id, requesterName: actor.name,
    ...(due !== undefined && { due }),
    ...(store.siteId !== undefined && { requesterSiteId: store.siteId }),
    ...(siteId !== undefined && { ownerSiteId: siteId }),
    ...(colleague && { ownerId: colleague.id, ownerName: colleague.displayName }),
  };
  return store.commit({ actor, action: 'care-task.created', about: task.patientId === undefined ? {} : { patientId: task.patientId } }, (transaction) => transaction.create('careTasks', content));
}

export const readCareTasks = (context: Context, { ids }: CallParsed<'careTasks.read'>): null => markRead(context, 'careTasks', ids);

/** Fails with `not-found`, `referral-closed` for what has ended or is not this user's to end so, or `stale-revision`. */
export function endCareTask(context: Context, { id, rev, status, reason }: CallParsed<'careTasks.end'>): CareTask {
  const { store, actor } = context;
  const task = store.get('careTasks', id);
  if (task === undefined || task.deleted) return fail({ code: 'not-found', collection: 'careTasks' });
  const isRight = status === 'cancelled' ? task.requesterId === actor.id : isMine(context, partiesOf.careTasks(task)) || task.requesterId === actor.id;
  if (task.status !== 'requested' || !isRight) return fail({ code: 'referral-closed' });
  const statusChange = { userId: actor.id, name: actor.name, at: store.now().toISOString() };
  const content = { ...contentOf(task), status, statusChange, ...(reason !== undefined && { statusReason: reason }) };
  return store.commit({ actor, action: 'care-task.ended', about: { collection: 'careTasks', documentId: id } }, (transaction) => transaction.update('careTasks', id, content, { over: rev }));
}
