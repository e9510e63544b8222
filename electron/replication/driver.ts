import { setImmediate as turn } from 'node:timers/promises';
import type { SyncFailure } from '../../shared/contract/sync.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import type { Effect, Event, Status } from '../../shared/sync/engine-types.ts';
import type { Surroundings } from '../../shared/sync/protocol.ts';
import { replicatedCollections } from '../../shared/sync/scope.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import { toStorageError } from '../storage/sqlite-errors.ts';
import type { Store } from '../storage/store.ts';
import { worthDeferring } from '../storage/deferred-work.ts';
import { worthAnotherThread } from '../storage/visits-beside.ts';
import { keepSurroundings } from '../storage/surroundings.ts';
import { EngineLoop, failedEvent, type Performed } from '../../sync-server/client/engine-loop.ts';
import { Hints } from '../../sync-server/client/hints.ts';
import { Messenger, type Figures } from './messenger.ts';
import type { PageTarget } from '../../shared/sync/page-size.ts';
import { LinkError, type ServerLink } from '../../sync-server/client/server-link.ts';

export interface DriverOptions {
  store: Store;
  link: ServerLink;
  appVersion: string;
  /** What goes into a report and changes under way. */
  figures(): Figures;
  pageTarget(): PageTarget;
  /** Whether somebody is at work here, and waits for what is put off. */
  isAttended(): boolean;
  /** All but the last page of a first copy is here, and what was put off meanwhile is being made: no call is answered for seconds. */
  onIndexing(): void;
  /** Brings what stands in the log of the store into its database on another thread. Where that fails, a later commit does it. */
  checkpoint(signal: AbortSignal): Promise<void>;
  /** Has visits that were put off entered on another thread while `meanwhile` runs, and takes them over. */
  enteringVisits(signal: AbortSignal, meanwhile: () => Promise<void>): Promise<void>;
  /** `failure` says more precisely than the status why the last attempt failed. `nextAt`: when it is tried again, in milliseconds since 1970. */
  onStatus(status: Status, failure: SyncFailure | undefined): void;
  onWait(nextAt: number): void;
  /** What a report brings is news: how far the others have read, or the server that is followed has. */
  onSurroundings(): void;
  /** A bug: it is logged, and sync tries again later. */
  onBug(error: unknown): void;
}

type SnapshotPageEffect = Extract<Effect, { method: 'applySnapshotPage' }>;

const replicates: ReadonlySet<string> = new Set(replicatedCollections);

/** Drives the sync machine of one open store with a real clock and a real connection. Performs one effect at a time. */
export class SyncDriver {
  private readonly options: DriverOptions;
  private readonly replica: StoreReplica;
  private readonly messenger: Messenger;
  private readonly stopping = new AbortController();
  private readonly forgetStore: () => void;
  private readonly loop: EngineLoop;
  private reporting: NodeJS.Timeout | undefined;
  private failure: SyncFailure | undefined;
  /** What the replica writes itself is no local change. */
  private applying = false;
  private readonly hints: Hints;
  private checkpointing: Promise<void> | undefined;

  constructor(options: DriverOptions) {
    this.options = options;
    this.replica = new StoreReplica(options.store);
    this.messenger = new Messenger(options, this.stopping.signal);
    this.loop = new EngineLoop({ perform: (effect) => this.inTurn(effect), onWait: (milliseconds) => options.onWait(Date.now() + milliseconds) });
    this.hints = new Hints(options.link, (head, page) => this.loop.noteHead(head, page), () => this.loop.take({ type: 'hint' }));
    this.forgetStore = options.store.onChange((collections) => this.noteChange(collections));
  }

  /** The bearer token of the present session with the server; undefined before the first hello was answered. */
  get token(): string | undefined {
    return this.messenger.token;
  }

  start(): void {
    this.loop.take({ type: 'start' });
  }

  /** Somebody asks to sync now. */
  retry(): void {
    this.loop.take({ type: 'retry' });
  }

  /** Stops and waits for what is under way; nothing is half done, since each step is a transaction. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('Sync was stopped'));
    this.forgetStore();
    this.hints.end();
    clearTimeout(this.reporting);
    await this.loop.stop();
    await this.checkpointing;
  }

  private noteChange(collections: CollectionName[]): void {
    if (!this.applying && collections.some((name) => replicates.has(name))) this.loop.take({ type: 'local-change' });
  }

  /** Calls are answered before each step and after it: a save that woke this one, and those that came meanwhile. */
  private async inTurn(effect: Performed): Promise<Event | undefined> {
    await turn();
    // The store may be shut by now.
    return this.stopping.signal.aborted ? undefined : this.perform(effect);
  }

