import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { Recipients, ReferralRow, SharedChartRow } from '../../shared/contract/referrals.ts';
import { fail } from '../../shared/errors.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { Referral, ReferralContent, ReferralStatus } from '../../shared/schema/referral.ts';
import { findReferral, listReferrals as queryReferrals, listReferralsOfPatient } from '../storage/referrals.ts';
import type { Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';
import { listSites } from '../storage/sites.ts';
import { listUsers } from '../storage/users.ts';
import { admitFromChart } from './admissions.ts';
import type { Context } from './context.ts';
import { contentOf, visibleDocument } from './documents.ts';
import { presentPatient } from './patients.ts';
import { copyDocuments, copyOfChart, endChart, sharedChart } from './shared-charts.ts';

const hereAndNow = (store: Store) => ({ siteId: store.siteId, now: store.now().toISOString() });

export const listReferrals = ({ store }: Context, { direction, ...window }: CallParsed<'referrals.list'>): Page<ReferralRow> =>
  queryReferrals(store.connection, hereAndNow(store), direction, window);

export function referralsOfPatient(context: Context, { patientId }: CallParsed<'referrals.listOfPatient'>): ReferralRow[] {
  visibleDocument(context, 'patients', patientId);
  return listReferralsOfPatient(context.store.connection, hereAndNow(context.store), patientId);
}

export const getReferral = ({ store }: Context, { id }: CallParsed<'referrals.get'>): ReferralRow =>
  findReferral(store.connection, hereAndNow(store), id) ?? fail({ code: 'not-found', collection: 'referrals' });

/** Other sites, and those who may read what is sent. */
export function recipients({ store }: Context): Recipients {
  const colleagues = listUsers(store.connection).filter(({ active, role }) => active && (role === 'doctor' || role === 'nurse'));
  return {
    sites: listSites(store.connection).filter(({ id }) => id !== store.siteId).map(({ id, name }) => ({ id, name })),
    colleagues: colleagues.map(({ id, displayName }) => ({ id, displayName })),
  };
}

/**
 * Sends a referral and a copy of what was chosen, as one change set: offline it waits with all other work, and it reaches the other site
 * whole. Fails with `not-found`, `patient-deleted`, or `invalid-input` for a site that is none.
 */
export function sendReferral({ store, actor }: Context, { parts, since, documentIds, days, keepCopy = true, ...letter }: CallParsed<'referrals.send'>): Referral {
  const { patientId, recipientSiteId, recipientId } = letter;
  const patient = presentPatient(store, patientId);
  const senderSiteId = store.siteId;
  if (senderSiteId === undefined || senderSiteId === recipientSiteId || store.get('sites', recipientSiteId) === undefined) {
    return fail({ code: 'invalid-input', issues: [{ path: 'recipientSiteId', code: 'required' }] });
  }
  const { patientId: _subject, recipientId: _recipient, ...written } = letter;
  const recipient = store.get('users', recipientId ?? '');
  const [referralId, sharedChartId] = [store.newId(), store.newId()];
  const content: ReferralContent = {
    ...written, status: 'requested', subjectId: patientId, patientName: patient.name, gender: patient.gender, authoredOn: store.now().toISOString(),
    requesterId: actor.id, requesterName: actor.name, senderSiteId, siteIds: [senderSiteId, recipientSiteId], sharedChartId,
    ...(patient.birthday !== undefined && { birthday: patient.birthday }),
    ...(letter.kind === 'transfer' && { keepCopy }),
    ...(recipient && { recipientId: recipient.id, recipientName: recipient.displayName }),
  };
  return store.commit({ actor, action: 'referral.sent', about: { collection: 'referrals', documentId: referralId, patientId } }, (transaction) => {
    transaction.create('sharedCharts', copyOfChart(store, patient, { parts, since }, { referralId, senderSiteId, recipientSiteId, days }), sharedChartId);
    copyDocuments(transaction, store, patientId, { parts, since, documentIds }, sharedChartId);
    return transaction.create('referrals', content, referralId);
  });
}

/** Opened by a person of the site that it was sent to. */
export function readReferral({ store, actor }: Context, { id }: CallParsed<'referrals.read'>): null {
  const referral = presentReferral(store, id);
  if (referral.recipientSiteId !== store.siteId || referral.read !== undefined) return null;
  const at = store.now().toISOString();
  const content = { ...contentOf(referral), received: referral.received ?? at, read: { at, userId: actor.id, name: actor.name } };
  store.commit({ actor, action: 'referral.read', about: aboutOf(referral) }, (transaction) => transaction.update('referrals', id, content, { over: referral.rev }));
  return null;
}

export function openSharedChart(context: Context, { id }: CallParsed<'referrals.chart'>): SharedChartRow {
  return sharedChart(context, presentReferral(context.store, id), getReferral(context, { id }).patientId);
}

/**
 * Takes the patient on: for somebody who is here already, or newly registered, with the copied entries in the chart. A transferred patient
 * comes as a whole once the sender's workstation has heard of it. Fails with `referral-closed`, `sharing-ended`.
 */
export function acceptReferral(context: Context, { id, patientId }: CallParsed<'referrals.accept'>): Referral {
  const { store } = context;
  const referral = openReferral(store, id, 'in');
  if (patientId !== undefined) presentPatient(store, patientId);
  return supersede(context, referral, { status: 'accepted' }, (transaction) =>
    referral.kind === 'transfer' ? {} : { recipientPatientId: admitFromChart(transaction, context, referral, patientId) });
}

export const rejectReferral = (context: Context, { id, reason }: CallParsed<'referrals.reject'>): Referral =>
  supersede(context, openReferral(context.store, id, 'in'), { status: 'rejected', reason });

/** The sender takes it back, and the copy with it. */
export function cancelReferral(context: Context, { id, reason }: CallParsed<'referrals.cancel'>): Referral {
  const { store } = context;
  const referral = openReferral(store, id, 'out');
  return supersede(context, referral, { status: 'cancelled', reason }, (transaction) => {
    endChart(transaction, store, referral);
    return {};
  });
}

/** What was asked has been done. */
export function completeReferral(context: Context, { id, reason }: CallParsed<'referrals.complete'>): Referral {
  const referral = presentReferral(context.store, id);
  if (referral.recipientSiteId !== context.store.siteId || referral.status !== 'accepted') return fail({ code: 'referral-closed' });
  return supersede(context, referral, { status: 'completed', ...(reason !== undefined && { reason }) });
}

export function endSharing({ store, actor }: Context, { id }: CallParsed<'referrals.endSharing'>): null {
  const referral = presentReferral(store, id);
  if (referral.senderSiteId !== store.siteId) return fail({ code: 'not-found', collection: 'referrals' });
  store.commit({ actor, action: 'shared-chart.ended', about: aboutOf(referral) }, (transaction) => endChart(transaction, store, referral));
  return null;
}

const aboutOf = ({ id }: Referral) => ({ collection: 'referrals' as const, documentId: id });

export function presentReferral(store: Store, id: string): Referral {
  const referral = store.get('referrals', id);
  return referral === undefined || referral.deleted ? fail({ code: 'not-found', collection: 'referrals' }) : referral;
}

/** One that waits for an answer, seen from the side that may give it. What is shared to read along needs none. */
function openReferral(store: Store, id: string, direction: 'in' | 'out'): Referral {
  const referral = presentReferral(store, id);
  const { status, kind, senderSiteId, recipientSiteId } = referral;
  const isOpen = status === 'requested' && (direction === 'out' || kind !== 'shared-chart');
  return isOpen && (direction === 'in' ? recipientSiteId : senderSiteId) === store.siteId ? referral : fail({ code: 'referral-closed' });
}

const actions = { accepted: 'referral.accepted', rejected: 'referral.rejected', cancelled: 'referral.cancelled', completed: 'referral.completed' } as const satisfies Record<Exclude<ReferralStatus, 'requested'>, AuditAction>;

function supersede(
  { store, actor }: Context, referral: Referral, { status, reason }: { status: keyof typeof actions; reason?: string },
  more: (transaction: Transaction) => Partial<ReferralContent> = () => ({}),
): Referral {
  const { statusReason: _before, ...content } = contentOf(referral);
  const statusChange = { userId: actor.id, name: actor.name, at: store.now().toISOString() };
  return store.commit({ actor, action: actions[status], about: aboutOf(referral) }, (transaction) =>
    transaction.update('referrals', referral.id, { ...content, status, statusChange, ...(reason !== undefined && { statusReason: reason }), ...more(transaction) }, { over: referral.rev }),
  );
}
