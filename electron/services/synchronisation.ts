import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseState } from '../../shared/contract/app.ts';
import type { SyncFailure, SyncPhase, SyncState } from '../../shared/contract/sync.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Status } from '../../shared/sync/engine-types.ts';
import { SyncDriver } from '../replication/driver.ts';
import { ServerLink } from '../../sync-server/client/server-link.ts';
import { countTransfers } from '../storage/attachments/documents.ts';
import { checkpointBeside } from '../storage/checkpoint.ts';
import type { Keyring } from '../storage/keyring.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import type { Store } from '../storage/store.ts';
import { enteringVisitsBeside } from '../storage/visits-beside.ts';
import { countSync, readLastSuccess, readServer, writeLastSuccess, type ServerFacts } from '../storage/sync-facts.ts';
import type { Events } from './events.ts';
import { FirstCopyProgress } from './first-copy-progress.ts';
import { noteFirstCopy, readFirstCopy, type FirstCopy } from './first-copy.ts';
import { movedFrom } from './moved-from.ts';
import { acknowledgeArrivals } from './receipts.ts';
import type { SessionRegistry } from './session-registry.ts';
import { centralOf, Surroundings } from './surroundings.ts';

/** With people at work, every call waits for the page under way. With nobody signed in, as in most of a first copy, what a page costs beside its documents is paid seldom. */
const pageTargets = {
  joining: { linkMilliseconds: 1500, applyMilliseconds: 1000 },
  working: { linkMilliseconds: 1500, applyMilliseconds: 25 },
};
const eventPause = 250;
/** How long the database stays open after the last sign-out for what is on its way. */
const sendingAllowed = 10_000;
const successNotedEvery = 5000;
const helloAllowed = 5000;

/** The workstation that is replicated, as far as that concerns it. */
interface Host {
  profile: string;
  version: string;
  databasePath: string;
  databaseKey: Uint8Array;
  databaseState: DatabaseState;
  keyring: Keyring;
  sessions: SessionRegistry;
  events: Events;
  toAppError(error: unknown): AppError;
}

/** The replication of an open database: runs from its opening to its closing, where the workstation belongs to a server. */
export class Synchronisation {
  private readonly workstation: Host;
  private store: Store | undefined;
  private forgetStore: (() => void) | undefined;
  private server: ServerFacts | undefined;
  private link: ServerLink | undefined;
  private driver: SyncDriver | undefined;
  private status: Status | undefined;
  private failure: SyncFailure | undefined;
  /** Why an attempt failed since the last success: the next report tells it. */
  private lastFailure: SyncFailure | undefined;
  private lastSuccessAt: string | undefined;
  private lastAttemptAt: string | undefined;
  private nextAttemptAt: string | undefined;
  private firstCopy: FirstCopyProgress | undefined;
  private surroundings: Surroundings | undefined;
  private announcing: NodeJS.Timeout | undefined;
  private isIndexing = false;
  private readonly revokedListeners: (() => void)[] = [];

  constructor(workstation: Host) {
    this.workstation = workstation;
  }

  /** Runs `listener` once this workstation was taken out of the fleet and has handed over all its work. */
  onRevoked(listener: () => void): void {
    this.revokedListeners.push(listener);
  }

  /** Begins on an open store; does nothing where it belongs to no server. Again after its server has changed. */
  begin(store: Store): void {
    this.end();
    const server = readServer(store.connection);
    this.store = store;
    this.server = server;
    this.lastSuccessAt = readLastSuccess(store.connection);
    this.forgetStore = store.onChange(() => this.announce());
    this.firstCopy = new FirstCopyProgress(this.workstation.profile);
    if (this.snapshot() === null) noteFirstCopy(this.workstation.profile, undefined);
    if (server?.organisationId === undefined) return;
    this.link = new ServerLink(server);
    this.driver = this.drive(store, this.link);
    this.driver.start();
    this.surroundings = new Surroundings({
      store,
      session: () => (this.failure === undefined ? this.session : undefined),
      isIdle: () => this.phase() === 'idle',
      onNews: () => this.announce(),
    });
  }

