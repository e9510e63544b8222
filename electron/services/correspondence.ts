import { fail } from '../../shared/errors.ts';
import type { CareTaskContent } from '../../shared/schema/care-task.ts';
import type { CommunicationContent } from '../../shared/schema/communication.ts';
import type { User } from '../../shared/schema/user.ts';
import type { Contents } from '../storage/collections.ts';
import type { Reader, Subject } from '../storage/correspondence.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';
import { presentPatient } from './patients.ts';
import { presentReferral } from './referrals.ts';

/** What messages and tasks have in common: whom they are about, who they come from and who they go to. */

export const readerOf = ({ store, user }: Context): Reader => ({ userId: user.id, siteId: store.siteId });

export const subjectOf = ({ patientId, referralId }: Subject) => ({ ...(patientId !== undefined && { patientId }), ...(referralId !== undefined && { referralId }) });

/** Fails with `not-found` or `patient-deleted`. */
export function assertPresent(store: Store, { patientId, referralId }: Subject): void {
  if (patientId !== undefined) presentPatient(store, patientId);
  if (referralId !== undefined) presentReferral(store, referralId);
}

/**
 * Where it goes: on a referral to its other site; on a patient to the colleague, at whichever site that holds the patient, or else to
 * whoever of this site reads it first.
 */
export function partyOf(store: Store, { referralId }: Subject, colleagueId: string | undefined): { siteId?: string; colleague?: User } {
  const colleague = store.get('users', colleagueId ?? '');
  if (colleagueId !== undefined && colleague === undefined) fail({ code: 'not-found', collection: 'users' });
  const siteId = referralId === undefined ? (colleague === undefined ? store.siteId : undefined) : otherSite(store, referralId);
  return { ...(siteId !== undefined && { siteId }), ...(colleague && { colleague }) };
}

function otherSite(store: Store, referralId: string): string {
  const { senderSiteId, recipientSiteId } = presentReferral(store, referralId);
  return store.siteId === senderSiteId ? recipientSiteId : senderSiteId;
}

interface Parties {
  from: string;
  to?: string | undefined;
  toSite?: string | undefined;
}
export const partiesOf = {
  communications: ({ senderId, recipientId, recipientSiteId }: CommunicationContent): Parties => ({ from: senderId, to: recipientId, toSite: recipientSiteId }),
  careTasks: ({ requesterId, ownerId, ownerSiteId }: CareTaskContent): Parties => ({ from: requesterId, to: ownerId, toSite: ownerSiteId }),
};

/** Whether it is this user's to read or to do: given to them, or to whoever of this site comes first, and not their own. */
export const isMine = ({ store, user }: Context, { from, to = user.id, toSite = store.siteId }: Parties): boolean => from !== user.id && to === user.id && toSite === store.siteId;

const reading = { communications: 'communication.read', careTasks: 'care-task.read' } as const;

/** Says of those that this user was to read that they are read. */
export function markRead<Name extends keyof typeof reading>(context: Context, collection: Name, ids: readonly string[]): null {
  const { store, actor } = context;
  const parties = partiesOf[collection] as (content: Contents[Name]) => Parties;
  const opened = [...new Set(ids)].flatMap((id) => store.get(collection, id) ?? []).filter((one) => !one.deleted && one.read === undefined && isMine(context, parties(one)));
  if (opened.length === 0) return null;
  const read = { at: store.now().toISOString(), userId: actor.id, name: actor.name };
  store.commit({ actor, action: reading[collection], count: opened.length }, (transaction) => {
    for (const document of opened) transaction.update(collection, document.id, { ...contentOf(document), read } as unknown as Contents[Name], { over: document.rev });
  });
  return null;
}
