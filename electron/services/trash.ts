import type { CallParsed } from '../../shared/contract/index.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { TrashRow } from '../../shared/contract/records.ts';
import { listTrash as queryTrash } from '../storage/trash.ts';
import type { Context } from './context.ts';

export function listTrash({ store }: Context, window: CallParsed<'trash.list'>): Page<TrashRow> {
  return queryTrash(store.connection, window);
}
