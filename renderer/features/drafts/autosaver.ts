/** Where the typed text is. `at` is the time of the answer that said it is on disk. */
export type AutosaveState =
  | { phase: 'untouched' }
  | { phase: 'waiting'; at?: string }
  | { phase: 'saved'; at: string }
  | { phase: 'failed'; at?: string; error: unknown };

export interface AutosaverOptions<Values> {
  /** Answers the time of the save once it is on disk; rejects when it is not. */
  save(values: Values): Promise<string>;
  /** Milliseconds from the first unsaved keystroke to its save; typing on does not put it off. */
  delay: number;
  /** Milliseconds until a failed save is tried again. */
  retryDelay: number;
  onState(state: AutosaveState): void;
}

export interface Autosaver<Values> {
  change(values: Values): void;
  /** Saves now what is unsaved; settles when the save was answered, whether well or not. */
  flush(): Promise<void>;
  /** Lets a running save end and starts no other until the next change. */
  settle(): Promise<void>;
}

/**
 * Keeps the newest values on disk while they are typed: one save at a time, so that an older text can never
 * overwrite a newer one, and a failed save is tried again until it succeeds.
 */
export function createAutosaver<Values>(options: AutosaverOptions<Values>): Autosaver<Values> {
  let unsaved: { values: Values } | undefined;
  let running: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let savedAt: string | undefined;
  const lastSave = () => (savedAt === undefined ? {} : { at: savedAt });

  function schedule(delay: number) {
    timer ??= setTimeout(() => void flush(), delay);
  }
  function cancel() {
    clearTimeout(timer);
    timer = undefined;
  }
  async function saveUnsaved(taken: { values: Values }) {
    try {
      savedAt = await options.save(taken.values);
      if (unsaved === taken) unsaved = undefined;
      options.onState(unsaved ? { phase: 'waiting', ...lastSave() } : { phase: 'saved', at: savedAt });
    } catch (error) {
      options.onState({ phase: 'failed', ...lastSave(), error });
      if (unsaved) schedule(options.retryDelay);
    }
  }
  async function flush() {
    cancel();
    if (running) await running;
    if (!unsaved) return;
    cancel();
    running = saveUnsaved(unsaved).finally(() => (running = undefined));
    await running;
  }
  return {
    change(values) {
      unsaved = { values };
      options.onState({ phase: 'waiting', ...lastSave() });
      schedule(options.delay);
    },
    flush,
    async settle() {
      unsaved = undefined;
      cancel();
      await running;
      cancel();
    },
  };
}
