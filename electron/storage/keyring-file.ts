import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../shared/errors.ts';
import { writeFileAtomic } from './atomic-file.ts';

const base64 = z.base64();

const userKeySchema = z.object({
  userId: z.string(),
  username: z.string(),
  salt: base64,
  publicKey: base64,
  /** The database key, sealed to the public key. */
  sealed: base64,
});

export const keyringContentSchema = z.object({
  version: z.literal(1),
  /** Which database key is in here, in a form that does not give it away. */
  keyId: z.string(),
  users: z.array(userKeySchema),
  /** The database key, sealed to the public half of the clinic's recovery key; absent until a joining workstation is told it. */
  recovery: z.object({ publicKey: base64, sealed: base64 }).optional(),
  /** The database key of a workstation that joins, sealed with its enrolment code until the first password opens it. */
  enrolment: base64.optional(),
  /** A clinic of made-up people, whose passwords everybody may know. Absent in a real one. */
  demo: z.literal(true).optional(),
});

/** One user's wrap of the database key, base64. Opened by the user's password alone. */
export type UserKey = z.infer<typeof userKeySchema>;

/** Every wrap of the database key but the keychain's. Goes into each backup, so that its users can open it. */
export type KeyringContent = z.infer<typeof keyringContentSchema>;

const fileSchema = z.object({ checksum: z.string(), keyring: keyringContentSchema });

const keyringPath = (profile: string): string => join(profile, 'keyring.json');
const copyPath = (profile: string): string => join(profile, 'keyring.json.bak');

/** `lost`: there is a database and nothing that opens it; see the ways out in {@link readKeyringFile}. */
export type KeyringState = 'absent' | 'present' | 'lost';

/** Whether the profile has a readable keyring, or needs one. */
export function keyringState(profile: string): KeyringState {
  if (findKeyring(profile) !== undefined) return 'present';
  return existsSync(join(profile, 'outpost.db')) ? 'lost' : 'absent';
}

/**
 * Reads the keyring, from its second copy where the first is missing or damaged. Fails with `not-set-up` in a new
 * profile, and with `database-key-lost` where a database is there without a keyring: then the keychain's wrap or the
 * keyring inside a backup opens it still.
 */
export function readKeyringFile(profile: string): KeyringContent {
  const keyring = findKeyring(profile);
  if (keyring !== undefined) return keyring;
  return fail({ code: keyringState(profile) === 'lost' ? 'database-key-lost' : 'not-set-up' });
}

/** Replaces both copies, one after the other, so that a power cut leaves one of them whole at any time. */
export function writeKeyringFile(profile: string, keyring: KeyringContent): void {
  const text = JSON.stringify({ checksum: checksum(keyring), keyring }, undefined, 1);
  writeFileAtomic(keyringPath(profile), text);
  writeFileAtomic(copyPath(profile), text);
}

/** A copy whose checksum is wrong is the last resort: a flipped bit in one user's wrap must not lose all the others. */
function findKeyring(profile: string): KeyringContent | undefined {
  const copies = [keyringPath(profile), copyPath(profile)].map(readCopy).filter((copy) => copy !== undefined);
  return (copies.find((copy) => copy.checksum === checksum(copy.keyring)) ?? copies[0])?.keyring;
}

function readCopy(path: string): z.infer<typeof fileSchema> | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Reads a keyring's JSON; undefined when it is none. */
export const parseKeyring = (text: string): KeyringContent | undefined => keyringContentSchema.safeParse(JSON.parse(text)).data;

const checksum = (keyring: KeyringContent): string => createHash('sha256').update(JSON.stringify(keyring)).digest('hex');
