import type { Effect, Event, Status } from '../../shared/sync/engine-types.ts';
import type { SyncFailure } from '../../shared/contract/sync.ts';
import { EngineLoop, failedEvent, type Performed } from '../client/engine-loop.ts';
import { Hints } from '../client/hints.ts';
import { LinkError, ServerLink } from '../client/server-link.ts';
import type { UpstreamRow } from '../database/schema.ts';
import type { ServiceContext } from '../service/context.ts';
import { SyncException } from '../service/failure.ts';
import { Messenger } from './messenger.ts';
import { seeToNumbers } from './numbers.ts';
import { UpstreamReplica } from './replica.ts';
import { writeUpstream } from './upstream.ts';

/** How far the workstations here have read changes without a sync of this server's own, and how far those elsewhere have. */
const reportEvery = 15_000;

export interface FollowerOptions {
  appVersion: string;
  onBug(error: unknown): void;
}

/** Drives the sync machine of one organisation that follows another server. Performs one effect at a time. */
export class Follower {
  readonly #context: ServiceContext;
  readonly #organisationId: number;
  readonly #options: FollowerOptions;
  readonly #replica: UpstreamReplica;
  readonly #link: ServerLink;
  readonly #messenger: Messenger;
  readonly #loop: EngineLoop;
  readonly #hints: Hints;
  readonly #stopping = new AbortController();
  readonly #stopListening: () => void;
  readonly #reporting: NodeJS.Timeout;
  #lastReport: Extract<Effect, { name: 'report' }> | undefined;
  #failure: SyncFailure | undefined;

  constructor(context: ServiceContext, { organisation_id: organisationId, address, certificate }: UpstreamRow, options: FollowerOptions) {
    this.#context = context;
    this.#organisationId = organisationId;
    this.#options = options;
    this.#replica = new UpstreamReplica(context, organisationId);
    this.#link = new ServerLink({ address, certificate: certificate ?? undefined });
    this.#messenger = new Messenger(context, organisationId, { link: this.#link, appVersion: options.appVersion, signal: this.#stopping.signal });
    this.#loop = new EngineLoop({ perform: (effect) => this.#perform(effect) });
    this.#hints = new Hints(this.#link, (head, page) => this.#loop.noteHead(head, page), () => this.#loop.take({ type: 'hint' }));
    this.#stopListening = context.commits.listen((committed) => {
      if (committed === organisationId && !this.#replica.isTelling) this.#loop.take({ type: 'local-change' });
    });
    this.#reporting = setInterval(() => void this.#reportAgain().catch((error: unknown) => this.#ignoreExpected(error)), reportEvery).unref();
    this.#loop.take({ type: 'start' });
  }

  retry(): void {
    this.#loop.take({ type: 'retry' });
  }

  /** Stops and waits for what is under way; nothing is half done, since each step is a transaction. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('Following was stopped'));
    this.#stopListening();
    clearInterval(this.#reporting);
    this.#hints.end();
    await this.#loop.stop();
    this.#link.close();
  }

  async #perform(effect: Performed): Promise<Event | undefined> {
    switch (effect.type) {
      case 'status':
        await this.#note(effect.status);
        return undefined;
      case 'replica':
        return this.#callReplica(effect);
      case 'request':
        return this.#request(effect);
    }
  }

  /** For people: how it stands is in the database, where every process that serves it can tell. */
  async #note(status: Status): Promise<void> {
    const now = this.#context.now().getTime();
    const values = noted(status, this.#failure, now);
    if (values !== undefined) await writeUpstream(this.#context.database, this.#organisationId, values).catch((error: unknown) => this.#ignoreExpected(error));
    if (status.phase === 'up-to-date' && this.#messenger.token !== undefined) {
      await seeToNumbers(this.#context, this.#organisationId, { link: this.#link, token: this.#messenger.token, signal: this.#stopping.signal }).catch((error: unknown) => this.#ignoreExpected(error));
    }
  }

  /** A database or a line that is away is met again by the next step, which waits for it. */
  #ignoreExpected(error: unknown): void {
    if (!(error instanceof SyncException || error instanceof LinkError || this.#stopping.signal.aborted)) this.#options.onBug(error);
  }

  /** That it fails is nobody's failure: the next sync reports. */
  async #reportAgain(): Promise<void> {
    const report = this.#lastReport;
    if (report === undefined || this.#failure !== undefined) return;
    const { position } = await this.#replica.state();
    await this.#messenger.ask({ ...report, body: { ...report.body, position } });
  }

  async #callReplica({ method, input }: Extract<Effect, { type: 'replica' }>): Promise<Event> {
    const began = performance.now();
    try {
      const values = method === 'outgoing' ? input.map((maxBytes) => this.#messenger.pushBytes(maxBytes)) : input;
      const value = await (this.#replica[method] as (...given: unknown[]) => Promise<unknown>).apply(this.#replica, values);
      this.#messenger.noteApplied(method, performance.now() - began);
      return { type: 'done', value };
    } catch (error) {
      if (error instanceof SyncException) return this.#failedWith(error.error.code, error.error.retryAfterSeconds);
      this.#options.onBug(error);
      return this.#failedWith('internal');
    }
  }

  async #request(effect: Extract<Effect, { type: 'request' }>): Promise<Event> {
    try {
      const value = await this.#messenger.ask(effect);
      this.#failure = undefined;
      if (effect.name === 'report') this.#lastReport = effect;
      if (this.#messenger.token !== undefined) this.#hints.follow(this.#messenger.token);
      return { type: 'answer', value };
    } catch (error) {
      if (error instanceof LinkError) return this.#failedWith(error.failure, error.retryAfterSeconds);
      if (error instanceof SyncException) return this.#failedWith(error.error.code, error.error.retryAfterSeconds);
      if (!this.#stopping.signal.aborted) this.#options.onBug(error);
      return this.#failedWith('internal');
    }
  }

  #failedWith(failure: SyncFailure, retryAfterSeconds?: number): Event {
    this.#failure = failure;
    return failedEvent(failure, retryAfterSeconds);
  }
}

function noted(status: Status, failure: SyncFailure | undefined, now: number): Partial<UpstreamRow> | undefined {
  if (status.phase === 'connecting') return { attempt_at: now };
  if (status.phase === 'up-to-date') return { attempt_at: now, success_at: now, failure: null };
  return 'trouble' in status ? { failure: failure ?? status.trouble } : undefined;
}
