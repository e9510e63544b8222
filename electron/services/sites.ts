import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import type { Site, SiteContent } from '../../shared/schema/site.ts';
import { writeMeta } from '../storage/meta.ts';
import type { Actor, Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Makes this workstation part of a new site. Runs inside the transaction that founds the clinic. */
export function foundSite(store: Store, transaction: Transaction, content: SiteContent): Site {
  const site = transaction.create('sites', content);
  writeMeta(store.connection, 'siteId', site.id);
  return site;
}

/** What a patient who is registered here begins with: this workstation's site. */
export function ownSite(store: Store): { siteIds?: string[] } {
  const { siteId } = store;
  return siteId === undefined ? {} : { siteIds: [siteId] };
}

/** The site that this workstation belongs to. */
export function currentSite({ store }: { store: Store }): Site {
  return store.get('sites', store.siteId ?? '') ?? fail({ code: 'not-found', collection: 'sites' });
}

/** Fails with `stale-revision`. */
export function updateSite({ store, actor }: { store: Store; actor: Actor }, { rev, site }: CallParsed<'sites.update'>): Site {
  const { id, recoveryPublicKey, sealKeys } = currentSite({ store });
  const content: SiteContent = { ...site, ...(recoveryPublicKey !== undefined && { recoveryPublicKey }), ...(sealKeys !== undefined && { sealKeys }) };
  return store.commit({ actor, action: 'clinic.updated' }, (transaction) => transaction.update('sites', id, content, { over: rev }));
}
