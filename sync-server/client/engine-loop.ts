import type { SyncFailure } from '../../shared/contract/sync.ts';
import { initialState, step } from '../../shared/sync/engine.ts';
import type { Effect, Event, SyncState, Trouble } from '../../shared/sync/engine-types.ts';
import type { ToldPage } from '../../shared/sync/protocol.ts';

/** An effect that its owner performs; waiting is the loop's own. */
export type Performed = Exclude<Effect, { type: 'wait' }>;

/** Turns the sync machine: one effect at a time, in order, and what comes of it back into the machine. */
export class EngineLoop {
  readonly #perform: (effect: Performed) => Promise<Event | undefined>;
  readonly #onWait: (milliseconds: number) => void;
  #state: SyncState = initialState;
  #queue: Effect[] = [];
  #working: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: { perform(effect: Performed): Promise<Event | undefined>; onWait?(milliseconds: number): void }) {
    this.#perform = (effect) => parts.perform(effect);
    this.#onWait = (milliseconds) => parts.onWait?.(milliseconds);
  }

  take(event: Event): void {
    if (this.#stopped) return;
    const { state, effects } = step(this.#state, event);
    if (effects.length > 0) clearTimeout(this.#timer);
    this.#state = state;
    this.#queue.push(...effects);
    this.#working ??= this.#work().finally(() => (this.#working = undefined));
  }

  /** Takes what a hint said: a page that it carried, or where the server's head is. */
  noteHead(head: number, page: ToldPage | undefined): void {
    this.take(page === undefined ? { type: 'hint', head } : { type: 'told', page });
  }

  /** Takes no more and waits for the effect that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#working;
  }

  async #work(): Promise<void> {
    for (let effect = this.#queue.shift(); effect !== undefined && !this.#stopped; effect = this.#queue.shift()) {
      if (effect.type === 'wait') {
        this.#wait(effect.atLeast + Math.random() * (effect.atMost - effect.atLeast));
        continue;
      }
      const event = await this.#perform(effect);
      if (event !== undefined) this.take(event);
    }
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.take({ type: 'timer' }), milliseconds).unref();
    this.#onWait(milliseconds);
  }
}

/** What the machine is told of a failure. It does not tell apart why no answer came. */
export function failedEvent(failure: SyncFailure, retryAfterSeconds?: number): Event {
  return { type: 'failed', trouble: toTrouble(failure), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

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
