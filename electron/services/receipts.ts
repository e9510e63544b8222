import type { Referral } from '../../shared/schema/referral.ts';
import { unacknowledged } from '../storage/correspondence.ts';
import { idsOfPatient } from '../storage/linked-patients.ts';
import { transfersToHandOver } from '../storage/referrals.ts';
import type { Contents } from '../storage/collections.ts';
import type { Transaction } from '../storage/transaction.ts';
import { findWorkstation } from '../storage/surroundings.ts';
import type { Actor, Store } from '../storage/store.ts';
import { contentOf } from './documents.ts';

const actions = { referrals: 'referral.received', communications: 'communication.received', careTasks: 'care-task.received' } as const;

/**
 * What this workstation does by itself once it is level with the server: it says what reached it from another site, so that the sender
 * sees a fact and no guess, and hands over the charts of transfers that were accepted. With nobody signed in, too; in its own name.
 */
export function acknowledgeArrivals(store: Store): void {
  const { siteId } = store;
  if (siteId === undefined) return;
  const actor = { id: store.deviceId, name: findWorkstation(store.connection, store.deviceId)?.name ?? '' };
  for (const collection of ['referrals', 'communications', 'careTasks'] as const) acknowledge(store, actor, collection, siteId);
  handOver(store, actor, siteId);
}

function acknowledge(store: Store, actor: Actor, collection: keyof typeof actions, siteId: string): void {
  const arrived = unacknowledged(store.connection, collection, siteId);
  if (arrived.length === 0) return;
  const received = store.now().toISOString();
  store.commit({ actor, action: actions[collection], about: { collection }, count: arrived.length }, (transaction) => {
    for (const document of arrived) transaction.update(collection, document.id, { ...contentOf(document), received } as Contents[typeof collection], { over: document.rev });
  });
}

/**
 * The whole chart goes to the receiver's site with the next sync, under every entry of the patient. It leaves this site's workstations only
 * where the letter says that this site keeps none.
 */
function handOver(store: Store, actor: Actor, siteId: string): void {
  for (const referral of transfersToHandOver(store.connection, siteId)) {
    const { id, subjectId } = referral;
    store.commit({ actor, action: 'referral.handed-over', about: { collection: 'referrals', documentId: id, patientId: subjectId } }, (transaction) => {
      for (const patientId of idsOfPatient(store.connection, subjectId)) grantTo(transaction, store, patientId, referral, siteId);
      transaction.update('referrals', id, { ...contentOf(referral), handedOver: store.now().toISOString() }, { over: referral.rev });
    });
  }
}

function grantTo(transaction: Transaction, store: Store, patientId: string, { recipientSiteId, keepCopy = true }: Referral, siteId: string): void {
  const patient = store.get('patients', patientId);
  if (patient === undefined) return;
  const held = patient.siteIds ?? [siteId];
  const siteIds = [...new Set([...(keepCopy ? held : held.filter((one) => one !== siteId)), recipientSiteId])];
  transaction.update('patients', patientId, { ...contentOf(patient), siteIds }, { over: patient.rev });
}
