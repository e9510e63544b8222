import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { RxStorage } from 'rxdb';
import { copyByRxdb } from './sync-peer-rxdb-copy.ts';

/** For the page that {@link import('./sync-peer-rxdb.ts').takeByRxdbInBrowser} opens. */
Object.assign(globalThis, {
  copyByRxdb: (about: Parameters<typeof copyByRxdb>[1]) => copyByRxdb(getRxStorageDexie() as unknown as RxStorage<unknown, unknown>, about),
});
