/** 4 MB each at most. Whoever else takes a first copy meanwhile has pages read when they are asked for. */
const pagesAtMost = 8;
/** A page that nobody comes for, since a line was cut, is let go of. */
const keptMilliseconds = 5000;

/** Pages that are read before they are asked for, each handed out once: the database works while a workstation takes in the page before. */
export class ReadingAhead<Page> {
  readonly #pages = new Map<string, { page: Promise<Page | undefined>; timer: NodeJS.Timeout }>();

  /** Reads what the key names, unless too much is waiting. A reading that fails is no failure: whoever asks has it read again. */
  begin(key: string, read: () => Promise<Page>): void {
    if (this.#pages.size >= pagesAtMost || this.#pages.has(key)) return;
    const timer = setTimeout(() => this.#pages.delete(key), keptMilliseconds).unref();
    this.#pages.set(key, { page: read().catch(() => undefined), timer });
  }

  /** The page that was read under this key, or is being read; undefined where there is none. */
  async take(key: string): Promise<Page | undefined> {
    const found = this.#pages.get(key);
    if (found === undefined) return undefined;
    this.#pages.delete(key);
    clearTimeout(found.timer);
    return found.page;
  }
}
