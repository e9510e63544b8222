import { fail } from '../../shared/errors.ts';
import { databaseKeyId } from './database-key.ts';
import type { KeyringContent, UserKey } from './keyring-file.ts';
import { parseRecoveryKey } from './recovery-key.ts';
import { deriveKey, deriveKeyPair, keyPairOf, newSalt, openSealed, openWith, sealTo, sealWith } from './secrets.ts';

/** Public half of a user's key: enough to seal a database key to a user whose password is not at hand. */
export interface UserCredentials {
  userId: string;
  username: string;
  salt: string;
  publicKey: string;
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Uint8Array => Buffer.from(text, 'base64');
const userContext = (userId: string): string => `outpost/keyring/1/user/${userId}`;
const recoveryContext = 'outpost/keyring/1/recovery';
const enrolmentContext = 'outpost/keyring/1/enrolment';

/** Usernames compare without regard to case, width and composition, as they are stored. */
export const sameUsername = (one: string, other: string): boolean => normalUsername(one) === normalUsername(other);
const normalUsername = (name: string): string => name.trim().normalize('NFKC').toLowerCase();

/** Makes a key pair out of a password and keeps its public half. */
export async function newCredentials(user: { userId: string; username: string; password: string }): Promise<UserCredentials> {
  const salt = newSalt();
  const { publicKey } = await deriveKeyPair(user.password, salt);
  return { userId: user.userId, username: user.username, salt: toBase64(salt), publicKey: toBase64(publicKey) };
}

/** Seals the database key to a user. */
export const sealForUser = (user: UserCredentials, databaseKey: Uint8Array): UserKey => ({
  userId: user.userId,
  username: user.username,
  salt: user.salt,
  publicKey: user.publicKey,
  sealed: toBase64(sealTo(fromBase64(user.publicKey), databaseKey, userContext(user.userId))),
});

const recoveryPair = (secret: Uint8Array) => keyPairOf(deriveKey(secret, new Uint8Array(), recoveryContext));

/** The public half of a recovery key, base64: every workstation of the clinic seals its own database key to it. */
export const recoveryPublicKey = (secret: Uint8Array): string => toBase64(recoveryPair(secret).publicKey);

/** Seals the database key to the public half of a recovery key. */
export const sealForRecovery = (publicKey: string, databaseKey: Uint8Array): NonNullable<KeyringContent['recovery']> => ({
  publicKey,
  sealed: toBase64(sealTo(fromBase64(publicKey), databaseKey, recoveryContext)),
});

/** Seals the database key with an enrolment code of a hundred random bits. */
export const sealWithCode = (code: string, databaseKey: Uint8Array): string =>
  toBase64(sealWith(codeBytes(code), databaseKey, enrolmentContext));

/** The database key by the enrolment code that the joining began with. Fails with `enrolment-code-wrong`. */
export function openWithCode(keyring: KeyringContent, typed: string): Uint8Array {
  const databaseKey = keyring.enrolment === undefined ? undefined : openWith(codeBytes(typed), fromBase64(keyring.enrolment), enrolmentContext);
  return databaseKey ?? fail({ code: 'enrolment-code-wrong' });
}

/** As it was minted, from what a person typed: any case, full width or not, with or without hyphens, O for 0, I or L for 1. */
const codeBytes = (typed: string): Uint8Array =>
  Buffer.from(typed.normalize('NFKC').toUpperCase().replace(/[\s\p{Pd}]/gu, '').replaceAll('O', '0').replace(/[IL]/g, '1'));

/**
 * Opens a keyring with a user's password. Undefined for a wrong password and for an unknown user alike, after the
 * same work: the time taken must not tell which names exist.
 */
export async function openWithPassword(
  keyring: KeyringContent,
  username: string,
  password: string,
): Promise<{ userId: string; databaseKey: Uint8Array } | undefined> {
  const user = keyring.users.find((candidate) => sameUsername(candidate.username, username));
  const { userId, salt, sealed } = user ?? decoy;
  const pair = await deriveKeyPair(password, fromBase64(salt));
  const databaseKey = openSealed(pair, fromBase64(sealed), userContext(userId));
  if (databaseKey === undefined || databaseKeyId(databaseKey) !== keyring.keyId) return undefined;
  return { userId, databaseKey };
}

/** A wrap with the sizes of a real one that no password opens. */
const decoy = {
  userId: '00000000-0000-7000-8000-000000000000',
  salt: toBase64(newSalt()),
  sealed: toBase64(sealTo(new Uint8Array(32).fill(9), new Uint8Array(32), 'outpost/decoy')),
};

/**
 * Opens a keyring with the clinic's recovery key as it was typed. Fails with `invalid-input` (issue
 * `mistyped-recovery-key` on `recoveryKey`) for a typing error, and with `wrong-recovery-key` for another clinic's or
 * an older key.
 */
export function openWithRecoveryKey(keyring: KeyringContent, typed: string): Uint8Array {
  const secret = parseRecoveryKey(typed);
  if (secret === undefined) {
    return fail({ code: 'invalid-input', issues: [{ path: 'recoveryKey', code: 'mistyped-recovery-key' }] });
  }
  const databaseKey = keyring.recovery && openSealed(recoveryPair(secret), fromBase64(keyring.recovery.sealed), recoveryContext);
  if (databaseKey === undefined || databaseKeyId(databaseKey) !== keyring.keyId) return fail({ code: 'wrong-recovery-key' });
  return databaseKey;
}
