/** What long work is given: where to say how far it is, and how to learn that it should stop. */
export interface Work {
  /** Aborted with the coded error `job-cancelled` as its reason; the work then rejects with that reason. */
  readonly signal: AbortSignal;
  /** Bytes, rows or tables done, and in all. */
  progress(done: number, total: number): void;
}

/** For work that nobody watches or stops. */
export const unattended: Work = { signal: new AbortController().signal, progress: () => undefined };
