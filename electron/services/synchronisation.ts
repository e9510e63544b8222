import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { SyncFailure, SyncPhase, SyncState } from '../../shared/contract/sync.ts';
import { surroundingsAnswer } from '../../shared/sync/answers.ts';
import type { Status } from '../../shared/sync/engine-types.ts';
import { SyncDriver } from '../replication/driver.ts';
import { ServerLink } from '../../sync-server/client/server-link.ts';
import { countTransfers } from '../storage/attachments/documents.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import type { Store } from '../storage/store.ts';
import { keepSurroundings, readNamesTag, upstreamReach } from '../storage/surroundings.ts';
import { countBeyond, countSync, readLastSuccess, readServer, writeLastSuccess, type ServerFacts } from '../storage/sync-facts.ts';
import { noteFirstCopy, readFirstCopy } from './first-copy.ts';
import { acknowledgeArrivals } from './receipts.ts';
import type { Workstation } from './workstation.ts';

/** With people at work, every call waits for the page under way. With nobody signed in, as in most of a first copy, what a page costs beside its documents is paid seldom. */
const pageTargets = {
  joining: { linkMilliseconds: 1500, applyMilliseconds: 1000 },
  working: { linkMilliseconds: 1500, applyMilliseconds: 25 },
};
const eventPause = 250;
/** How long the database stays open after the last sign-out for what is on its way. */
const sendingAllowed = 10_000;
const successNotedEvery = 5000;
const snapshotNotedEvery = 2000;
/** Several lists on one screen ask the server once. */
const surroundingsFresh = 3000;
const answerAllowed = 15_000;
const helloAllowed = 5000;
/** While something of this workstation is known on the server and not on the one that it follows. */
const askBeyondEvery = 10_000;

/** The replication of an open database: runs from its opening to its closing, where the workstation belongs to a server. */
export class Synchronisation {
  private readonly workstation: Workstation;
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
  private snapshotNotedAt = -Infinity;
  private snapshotBegan: { at: number; received: number } | undefined;
  private asking: { begun: number; answer: Promise<void> } | undefined;
  private announcing: NodeJS.Timeout | undefined;
  private watching: NodeJS.Timeout | undefined;
  private readonly revokedListeners: (() => void)[] = [];

  constructor(workstation: Workstation) {
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
    if (this.snapshot() === null) noteFirstCopy(this.workstation.profile, undefined);
    if (server?.organisationId === undefined) return;
    this.link = new ServerLink(server);
    this.driver = this.drive(store, this.link);
    this.driver.start();
    this.watching = setInterval(() => this.watchCentral(store), askBeyondEvery).unref();
  }

  /** Stops at once: no step is half done. */
  end(): void {
    this.noteSnapshot();
    this.forgetStore?.();
    void this.driver?.stop();
    this.link?.close();
    clearTimeout(this.announcing);
    clearInterval(this.watching);
    this.announcing = this.watching = undefined;
    this.store = this.server = this.link = this.driver = this.status = this.failure = this.lastFailure = undefined;
    this.lastSuccessAt = this.lastAttemptAt = this.nextAttemptAt = undefined;
    this.snapshotBegan = this.asking = undefined;
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

  /**
   * Asks the server how far the others have read since the last report, for whom looks at it. What was told last stands
   * where it does not answer.
   */
  askSurroundings(): Promise<void> {
    if (this.asking === undefined || performance.now() - this.asking.begun > surroundingsFresh) {
      this.asking = { begun: performance.now(), answer: this.readSurroundings().catch(() => undefined) };
    }
    return this.asking.answer;
  }

  /** What waits at the server goes on to the one that it follows without a word to this workstation. */
  private watchCentral(store: Store): void {
    if (this.phase() !== 'idle' || this.central(store)?.waiting === 0) return;
    if (upstreamReach(store.connection) !== undefined) void this.askSurroundings();
  }

  private central(store: Store): SyncState['central'] {
    const reach = upstreamReach(store.connection);
    return reach && { organisationName: reach.organisationName, ...countBeyond(store.connection, reach) };
  }

  private async readSurroundings(): Promise<void> {
    const { store, session } = this;
    if (store === undefined || session === undefined || this.failure !== undefined) return;
    const { epoch } = new StoreReplica(store).state();
    const asked = { epoch, namesTag: readNamesTag(store.connection) };
    const { value } = await session.link.post('surroundings', session.token, asked, AbortSignal.timeout(answerAllowed));
    // The database may have been shut, or another epoch begun, while the answer was on its way.
    if (this.store !== store || new StoreReplica(store).state().epoch !== epoch) return;
    if (keepSurroundings(store.connection, surroundingsAnswer.parse(value))) this.announce();
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
    const central = store === undefined || server === undefined ? undefined : this.central(store);
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
      ...(central && { central }),
      ...(snapshot && { snapshot: { received: snapshot.received, total: snapshot.total, ...this.secondsLeft(snapshot) } }),
      ...(this.needsCode() && { needsCode: true }),
    };
  }

  /** How far the first copy is; null where there is none under way. With the database shut, as it was noted last. */
  private snapshot(): { received: number; total: number } | null {
    if (this.store !== undefined) return this.server === undefined ? null : new StoreReplica(this.store).state().snapshot;
    return this.workstation.databaseState === 'closed' ? (readFirstCopy(this.workstation.profile) ?? null) : null;
  }

  private noteSnapshot(): void {
    this.snapshotNotedAt = performance.now();
    const snapshot = this.store === undefined ? null : this.snapshot();
    if (snapshot !== null) noteFirstCopy(this.workstation.profile, snapshot);
  }

  private drive(store: Store, link: ServerLink): SyncDriver {
    const { workstation } = this;
    return new SyncDriver({
      store,
      link,
      appVersion: workstation.version,
      figures: () => this.figures(store),
      pageTarget: () => (workstation.sessions.size === 0 ? pageTargets.joining : pageTargets.working),
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
    this.lastFailure = status.phase === 'up-to-date' ? undefined : (failure ?? this.lastFailure);
    if (status.phase === 'connecting') this.lastAttemptAt = at.toISOString();
    if (status.phase === 'snapshot') this.noteProgress(status.received);
    else if (status.phase === 'up-to-date') this.noteSuccess(store, at);
    else if (status.phase === 'locked') this.noteLocked(store);
    this.announce();
  }

  private noteProgress(received: number): void {
    this.snapshotBegan ??= { at: performance.now(), received };
    if (performance.now() - this.snapshotNotedAt > snapshotNotedEvery) this.noteSnapshot();
  }

  private noteSuccess(store: Store, at: Date): void {
    const before = Date.parse(readLastSuccess(store.connection) ?? '1970-01-01T00:00:00Z');
    this.lastSuccessAt = this.lastAttemptAt = at.toISOString();
    this.nextAttemptAt = undefined;
    if (this.snapshotBegan !== undefined) noteFirstCopy(this.workstation.profile, undefined);
    this.snapshotBegan = undefined;
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

  private secondsLeft({ received, total }: { received: number; total: number }): { secondsLeft?: number } {
    const began = this.snapshotBegan;
    if (began === undefined || received <= began.received) return {};
    const perSecond = ((received - began.received) * 1000) / Math.max(1, performance.now() - began.at);
    return { secondsLeft: Math.ceil(Math.max(0, total - received) / perSecond) };
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
