import type { CallOutput, CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { QuarantinedChangeSet } from '../../shared/contract/sync.ts';
import { fail } from '../../shared/errors.ts';
import { findQuarantined, listQuarantined } from '../storage/change-set-rows.ts';
import { documentsOf, readChangeSet } from '../storage/replica/change-sets.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import type { Context } from './context.ts';
import { withoutHidden } from './sync.ts';

export function listQuarantine({ store, user }: Context, window: CallParsed<'quarantine.list'>): Page<QuarantinedChangeSet> {
  const page = listQuarantined(store.connection, window);
  return { ...page, rows: page.rows.map((row) => withoutHidden(row, user.role)) };
}

/** Sends it again as it is: what was missing on the server may be there now. Fails with `quarantine-not-found`. */
export function retryQuarantined({ workstation, store, actor }: Context, { id }: CallParsed<'quarantine.retry'>): null {
  const { seq } = quarantined(store, id);
  store.record({ actor, action: 'quarantine.retried' });
  new StoreReplica(store).sendAgain(seq);
  workstation.sync.syncNow();
  return null;
}

/** The whole of it, for a person to read and type in again. Fails with `quarantine-not-found`. */
export function exportQuarantined({ store, actor }: Context, { id }: CallParsed<'quarantine.export'>): CallOutput<'quarantine.export'> {
  const { seq } = quarantined(store, id);
  const { seq: _seq, received: _received, ...head } = readChangeSet(store.connection, seq);
  store.record({ actor, action: 'quarantine.exported' });
  return { fileName: `outpost-change-${id}.json`, text: JSON.stringify({ ...head, documents: documentsOf(store.connection, seq) }, undefined, 2) };
}

/** Gives it up. Fails with `quarantine-not-found`. */
export function discardQuarantined({ store, actor }: Context, { id }: CallParsed<'quarantine.discard'>): null {
  const { seq } = quarantined(store, id);
  store.record({ actor, action: 'quarantine.discarded' });
  new StoreReplica(store).discard(seq);
  return null;
}

const quarantined = ({ connection }: Context['store'], id: string): { seq: number } => findQuarantined(connection, id) ?? fail({ code: 'quarantine-not-found' });