  /** Stops at once: no step is half done. */
  end(): void {
    const snapshot = this.store === undefined ? null : this.snapshot();
    if (snapshot !== null) this.firstCopy?.note(snapshot);
    this.forgetStore?.();
    void this.driver?.stop();
    this.surroundings?.end();
    this.link?.close();
    clearTimeout(this.announcing);
    this.announcing = this.surroundings = this.firstCopy = undefined;
    this.isIndexing = false;
    this.store = this.server = this.link = this.driver = this.status = this.failure = this.lastFailure = undefined;
    this.lastSuccessAt = this.lastAttemptAt = this.nextAttemptAt = undefined;
  }

  /** Whether the first copy has not been completed: what is on screen is not whole. */
  get isJoining(): boolean {
    if (this.store === undefined || this.server === undefined) return false;
    const { snapshot, epoch } = new StoreReplica(this.store).state();
    return snapshot !== null || epoch === null;
  }

  /** Answers once what was just saved has had its chance to be sent: nothing is left, there is no line, or it takes too long. */
  async settled(): Promise<void> {
    for (let waited = 0; waited < sendingAllowed && this.phase() === 'working'; waited += 100) await pause(100);
  }

  syncNow(): void {
    this.driver?.retry();
  }

  /** The connection and the token of the present session, for what an admin asks of the server. */
  get session(): { link: ServerLink; token: string } | undefined {
    const token = this.driver?.token;
    return this.link === undefined || token === undefined ? undefined : { link: this.link, token };
  }

  /** Says hello anew in place of a session that has ended, or waits for the first; undefined where the server does not answer in time. */
  async renewed(ended?: { token: string }): Promise<{ link: ServerLink; token: string } | undefined> {
    if (ended !== undefined) this.syncNow();
    for (let waited = 0; waited < helloAllowed && (ended !== undefined || this.failure === undefined); waited += 50) {
      const { session } = this;
      if (session !== undefined && session.token !== ended?.token) return session;
      await pause(50);
    }
    return undefined;
  }

  /** Asks the server how far the others have read, where there is one that answers. */
  async askSurroundings(): Promise<void> {
    await this.surroundings?.ask();
  }

  get serverFacts(): ServerFacts | undefined {
    return this.server;
  }

  /** What people see of it. Carries no patient data. */
  state(): SyncState {
    const { store, server } = this;
    const counts = store === undefined ? undefined : countSync(store.connection);
    const siteName = store === undefined ? undefined : this.siteName(store);
    const snapshot = this.snapshot();
    const central = store === undefined || server === undefined ? undefined : centralOf(store);
    const moved = store === undefined || server === undefined ? undefined : movedFrom(store);
    return {
      phase: this.phase(),
      waiting: counts?.waiting ?? 0,
      attachments: store === undefined || server === undefined ? { toSend: 0, toFetch: 0 } : countTransfers(store.connection),
      quarantined: counts?.quarantined ?? 0,
      openConflicts: counts?.openConflicts ?? 0,
      storageBytes: databaseBytes(this.workstation.databasePath),
      ...(this.failure && { failure: this.failure }),
      ...(counts?.oldestUnsentAt && { oldestUnsentAt: counts.oldestUnsentAt }),
      ...(this.lastSuccessAt !== undefined && { lastSuccessAt: this.lastSuccessAt }),
      ...(this.lastAttemptAt !== undefined && { lastAttemptAt: this.lastAttemptAt }),
      ...(this.nextAttemptAt !== undefined && { nextAttemptAt: this.nextAttemptAt }),
      ...(server && {
        server: {
          address: server.address, organisationName: server.organisationName, siteName: siteName ?? '',
          ...(server.fingerprint !== undefined && { fingerprint: server.fingerprint }),
        },
      }),
      ...(moved && { movedFrom: moved }),
      ...(central && { central }),
      ...(snapshot && { snapshot: { received: snapshot.received, total: snapshot.total, ...(this.isIndexing ? { indexing: true } : this.firstCopy?.secondsLeft(snapshot)) } }),
      ...(this.needsCode() && { needsCode: true }),
    };
  }

  /** How far the first copy is; null where there is none under way. With the database shut, as it was noted last. */
  private snapshot(): FirstCopy | null {
    if (this.store !== undefined) return this.server === undefined ? null : new StoreReplica(this.store).state().snapshot;
    return this.workstation.databaseState === 'closed' ? (readFirstCopy(this.workstation.profile) ?? null) : null;
  }

