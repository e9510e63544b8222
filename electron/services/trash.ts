import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { TrashRow } from '../../shared/contract/records.ts';
import { can } from '../../shared/permissions.ts';
import { listTrash as queryTrash } from '../storage/trash.ts';
import type { Context } from './context.ts';

/** What was deleted; resources of the cloud only for those who may bring them back. */
export function listTrash({ store, user }: Context, window: CallParsed<'trash.list'>): Page<TrashRow> {
  return queryTrash(store.connection, { ...window, resources: can(user.role, 'resource.manage') });
}
