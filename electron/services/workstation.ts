import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppStatus, DatabaseState } from '../../shared/contract/app.ts';
import { AppException, fail, type AppError } from '../../shared/errors.ts';
import { defaultWorkstationSettings, workstationSettingsId, type Preferences, type WorkstationSettings } from '../../shared/schema/setting.ts';
import type { Environment } from '../storage/environment.ts';
import { sealWithKeychain, type Keychain } from '../storage/keychain.ts';
import { keyringState } from '../storage/keyring-file.ts';
import { Keyring } from '../storage/keyring.ts';
import type { Log } from '../storage/log.ts';
import { readPreferences } from '../storage/preferences.ts';
import { toStorageError } from '../storage/sqlite-errors.ts';
import type { Store } from '../storage/store.ts';
import { readBackupLocation } from './backup-location.ts';
import { Events } from './events.ts';
import { Hub } from './hub.ts';
import { Jobs } from './job-runner.ts';
import { openDatabase } from './open-database.ts';
import { PendingAudit, type Happening } from './pending-audit.ts';
import { isRevoked } from './revocation.ts';
import { SessionRegistry } from './session-registry.ts';
import { Synchronisation } from './synchronisation.ts';

export interface WorkstationParts {
  /** Absolute path of the profile folder. */
  profile: string;
  version: string;
  host: AppStatus['host'];
  environment: Environment;
  log: Log;
  keychain?: Keychain | undefined;
}

/** The database and, where it cannot be used, why. */
type Database =
  | { state: 'absent' | 'closed' }
  | { state: 'open'; store: Store; key: Uint8Array }
  | { state: 'damaged' | 'newer' | 'key-lost' | 'revoked'; error: AppError };

/** One profile at work: its database, keys, sessions, jobs and events. Use cases reach everything through it. */
export class Workstation {
  readonly profile: string;
  readonly version: string;
  readonly host: AppStatus['host'];
  readonly environment: Environment;
  readonly log: Log;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly sessions: SessionRegistry;
  readonly sync: Synchronisation;
  readonly hub: Hub;
  preferences: Preferences;
  /** When the newest backup was made; undefined while none is known. */
  lastBackupAt: string | undefined;
  private readonly keychain: Keychain | undefined;
  private readonly pendingAudit: PendingAudit;
  private readonly openListeners: ((store: Store) => void)[] = [];
  private readonly damageListeners: (() => void)[] = [];
  private database: Database;
  private openKeyring: Keyring | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(parts: WorkstationParts) {
    this.profile = parts.profile;
    this.version = parts.version;
    this.host = parts.host;
    this.environment = parts.environment;
    this.log = parts.log;
    this.keychain = parts.keychain;
    this.events = new Events((error) => this.log.error('event-listener-failed', error));
    this.jobs = new Jobs({
      newId: parts.environment.newId,
      toAppError: (error) => this.toAppError(error),
      announce: (job) => this.events.emit({ type: 'job', job }),
    });
    this.sessions = new SessionRegistry(parts.environment.clock);
    this.pendingAudit = new PendingAudit(parts.profile);
    this.preferences = readPreferences(parts.profile, { language: systemLanguage(), theme: 'auto' });
    this.database = findDatabase(this.profile);
    this.sync = new Synchronisation(this);
    this.hub = new Hub(this);
  }

  get databasePath(): string {
    return join(this.profile, 'outpost.db');
  }

  get databaseState(): DatabaseState {
    return this.database.state;
  }

  /** The open store. Fails with the code that says why there is none. */
  get store(): Store {
    return this.opened().store;
  }

  /** The key of the open database, to seal it to one more user or into a backup. */
  get databaseKey(): Uint8Array {
    return this.opened().key;
  }

  /** Fails with `not-set-up` or `database-key-lost`. */
  get keyring(): Keyring {
    this.openKeyring ??= Keyring.open(this.profile, this.environment.clock);
    return this.openKeyring;
  }

  /** Whether everybody may know the passwords of this clinic. */
  get isDemo(): boolean {
    return (this.databaseState === 'closed' || this.databaseState === 'open') && this.keyring.isDemo;
  }

  get settings(): WorkstationSettings {
    const stored = this.database.state === 'open' ? this.database.store.get('settings', workstationSettingsId) : undefined;
    return stored ?? defaultWorkstationSettings;
  }

  get backupFolder(): string {
    return this.database.state === 'open' ? (this.settings.backupFolder ?? join(this.profile, 'backups')) : readBackupLocation(this.profile);
  }

  /** Fails with the code that says why nobody can sign in; passes for a database that is open or only shut. */
  assertPresent(): void {
    if (this.database.state !== 'closed') this.opened();
  }

  /** Runs `listener` after each opening of the database, before the call that opened it is answered. */
  onOpen(listener: (store: Store) => void): void {
    this.openListeners.push(listener);
  }

