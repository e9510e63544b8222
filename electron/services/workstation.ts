import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppStatus, DatabaseState } from '../../shared/contract/app.ts';
import { AppException, fail, type AppError } from '../../shared/errors.ts';
import { defaultWorkstationSettings, workstationSettingsId, type WorkstationSettings } from '../../shared/schema/setting.ts';
import { openConnection } from '../storage/connection.ts';
import type { Environment } from '../storage/environment.ts';
import type { Keychain } from '../storage/keychain.ts';
import { Keyring } from '../storage/keyring.ts';
import { keyringState } from '../storage/keyring-file.ts';
import { migrate } from '../storage/migrate.ts';
import { asStorageError, toStorageError } from '../storage/sqlite-errors.ts';
import { Store } from '../storage/store.ts';
import { Events } from './events.ts';
import { Jobs } from './job-runner.ts';
import { SessionRegistry } from './session-registry.ts';

/** Where the unexpected is written down: name, code and stack frames, never a message. Answers a reference to quote. */
export interface ErrorLog {
  unexpected(error: unknown): string;
}

export interface WorkstationParts {
  /** Absolute path of the profile folder. */
  profile: string;
  version: string;
  host: AppStatus['host'];
  environment: Environment;
  log: ErrorLog;
  keychain?: Keychain;
}

/** The database and, where it cannot be used, why. */
type Database =
  | { state: 'absent' | 'closed' }
  | { state: 'open'; store: Store; key: Uint8Array }
  | { state: 'damaged' | 'newer' | 'key-lost'; error: AppError };

/** One profile at work: its database, keys, sessions, jobs and events. Use cases reach everything through it. */
export class Workstation {
  readonly profile: string;
  readonly version: string;
  readonly host: AppStatus['host'];
  readonly environment: Environment;
  readonly keychain: Keychain | undefined;
  readonly log: ErrorLog;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly sessions: SessionRegistry;
  private database: Database;
  private openKeyring: Keyring | undefined;
  private readonly openListeners: ((store: Store) => void)[] = [];
  private queue: Promise<unknown> = Promise.resolve();

  constructor(parts: WorkstationParts) {
    this.profile = parts.profile;
    this.version = parts.version;
    this.host = parts.host;
    this.environment = parts.environment;
    this.keychain = parts.keychain;
    this.log = parts.log;
    this.events = new Events((error) => this.log.unexpected(error));
    this.jobs = new Jobs({
      newId: parts.environment.newId,
      toAppError: (error) => this.toAppError(error),
      announce: (job) => this.events.emit({ type: 'job', job }),
    });
    this.sessions = new SessionRegistry(parts.environment.clock);
    this.database = findDatabase(this.profile);
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

  get settings(): WorkstationSettings {
    const stored = this.database.state === 'open' ? this.database.store.get('settings', workstationSettingsId) : undefined;
    return stored ?? defaultWorkstationSettings;
  }

  /** Runs `listener` after each opening of the database, before the call that opened it is answered. */
  onOpen(listener: (store: Store) => void): void {
    this.openListeners.push(listener);
  }

  /** Opens the database unless it is open; fails with a coded error, which the status then shows. */
  open(key: Uint8Array): Store {
    if (this.database.state === 'open') return this.database.store;
    const store = this.connect(key);
    this.database = { state: 'open', store, key };
    store.onChange((collections) => this.events.collectionsChanged(collections));
    for (const listener of this.openListeners) listener(store);
    this.statusChanged();
    return store;
  }

  /** Shuts the database and ends every session; what the folder then holds decides the state. */
  close(): void {
    this.sessions.endAll();
    if (this.database.state === 'open') this.database.store.close();
    this.openKeyring = undefined;
    this.database = findDatabase(this.profile);
    this.statusChanged();
  }

  /** Takes a database that was found damaged out of use; `backups.restore` is the way out. */
  markDamaged(): void {
    this.close();
    this.database = { state: 'damaged', error: { code: 'database-damaged' } };
    this.statusChanged();
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
    return toStorageError(error) ?? { code: 'internal', reference: this.log.unexpected(error) };
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
      const connection = openConnection(this.databasePath, key, { mustExist: true });
      try {
        migrate(connection);
        return new Store(connection, this.environment);
      } catch (error) {
        connection.close();
        throw error;
      }
    } catch (error) {
      const coded = asStorageError(error);
      if (coded instanceof AppException) this.refused(coded.error);
      throw coded;
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
  if (!existsSync(join(profile, 'outpost.db'))) return { state: 'absent' };
  if (keyringState(profile) === 'lost') return { state: 'key-lost', error: { code: 'database-key-lost' } };
  return { state: 'closed' };
}
