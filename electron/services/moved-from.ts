import type { SyncState } from '../../shared/contract/sync.ts';
import type { Store } from '../storage/store.ts';
import { readFormerSite } from '../storage/sync-facts.ts';

/** Whoever has not sat here for two weeks asks why the patients are others than they were. */
const toldFor = 14 * 86_400_000;

/** The site that this workstation was moved from lately; a site that has no name here is of no use to anybody. */
export function movedFrom(store: Store): SyncState['movedFrom'] {
  const former = readFormerSite(store.connection);
  if (former === undefined || store.now().getTime() - Date.parse(former.at) > toldFor) return undefined;
  const siteName = store.get('sites', former.siteId)?.name;
  return siteName === undefined ? undefined : { siteName, at: former.at };
}
