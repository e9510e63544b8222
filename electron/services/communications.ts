import type { CommunicationRow, CorrespondenceCounts } from '../../shared/contract/communications.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { Communication, CommunicationContent } from '../../shared/schema/communication.ts';
import { countMine, listCorrespondence, type Subject } from '../storage/correspondence.ts';
import { countReferralsIn } from '../storage/referrals.ts';
import type { Context } from './context.ts';
import { assertPresent, markRead, partyOf, readerOf, subjectOf } from './correspondence.ts';
import { deletedDocument } from './documents.ts';

/** What waits for this user, for the badge beside the screen's name. */
export function correspondenceCounts(context: Context): CorrespondenceCounts {
  const { connection, siteId } = context.store;
  const reader = readerOf(context);
  return {
    referrals: siteId === undefined ? 0 : countReferralsIn(connection, siteId),
    communications: countMine(connection, 'communications', reader),
    careTasks: countMine(connection, 'careTasks', reader),
  };
}

export const listCommunications = (context: Context, { box, patientId, referralId, ...window }: CallParsed<'communications.list'>): Page<CommunicationRow> =>
  listCorrespondence(context.store.connection, 'communications', readerOf(context), { subject: { patientId, referralId }, box }, window);

/** Fails with `not-found` or `patient-deleted` for whom it is about. */
export function sendCommunication(context: Context, { payload, recipientId, ...subject }: CallParsed<'communications.send'>): Communication {
  const { store, actor } = context;
  assertPresent(store, subject);
  const { siteId, colleague } = partyOf(store, subject, recipientId);
  const content: CommunicationContent = {
    ...subjectOf(subject), payload, sent: store.now().toISOString(), senderId: actor.id, senderName: actor.name,
    ...(store.siteId !== undefined && { senderSiteId: store.siteId }),
    ...(siteId !== undefined && { recipientSiteId: siteId }),
    ...(colleague && { recipientId: colleague.id, recipientName: colleague.displayName }),
  };
  return store.commit({ actor, action: 'communication.sent', about: patientOf(subject) }, (transaction) =>
    transaction.create('communications', content));
}

/** Out of the trash, where only an import that was taken back puts a message. Fails with `not-found`, `patient-deleted` or `stale-revision`. */
export function restoreCommunication(context: Context, { id, rev }: CallParsed<'communications.restore'>): Communication {
  const { store, actor } = context;
  const subject = subjectOf(deletedDocument(context, 'communications', id));
  assertPresent(store, subject);
  return store.commit({ actor, action: 'communication.restored', about: patientOf(subject) }, (transaction) => transaction.restore('communications', id, { over: rev }));
}

const patientOf = ({ patientId }: Subject) => (patientId === undefined ? {} : { patientId });

export const readCommunications = (context: Context, { ids }: CallParsed<'communications.read'>): null => markRead(context, 'communications', ids);
