import { fail } from '../../shared/errors.ts';
import type { User } from '../../shared/schema/user.ts';
import type { Reader, Subject } from '../storage/correspondence.ts';
import type { Store } from '../storage/store.ts';
import type { Context } from './context.ts';
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
