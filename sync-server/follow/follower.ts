import { initialState, step } from '../../shared/sync/engine.ts';
import type { Effect, Event, Status, SyncState, Trouble } from '../../shared/sync/engine-types.ts';
import type { SyncFailure } from '../../shared/contract/sync.ts';
import { Hints } from '../client/hints.ts';
import { LinkError, ServerLink } from '../client/server-link.ts';
import type { UpstreamRow } from '../database/schema.ts';
import type { ServiceContext } from '../service/context.ts';
import { SyncException } from '../service/failure.ts';
import { Messenger } from './messenger.ts';
import { seeToNumbers } from './numbers.ts';
import { UpstreamReplica } from './replica.ts';
import { writeUpstream } from './upstream.ts';

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
  readonly #hints: Hints;
  readonly #stopping = new AbortController();
  readonly #stopListening: () => void;
  #state: SyncState = initialState;
  #queue: Effect[] = [];
  #working: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: SyncFailure | undefined;

  constructor(context: ServiceContext, { organisation_id: organisationId, address, certificate }: UpstreamRow, options: FollowerOptions) {
    this.#context = context;
    this.#organisationId = organisationId;
    this.#options = options;
    this.#replica = new UpstreamReplica(context, organisationId);
    this.#link = new ServerLink({ address, certificate: certificate ?? undefined });
    this.#messenger = new Messenger(context, organisationId, { link: this.#link, appVersion: options.appVersion, signal: this.#stopping.signal });
    this.#hints = new Hints(this.#link, (head, page) => this.#noteHead(head, page), () => this.#take({ type: 'hint' }));
    this.#stopListening = context.commits.listen((committed) => {
      if (committed === organisationId && !this.#replica.isTelling) this.#take({ type: 'local-change' });
    });
    this.#take({ type: 'start' });
  }

  retry(): void {
    this.#take({ type: 'retry' });
  }

  /** Stops and waits for what is under way; nothing is half done, since each step is a transaction. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('Following was stopped'));
    this.#stopListening();
    this.#hints.end();
    clearTimeout(this.#timer);
    await this.#working;
    this.#link.close();
  }

  #noteHead(head: number, page: Extract<Event, { type: 'told' }>['page'] | undefined): void {
    if (page !== undefined) return this.#take({ type: 'told', page });
    const { position = 0, knownPosition = 0 } = this.#state.replica ?? {};
    return head > Math.max(position, knownPosition) ? this.#take({ type: 'hint' }) : undefined;
  }

  #take(event: Event): void {
    if (this.#stopping.signal.aborted) return;
    const { state, effects } = step(this.#state, event);
    if (effects.length > 0) clearTimeout(this.#timer);
    this.#state = state;
    this.#queue.push(...effects);
    this.#working ??= this.#work().finally(() => (this.#working = undefined));
  }

  async #work(): Promise<void> {
    for (let effect = this.#queue.shift(); effect !== undefined && !this.#stopping.signal.aborted; effect = this.#queue.shift()) {
      const event = await this.#perform(effect);
      if (event !== undefined) this.#take(event);
    }
  }

  async #perform(effect: Effect): Promise<Event | undefined> {
    switch (effect.type) {
      case 'wait':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#take({ type: 'timer' }), effect.atLeast + Math.random() * (effect.atMost - effect.atLeast)).unref();
        return undefined;
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

  async #callReplica({ method, input }: Extract<Effect, { type: 'replica' }>): Promise<Event> {
    const began = performance.now();
    try {
      const value = await (this.#replica[method] as (...values: unknown[]) => Promise<unknown>).apply(this.#replica, input);
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
    return { type: 'failed', trouble: toTrouble(failure), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
}

function noted(status: Status, failure: SyncFailure | undefined, now: number): Partial<UpstreamRow> | undefined {
  if (status.phase === 'connecting') return { attempt_at: now };
  if (status.phase === 'up-to-date') return { attempt_at: now, success_at: now, failure: null };
  return 'trouble' in status ? { failure: failure ?? status.trouble } : undefined;
}

/** The machine does not tell apart why no answer came. */
function toTrouble(failure: SyncFailure): Trouble {
  return failure === 'timed-out' || failure === 'wrong-certificate' || failure === 'answer-not-understood' ? 'unreachable' : failure;
}