  private async perform(effect: Performed): Promise<Event | undefined> {
    switch (effect.type) {
      case 'status':
        this.options.onStatus(effect.status, 'trouble' in effect.status ? (this.failure ?? effect.status.trouble) : undefined);
        return undefined;
      case 'replica':
        return effect.method === 'applySnapshotPage' ? this.takeFromSnapshot(effect) : this.callReplica(effect);
      case 'request':
        return effect.name === 'report' ? this.report(effect) : this.request(effect);
    }
  }

  private async takeFromSnapshot(effect: SnapshotPageEffect): Promise<Event | undefined> {
    const event = await this.takeSnapshotPage(effect);
    const [{ cursor, total }] = effect.input;
    if (cursor === null) this.checkpointing = this.checkpointAfter(total);
    return event;
  }

  private async checkpointAfter(documents: number): Promise<void> {
    const { signal } = this.stopping;
    // The store may be shut by now, and its key is no longer to be had.
    if (signal.aborted) return;
    if (documents >= worthDeferring) await this.options.checkpoint(signal);
    if (!signal.aborted) this.replica.checkpointAsUsual();
  }

  /** With nobody at work here, what can be made for all documents at once is put off to the last page of a first copy. */
  private async takeSnapshotPage(effect: SnapshotPageEffect): Promise<Event | undefined> {
    const [page] = effect.input;
    try {
      if (!this.options.isAttended()) this.replica.deferWorkFor(page);
      if (page.cursor === null && this.replica.hasDeferredWork) {
        this.options.onIndexing();
        this.whileApplying(() => this.replica.takeAhead(page));
        await this.makeUpForDeferred(page.total);
        if (!this.stopping.signal.aborted) return this.callReplica({ ...effect, input: [{ ...page, documents: [] }] });
      }
    } catch (error) {
      return this.failedInStore(error);
    }
    return this.stopping.signal.aborted ? undefined : this.callReplica(effect);
  }

  private async makeUpForDeferred(documents: number): Promise<void> {
    const { signal } = this.stopping;
    await turn();
    if (signal.aborted) return;
    if (documents >= worthAnotherThread) {
      await this.options.enteringVisits(signal, async () => {
        while (!signal.aborted && this.replica.indexDocuments()) await turn();
      });
    }
    while (!signal.aborted && this.replica.doDeferredWork()) await turn();
  }

  private whileApplying<Value>(work: () => Value): Value {
    this.applying = true;
    try {
      return work();
    } finally {
      this.applying = false;
    }
  }

  private callReplica({ method, input }: Extract<Effect, { type: 'replica' }>): Event {
    const began = performance.now();
    try {
      const values = method === 'outgoing' ? input.map((maxBytes) => this.messenger.pushBytes(maxBytes)) : input;
      const value = this.whileApplying(() => (this.replica[method] as (...given: unknown[]) => unknown)(...values));
      this.messenger.noteApplied(method, performance.now() - began);
      return { type: 'done', value };
    } catch (error) {
      return this.failedInStore(error);
    }
  }

  private async request(effect: Extract<Effect, { type: 'request' }>): Promise<Event> {
    try {
      const value = await this.messenger.ask(effect);
      this.failure = undefined;
      // A report that was put off comes after its sync: nothing else tells people that what it brings is new.
      if (effect.name === 'report' && keepSurroundings(this.options.store.connection, value as Surroundings)) this.options.onSurroundings();
      if (this.messenger.token !== undefined) this.hints.follow(this.messenger.token);
      return { type: 'answer', value };
    } catch (error) {
      if (error instanceof LinkError) return this.failedWith(error.failure, error.retryAfterSeconds);
      return this.stopping.signal.aborted ? this.failedWith('internal') : this.failedInStore(error);
    }
  }

  /** A report that is put off tells of what comes meanwhile, too. That it fails then is nobody's failure: the next sync reports. */
  private async report(effect: Extract<Effect, { name: 'report' }>): Promise<Event> {
    clearTimeout(this.reporting);
    const milliseconds = this.messenger.reportDueIn(effect);
    if (milliseconds === 0) return this.request(effect);
    this.reporting = setTimeout(() => void this.report(effect), milliseconds).unref();
    return { type: 'answer', value: undefined };
  }

  private failedInStore(error: unknown): Event {
    const coded = toStorageError(error);
    if (coded === undefined || coded.code === 'database-damaged') this.options.onBug(error);
    return this.failedWith(coded?.code === 'disk-full' ? 'disk-full' : 'internal');
  }

  private failedWith(failure: SyncFailure, retryAfterSeconds?: number): Event {
    this.failure = failure;
    return failedEvent(failure, retryAfterSeconds);
  }
}
