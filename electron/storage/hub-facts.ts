import { join } from 'node:path';
import type { Connection } from './connection.ts';
import { readFact, writeFact } from './meta.ts';

/** What a hub is made of; kept in the workstation's encrypted database, so that nothing of it can be read without that. */
export interface HubFacts {
  enabled: boolean;
  port: number;
  /** Of the hub's own database, 32 bytes as base64. */
  key: string;
  certificate: { key: string; cert: string; fingerprint: string };
  organisationId?: string;
  /** Its database came out of a backup and has not said so yet: workstations may know more than it does. */
  restored?: true;
}

interface Within {
  connection: Connection;
}

const hubKey = 'hub';

/** The hub's own database stands beside the workstation's. */
export const hubDatabasePath = (profile: string): string => join(profile, 'hub.db');

export const readHub = ({ connection }: Within): HubFacts | undefined => readFact(connection, hubKey);
export const writeHub = ({ connection }: Within, facts: HubFacts): unknown => writeFact(connection, hubKey, facts);

export const hubDatabaseKey = ({ key }: HubFacts): Uint8Array => Buffer.from(key, 'base64');
