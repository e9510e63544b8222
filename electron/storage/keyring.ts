import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../shared/errors.ts';
import { databaseKeyId, newDatabaseKey } from './database-key.ts';
import type { Clock } from './environment.ts';
import { keyringState, readKeyringFile, writeKeyringFile, type KeyringContent } from './keyring-file.ts';
import { newRecoveryKey } from './recovery-key.ts';
import { pendingRestore } from './restore-swap.ts';
import { SignInDelays } from './sign-in-delays.ts';
import {
  newCredentials, openWithCode, openWithPassword, openWithRecoveryKey, recoveryPublicKey, sameUsername, sealForRecovery, sealForUser, sealWithCode,
  type UserCredentials,
} from './unseal.ts';

export interface NewUser {
  userId: string;
  username: string;
  password: string;
}

/**
 * The wrapped copies of a profile's database key: one per user, opened by the password, and one opened by the
 * clinic's recovery key. Changes are on disk when a method returns; each loses at most the wrap it replaces.
 * A successful unsealing is the proof of the password: there is no other password hash anywhere.
 */
export class Keyring {
  private readonly profile: string;
  private readonly delays: SignInDelays;
  private content: KeyringContent;
  private readonly listeners: ((wraps: KeyringContent) => void)[] = [];

  private constructor(profile: string, clock: Clock, content: KeyringContent) {
    this.profile = profile;
    this.delays = new SignInDelays(profile, clock);
    this.content = content;
  }

  /**
   * Makes a new database key and its keyring in a profile without a database (`already-set-up` otherwise). A keyring
   * that is there without its database is kept under another name: it may be all that opens a moved database.
   * Answers the recovery key once; it is written down nowhere.
   */
  static async create(
    profile: string,
    clock: Clock,
    admin: NewUser,
    kind: 'demo' | 'real' = 'real',
  ): Promise<{ keyring: Keyring; databaseKey: Uint8Array; recoveryKey: string }> {
    assertEmpty(profile);
    const databaseKey = newDatabaseKey();
    const recovery = newRecoveryKey();
    const content: KeyringContent = {
      version: 1,
      keyId: databaseKeyId(databaseKey),
      users: [sealForUser(await newCredentials(admin), databaseKey)],
      recovery: sealForRecovery(recoveryPublicKey(recovery.secret), databaseKey),
      ...(kind === 'demo' && { demo: true }),
    };
    setAside(profile, clock);
    writeKeyringFile(profile, content);
    return { keyring: new Keyring(profile, clock, content), databaseKey, recoveryKey: recovery.text };
  }

  /**
   * As {@link create}, for a workstation that joins a clinic: its own database key, which nothing but the enrolment code opens
   * until users and their public keys have arrived.
   */
  static createForJoining(profile: string, clock: Clock, code: string): Uint8Array {
    assertEmpty(profile);
    const databaseKey = newDatabaseKey();
    setAside(profile, clock);
    writeKeyringFile(profile, { version: 1, keyId: databaseKeyId(databaseKey), users: [], enrolment: sealWithCode(code, databaseKey) });
    return databaseKey;
  }

  /** Reads a profile's keyring. Fails with `not-set-up` or `database-key-lost`, see {@link readKeyringFile}. */
  static open(profile: string, clock: Clock): Keyring {
    return new Keyring(profile, clock, readKeyringFile(profile));
  }

  /** Users with a wrap: those who can open the database with a password. */
  get users(): readonly UserCredentials[] {
    return this.content.users;
  }

  get isDemo(): boolean {
    return this.content.demo === true;
  }

  /** What goes into a backup. */
  get wraps(): KeyringContent {
    return this.content;
  }

  /**
   * Proves a password and answers the database key. Fails with `wrong-credentials`, after the same work whether the
   * user exists or not, or with `sign-in-delayed` after repeated failures.
   */
  async unsealWithPassword(username: string, password: string): Promise<{ userId: string; databaseKey: Uint8Array }> {
    return unsealWithDelays(this.delays, this.content, username, password);
  }

  /** The database key by the recovery key as typed. Fails as {@link openWithRecoveryKey} says. */
  unsealWithRecoveryKey(typed: string): Uint8Array {
    return openWithRecoveryKey(this.content, typed);
  }

  /** The database key of a joining that was cut, by its enrolment code. Fails with `enrolment-code-wrong`. */
  unsealWithCode(typed: string): Uint8Array {
    return openWithCode(this.content, typed);
  }

  /** Gives a user a wrap, in place of an older one of the same user. Fails with `username-taken` for another's name. */
  async addUser(user: NewUser, databaseKey: Uint8Array): Promise<void> {
    this.sealFor(await newCredentials(user), databaseKey);
  }

