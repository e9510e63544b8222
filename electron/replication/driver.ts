import { setImmediate as turn } from 'node:timers/promises';
import type { SyncFailure } from '../../shared/contract/sync.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { initialState, step } from '../../shared/sync/engine.ts';
import type { Effect, Event, Status, SyncState, Trouble } from '../../shared/sync/engine-types.ts';
import type { Surroundings, ToldPage } from '../../shared/sync/protocol.ts';
import { replicatedCollections } from '../../shared/sync/scope.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import { toStorageError } from '../storage/sqlite-errors.ts';
import type { Store } from '../storage/store.ts';
import { keepSurroundings } from '../storage/surroundings.ts';
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
  /** `failure` says more precisely than the status why the last attempt failed. `nextAt`: when it is tried again, in milliseconds since 1970. */
  onStatus(status: Status, failure: SyncFailure | undefined): void;
  onWait(nextAt: number): void;
  /** A bug: it is logged, and sync tries again later. */
  onBug(error: unknown): void;
}

const replicates: ReadonlySet<string> = new Set(replicatedCollections);

/** Drives the sync machine of one open store with a real clock and a real connection. Performs one effect at a time. */
export class SyncDriver {
  private readonly options: DriverOptions;
  private readonly replica: StoreReplica;
  private readonly messenger: Messenger;
  private readonly stopping = new AbortController();
  private readonly forgetStore: () => void;
  private state: SyncState = initialState;
  private queue: Effect[] = [];
  private working: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reporting: NodeJS.Timeout | undefined;
  private failure: SyncFailure | undefined;
  /** What the replica writes itself is no local change. */
  private applying = false;
  private readonly hints: Hints;

  constructor(options: DriverOptions) {
    this.options = options;
    this.replica = new StoreReplica(options.store);
    this.messenger = new Messenger(options, this.stopping.signal);
    this.hints = new Hints(options.link, (head, page) => this.noteHead(head, page), () => this.take({ type: 'hint' }));
    this.forgetStore = options.store.onChange((collections) => this.noteChange(collections));
  }

  /** The bearer token of the present session with the server; undefined before the first hello was answered. */
  get token(): string | undefined {
    return this.messenger.token;
  }

  start(): void {
    this.take({ type: 'start' });
  }

  /** Somebody asks to sync now. */
  retry(): void {
    this.take({ type: 'retry' });
  }

  /** Stops and waits for what is under way; nothing is half done, since each step is a transaction. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('Sync was stopped'));
    this.forgetStore();
    this.hints.end();
    clearTimeout(this.timer);
    clearTimeout(this.reporting);
    await this.working;
  }

  private noteChange(collections: CollectionName[]): void {
    if (!this.applying && collections.some((name) => replicates.has(name))) this.take({ type: 'local-change' });
  }

  private noteHead(head: number, page: ToldPage | undefined): void {
    if (page !== undefined) return this.take({ type: 'told', page });
    const { position = 0, knownPosition = 0 } = this.state.replica ?? {};
    if (head > Math.max(position, knownPosition)) this.take({ type: 'hint' });
  }

  private take(event: Event): void {
    if (this.stopping.signal.aborted) return;
    const { state, effects } = step(this.state, event);
    if (effects.length > 0) clearTimeout(this.timer);
    this.state = state;
    this.queue.push(...effects);
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    // A save that woke this is answered first.
    await turn();
    for (let effect = this.queue.shift(); effect !== undefined; effect = this.queue.shift()) {
      if (this.stopping.signal.aborted) return;
      const event = await this.perform(effect);
      if (event !== undefined) this.take(event);
      // Calls that came meanwhile are answered before the next page.
      await turn();
    }
  }

  private async perform(effect: Effect): Promise<Event | undefined> {
    switch (effect.type) {
      case 'status':
        this.options.onStatus(effect.status, 'trouble' in effect.status ? (this.failure ?? effect.status.trouble) : undefined);
        return undefined;
      case 'wait':
        this.wait(effect.atLeast + Math.random() * (effect.atMost - effect.atLeast));
        return undefined;
      case 'replica':
        return this.callReplica(effect);
      case 'request':
        return effect.name === 'report' ? this.report(effect) : this.request(effect);
    }
  }

  private wait(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.take({ type: 'timer' }), milliseconds).unref();
    this.options.onWait(Date.now() + milliseconds);
  }

  private callReplica({ method, input }: Extract<Effect, { type: 'replica' }>): Event {
    const began = performance.now();
    this.applying = true;
    try {
      const value = (this.replica[method] as (...values: unknown[]) => unknown)(...input);
      this.messenger.noteApplied(method, performance.now() - began);
      return { type: 'done', value };
    } catch (error) {
      return this.failedInStore(error);
    } finally {
      this.applying = false;
    }
  }

  private async request(effect: Extract<Effect, { type: 'request' }>): Promise<Event> {
    try {
      const value = await this.messenger.ask(effect);
      this.failure = undefined;
      if (effect.name === 'report') keepSurroundings(this.options.store.connection, value as Surroundings);
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
    return { type: 'failed', trouble: toTrouble(failure), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
}

/** The machine does not tell apart why no answer came. */
function toTrouble(failure: SyncFailure): Trouble {
  switch (failure) {
    case 'timed-out':
    case 'wrong-certificate':
    case 'answer-not-understood':
      return 'unreachable';
    default:
      return failure;
  }
}
