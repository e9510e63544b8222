import { join } from 'node:path';
import { readMeta, writeMeta } from '../storage/meta.ts';
import type { Store } from '../storage/store.ts';

/** What a hub is made of; kept in the workstation's encrypted database, so that nothing of it can be read without that. */
export interface HubFacts {
  enabled: boolean;
  port: number;
  /** Of the hub's own database, 32 bytes as base64. */
  key: string;
  certificate: { key: string; cert: string; fingerprint: string };
  organisationId?: string;
}

const hubKey = 'hub';

export const hubDatabasePath = (profile: string): string => join(profile, 'hub.db');

export function readHub(store: Store): HubFacts | undefined {
  const text = readMeta(store.connection, hubKey);
  return text === undefined ? undefined : (JSON.parse(text) as HubFacts);
}

export function writeHub(store: Store, facts: HubFacts): void {
  writeMeta(store.connection, hubKey, JSON.stringify(facts));
}