  private drive(store: Store, link: ServerLink): SyncDriver {
    const { workstation } = this;
    return new SyncDriver({
      store,
      link,
      appVersion: workstation.version,
      figures: () => this.figures(store),
      pageTarget: () => (workstation.sessions.size === 0 ? pageTargets.joining : pageTargets.working),
      isAttended: () => workstation.sessions.size > 0,
      onIndexing: () => {
        this.isIndexing = true;
        // At once: while it lasts, nothing is told.
        workstation.events.emit({ type: 'sync' });
      },
      checkpoint: (signal) => checkpointBeside(workstation, signal),
      enteringVisits: (signal, meanwhile) => enteringVisitsBeside(store.connection, workstation, signal, meanwhile),
      onStatus: (status, failure) => this.note(store, status, failure),
      onWait: (nextAt) => {
        this.nextAttemptAt = this.failure === undefined ? undefined : new Date(nextAt).toISOString();
        this.announce();
      },
      onSurroundings: () => this.announce(),
      onBug: (error) => workstation.toAppError(error),
    });
  }

  private figures(store: Store) {
    const { waiting: unsent, oldestUnsentAt, quarantined, openConflicts } = countSync(store.connection);
    return {
      unsent, oldestUnsentAt, quarantined, openConflicts,
      // A report ends a sync in which everything was sent and taken.
      lastSuccessAt: store.now().toISOString(),
      dataBytes: databaseBytes(this.workstation.databasePath),
      lastError: this.lastFailure ?? null,
    };
  }

  private note(store: Store, status: Status, failure: SyncFailure | undefined): void {
    const at = store.now();
    this.status = status;
    this.failure = failure;
    this.isIndexing = false;
    this.lastFailure = status.phase === 'up-to-date' ? undefined : (failure ?? this.lastFailure);
    if (status.phase === 'connecting') this.lastAttemptAt = at.toISOString();
    if (status.phase === 'snapshot') this.firstCopy?.advance(status);
    else if (status.phase === 'up-to-date') this.noteSuccess(store, at);
    else if (status.phase === 'locked') this.noteLocked(store);
    this.announce();
  }

  private noteSuccess(store: Store, at: Date): void {
    const before = Date.parse(readLastSuccess(store.connection) ?? '1970-01-01T00:00:00Z');
    this.lastSuccessAt = this.lastAttemptAt = at.toISOString();
    this.nextAttemptAt = undefined;
    this.firstCopy?.complete();
    if (Math.abs(at.getTime() - before) >= successNotedEvery) writeLastSuccess(store.connection, this.lastSuccessAt);
    this.acknowledge(store);
  }

  /** Where it cannot be written, sync goes on all the same: the next success tries again. */
  private acknowledge(store: Store): void {
    try {
      acknowledgeArrivals(store);
    } catch (error) {
      this.workstation.toAppError(error);
    }
  }

  /** Something may have been written while the last of it was handed over: then it is handed over first. */
  private noteLocked(store: Store): void {
    if (!new StoreReplica(store).state().locked) this.begin(store);
    else for (const listener of this.revokedListeners) listener();
  }

  private phase(): SyncPhase {
    const { databaseState } = this.workstation;
    if (databaseState === 'revoked') return 'revoked';
    if (this.store === undefined) return databaseState === 'absent' ? 'off' : 'closed';
    if (this.driver === undefined) return this.server === undefined ? 'off' : 'joining';
    switch (this.status?.phase) {
      case 'failed':
        return 'offline';
      case 'refused':
        return 'refused';
      case 'locked':
        return 'revoked';
      case 'up-to-date':
        return 'idle';
      default:
        return this.isJoining ? 'joining' : 'working';
    }
  }

  /** No password opens this database yet. */
  private needsCode(): boolean {
    const { databaseState } = this.workstation;
    if (databaseState !== 'open' && databaseState !== 'closed') return false;
    return this.workstation.keyring.wraps.enrolment !== undefined;
  }

  private siteName(store: Store): string | undefined {
    return store.get('sites', store.siteId ?? '')?.name;
  }

  /** At most a few events a second, however much goes on. */
  private announce(): void {
    this.announcing ??= setTimeout(() => {
      this.announcing = undefined;
      this.workstation.events.emit({ type: 'sync' });
    }, eventPause).unref();
  }
}

function databaseBytes(path: string): number {
  return ['', '-wal'].reduce((sum, suffix) => sum + (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0), 0);
}