  /** As {@link addUser}, for a user who arrives with a public key and without a password. */
  sealFor(user: UserCredentials, databaseKey: Uint8Array): void {
    this.assertOwnKey(databaseKey);
    const others = this.content.users.filter(({ userId }) => userId !== user.userId);
    if (others.some(({ username }) => sameUsername(username, user.username))) fail({ code: 'username-taken' });
    this.write({ ...this.content, users: [...others, sealForUser(user, databaseKey)] });
  }

  /** Gives a user a new password, or a first one; who may do that is for the caller to check. Clears the user's delays. */
  changePassword(user: UserCredentials, databaseKey: Uint8Array): void {
    this.sealFor(user, databaseKey);
    this.delays.succeeded(user.userId);
  }

  /** Takes a user's wrap away: the password opens nothing any more, except older backups. */
  removeUser(userId: string): void {
    this.write({ ...this.content, users: this.content.users.filter((user) => user.userId !== userId) });
  }

  /** Replaces the recovery key and answers the new one, once. The old one opens nothing any more but older backups. */
  renewRecoveryKey(databaseKey: Uint8Array): string {
    this.assertOwnKey(databaseKey);
    const { secret, text } = newRecoveryKey();
    this.write({ ...this.content, recovery: sealForRecovery(recoveryPublicKey(secret), databaseKey) });
    return text;
  }

  /**
   * Brings the wraps to what the clinic's documents say: one for each of these users and one for the recovery key, none for anybody
   * else. Writes nothing where all is so, and never takes away the last wrap.
   */
  follow(users: readonly UserCredentials[], recoveryKey: string | undefined, databaseKey: Uint8Array): void {
    this.assertOwnKey(databaseKey);
    const kept = users.map((user) => this.content.users.find((wrap) => isWrapOf(wrap, user)) ?? sealForUser(user, databaseKey));
    const recovery = recoveryKey === undefined || recoveryKey === this.content.recovery?.publicKey ? this.content.recovery : sealForRecovery(recoveryKey, databaseKey);
    const same = recovery === this.content.recovery && kept.length === this.content.users.length && kept.every((wrap) => this.content.users.includes(wrap));
    if (same || kept.length === 0) return;
    const { enrolment: _enrolment, ...content } = this.content;
    this.write({ ...content, users: kept, ...(recovery && { recovery }) });
  }

  /** Hears of each change once it is on disk. */
  onChange(listener: (wraps: KeyringContent) => void): void {
    this.listeners.push(listener);
  }

  private write(content: KeyringContent): void {
    writeKeyringFile(this.profile, content);
    this.content = content;
    for (const listener of this.listeners) listener(content);
  }

  /** A wrong key sealed in here would lock its user out at the next sign-in, unseen until then. */
  private assertOwnKey(databaseKey: Uint8Array): void {
    if (databaseKeyId(databaseKey) !== this.content.keyId) throw new Error('This keyring holds another database key');
  }
}

const isWrapOf = (wrap: UserCredentials, user: UserCredentials): boolean =>
  wrap.userId === user.userId && wrap.publicKey === user.publicKey && wrap.salt === user.salt && wrap.username === user.username;

/** Fails with `already-set-up`. In a restore that could not be completed yet, the database is there under another name. */
function assertEmpty(profile: string): void {
  if (existsSync(join(profile, 'outpost.db')) || pendingRestore(profile)) fail({ code: 'already-set-up' });
}

/** Opens a keyring (a profile's or a backup's) with a password, under the profile's sign-in delays. */
export async function unsealWithDelays(
  delays: SignInDelays,
  keyring: KeyringContent,
  username: string,
  password: string,
): Promise<{ userId: string; databaseKey: Uint8Array }> {
  const key = delayKey(keyring, username);
  delays.begin(key);
  const opened = await openWithPassword(keyring, username, password);
  if (opened === undefined) return fail({ code: 'wrong-credentials' });
  delays.succeeded(key);
  return opened;
}

/**
 * Unknown names share 256 buckets: people type passwords into the name field, and a file must not keep them, nor grow
 * with every name that is tried.
 */
function delayKey(keyring: KeyringContent, username: string): string {
  const user = keyring.users.find((candidate) => sameUsername(candidate.username, username));
  if (user !== undefined) return user.userId;
  return `unknown-${String(createHash('sha256').update(keyring.keyId).update(username.toLowerCase()).digest()[0])}`;
}

/** Into a folder that is a profile once its database is found again. */
function setAside(profile: string, clock: Clock): void {
  if (keyringState(profile) !== 'present') return;
  const folder = join(profile, `replaced-${clock.now().toISOString().replace(/[-:.]/g, '')}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeKeyringFile(folder, readKeyringFile(profile));
}
