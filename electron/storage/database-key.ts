import { randomBytes } from 'node:crypto';
import { deriveKey } from './secrets.ts';

/** A new 32-byte database key. */
export const newDatabaseKey = (): Uint8Array => randomBytes(32);

/** Names a database key without giving it away, so that keys, keyrings and backups can be told apart. */
export const databaseKeyId = (databaseKey: Uint8Array): string =>
  Buffer.from(deriveKey(databaseKey, new Uint8Array(), 'outpost/database-key-id')).subarray(0, 16).toString('hex');
