import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { ChangeSetRow, SyncState } from '../../shared/contract/sync.ts';
import { can } from '../../shared/permissions.ts';
import { listOnServer, listWaiting } from '../storage/change-set-rows.ts';
import type { Context, PublicContext } from './context.ts';
import { withSites } from './site-reach.ts';

export function syncState({ workstation }: PublicContext): SyncState {
  return workstation.sync.state();
}

export function syncNow({ workstation }: Context): SyncState {
  workstation.sync.syncNow();
  workstation.hub.retry();
  return workstation.sync.state();
}

export async function listChangeSets(context: Context, { state, ...window }: CallParsed<'sync.changeSets'>): Promise<Page<ChangeSetRow>> {
  const { store, user } = context;
  const page = state === 'waiting' ? listWaiting(store.connection, window) : listOnServer(store.connection, window);
  const rows = page.rows.map((row) => withoutHidden(row, user.role));
  return { ...page, rows: state === 'waiting' ? rows : await withSites(context, rows) };
}

/** Titles that this role may not see are left out: whose patient, but not which record's text, is everybody's who works with patients. */
export function withoutHidden<Row extends ChangeSetRow>(row: Row, role: Context['user']['role']): Row {
  if (can(role, 'patient.read')) return row;
  return { ...row, documents: row.documents.map(({ title: _title, ...document }) => document) };
}