  /** Runs `listener` when SQLite has complained of a damaged database in the middle of a call. */
  onDamageSuspected(listener: () => void): void {
    this.damageListeners.push(listener);
  }

  /** Opens the database unless it is open; fails with a coded error, which the status then shows. */
  open(key: Uint8Array): Store {
    if (this.database.state === 'open') return this.database.store;
    const store = this.connect(key);
    this.database = { state: 'open', store, key };
    store.onChange((collections) => this.events.collectionsChanged(collections));
    for (const listener of this.openListeners) listener(store);
    this.pendingAudit.flush(store);
    this.statusChanged();
    return store;
  }

  /** Shuts the database and ends every session; what the folder then holds decides the state. */
  close(): void {
    this.sessions.endAll();
    this.sync.end();
    void this.hub.end();
    if (this.database.state === 'open') this.database.store.close();
    this.openKeyring = undefined;
    this.database = findDatabase(this.profile);
    this.statusChanged();
  }

  /**
   * Shuts the database once nobody is signed in and nothing runs, so that its key is in no memory. Where the system's
   * keychain keeps the key it stays open, and so it does while it serves other workstations or takes its first copy: work that
   * needs no person goes on.
   */
  closeWhenUnused(): void {
    if (this.keychain !== undefined) return;
    void Promise.all([this.jobs.settled(), this.sync.settled()]).then(() => {
      if (this.hub.isRunning || this.sync.isJoining) return;
      if (this.sessions.size === 0 && this.database.state === 'open' && !this.jobs.busy) this.close();
    });
  }

  /** Takes a database that was found damaged out of use; restoring a backup is the way out. */
  markDamaged(): void {
    this.close();
    this.database = { state: 'damaged', error: { code: 'database-damaged' } };
    this.statusChanged();
  }

  /** Hands the key to the system's keychain; a keychain that refuses is no reason to stop working. */
  async keepKeyInKeychain(): Promise<void> {
    if (this.keychain === undefined || this.database.state !== 'open') return;
    try {
      await sealWithKeychain(this.profile, this.keychain, this.database.key);
    } catch (error) {
      this.log.error('keychain-not-written', error);
    }
  }

  /** Records what was done without writing a document: now, or when the database is next open and writable. */
  audit(happening: Happening): void {
    const store = this.database.state === 'open' ? this.database.store : undefined;
    this.pendingAudit.record(store, happening, this.environment.clock.now());
  }

  statusChanged(): void {
    this.events.emit({ type: 'status' });
  }

  /** Set-up, opening and restoring one after the other: two windows may ask at the same time. */
  exclusively<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    const answer = this.queue.then(run);
    this.queue = answer.catch(() => undefined);
    return answer;
  }

  /** What a caller is told of a thrown error: coded where it was expected, `internal` with a reference where it is a bug. */
  toAppError(error: unknown): AppError {
    if (error instanceof AppException) return error.error;
    const storageError = toStorageError(error);
    if (storageError === undefined) return this.unexpected(error);
    this.log.error('storage-failed', error);
    if (storageError.code === 'database-damaged') for (const listener of this.damageListeners) listener();
    return storageError;
  }

  private unexpected(error: unknown): AppError {
    const number = randomBytes(4).readUInt32BE();
    this.log.error('unexpected', error, { reference: number });
    return { code: 'internal', reference: String(number) };
  }

  private opened(): { store: Store; key: Uint8Array } {
    switch (this.database.state) {
      case 'open':
        return this.database;
      case 'absent':
        return fail({ code: 'not-set-up' });
      case 'closed':
        return fail({ code: 'unauthenticated' });
      default:
        return fail(this.database.error);
    }
  }

  private connect(key: Uint8Array): Store {
    try {
      const place = { profile: this.profile, path: this.databasePath, backupFolder: this.backupFolder };
      return openDatabase(place, key, this.environment);
    } catch (error) {
      if (error instanceof AppException) this.refused(error.error);
      throw error;
    }
  }

  /** A database that is damaged or too new stays so until it is replaced; a full disk may be better next time. */
  private refused(error: AppError): void {
    if (error.code === 'database-damaged') this.database = { state: 'damaged', error };
    else if (error.code === 'database-newer') this.database = { state: 'newer', error };
    else return;
    this.statusChanged();
  }
}

function findDatabase(profile: string): Database {
  if (isRevoked(profile)) return { state: 'revoked', error: { code: 'workstation-revoked' } };
  if (!existsSync(join(profile, 'outpost.db'))) return { state: 'absent' };
  if (keyringState(profile) === 'lost') return { state: 'key-lost', error: { code: 'database-key-lost' } };
  return { state: 'closed' };
}

const systemLanguage = (): Preferences['language'] =>
  Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh' : 'en';
