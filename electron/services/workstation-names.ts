import { readMeta, writeMeta } from '../storage/meta.ts';
import type { Store } from '../storage/store.ts';

/** Names of workstations as the server last told them: a conflict says where its two sides were written. */
export function workstationNames(store: Store): ReadonlyMap<string, WorkstationName> {
  const text = readMeta(store.connection, namesKey);
  return new Map(text === undefined ? [] : (JSON.parse(text) as [string, WorkstationName][]));
}

export interface WorkstationName {
  name: string;
  siteName: string;
}
const namesKey = 'workstationNames';

/** Names that the server has told; those it does not tell any more stay, since old conflicts speak of them. */
export function rememberNames(store: Store, names: readonly (readonly [string, WorkstationName])[]): void {
  const text = JSON.stringify([...new Map([...workstationNames(store), ...names])]);
  if (readMeta(store.connection, namesKey) !== text) writeMeta(store.connection, namesKey, text);
}
