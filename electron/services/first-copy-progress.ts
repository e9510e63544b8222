import { noteFirstCopy, type FirstCopy } from './first-copy.ts';

const notedEvery = 2000;

/** How long the first copy into one open database still takes, and a note of it for those who look while the database is shut. */
export class FirstCopyProgress {
  readonly #profile: string;
  #began: { at: number; received: number } | undefined;
  #notedAt = -Infinity;

  constructor(profile: string) {
    this.#profile = profile;
  }

  /** A page has arrived. */
  advance(copy: FirstCopy): void {
    this.#began ??= { at: performance.now(), received: copy.received };
    if (performance.now() - this.#notedAt > notedEvery) this.note(copy);
  }

  note(copy: FirstCopy): void {
    this.#notedAt = performance.now();
    noteFirstCopy(this.#profile, copy);
  }

  /** All is here: there is nothing to look at any more. */
  complete(): void {
    if (this.#began !== undefined) noteFirstCopy(this.#profile, undefined);
    this.#began = undefined;
  }

  /** By the pace since this computer went on with it; nothing where that is not known yet. */
  secondsLeft({ received, total }: FirstCopy): { secondsLeft?: number } {
    if (this.#began === undefined || received <= this.#began.received) return {};
    const perSecond = ((received - this.#began.received) * 1000) / Math.max(1, performance.now() - this.#began.at);
    return { secondsLeft: Math.ceil(Math.max(0, total - received) / perSecond) };
  }
}
