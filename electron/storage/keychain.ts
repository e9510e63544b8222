import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from './atomic-file.ts';
import { databaseKeyId } from './database-key.ts';

/** What the operating system offers to keep a secret for the person who is logged in to it. */
export interface Keychain {
  wrap(secret: Uint8Array): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

const fileSchema = z.object({ keyId: z.string(), wrapped: z.base64() });

/** Beside the keyring and not in it: it is the way out when the keyring is lost. */
const keychainPath = (profile: string): string => join(profile, 'keychain.json');

/** Keeps the database key in the operating system's keychain, unless it is there already. */
export async function sealWithKeychain(profile: string, keychain: Keychain, databaseKey: Uint8Array): Promise<void> {
  const keyId = databaseKeyId(databaseKey);
  if (readFile(profile)?.keyId === keyId) return;
  const wrapped = Buffer.from(await keychain.wrap(databaseKey)).toString('base64');
  writeFileAtomic(keychainPath(profile), JSON.stringify({ keyId, wrapped }));
}

/**
 * The database key out of the keychain. Undefined when it was never put there, and when the keychain cannot open it
 * any more: another account, another computer, a keychain that was reset.
 */
export async function unsealWithKeychain(profile: string, keychain: Keychain): Promise<Uint8Array | undefined> {
  const file = readFile(profile);
  if (file === undefined) return undefined;
  const key = await keychain.unwrap(Buffer.from(file.wrapped, 'base64')).catch(() => undefined);
  return key?.length === 32 && databaseKeyId(key) === file.keyId ? key : undefined;
}

function readFile(profile: string): z.infer<typeof fileSchema> | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(keychainPath(profile), 'utf8')));
  } catch {
    return undefined;
  }
}
