import { newDeviceKey, publicHalf, signWith } from '../../sync-server/client/device-key.ts';
import type { Connection } from '../storage/connection.ts';
import { readMeta, writeMeta } from '../storage/meta.ts';
import { statement } from '../storage/statements.ts';

/** The workstation's Ed25519 key pair lives in the encrypted database, so that a copy of the files is a copy of the identity: it is found by its counter. */
const keyName = 'deviceKey';
/** A pair made for another identity; it takes the place of the old one when the server has given that identity. */
const nextKeyName = 'nextDeviceKey';

/** The public key, raw, base64url; made with its private half where there is none yet. */
export const devicePublicKey = (connection: Connection): string => publicHalf(readMeta(connection, keyName) ?? makeKey(connection, keyName));

/** The public key for an identity that is being asked for. The same until the server has answered: a repeat gets the same answer. */
export const nextPublicKey = (connection: Connection): string => publicHalf(readMeta(connection, nextKeyName) ?? makeKey(connection, nextKeyName));

/** A server that is joined later is met under another key. */
export function forgetDeviceKey(connection: Connection): void {
  statement(connection, 'DELETE FROM meta WHERE key IN (@keyName, @nextKeyName)').run({ keyName, nextKeyName });
}

/** Signs a text; base64url. */
export function signAsDevice(connection: Connection, text: string): string {
  const key = readMeta(connection, keyName);
  if (key === undefined) throw new Error('This workstation has no key');
  return signWith(key, text);
}

const makeKey = (connection: Connection, name: string): string => writeMeta(connection, name, newDeviceKey());
