import type { Job, JobKind } from '../../shared/contract/job.ts';
import { AppException, fail, type AppError } from '../../shared/errors.ts';

/** What a piece of long work gets from its runner. */
export interface RunningJob {
  readonly id: string;
  /** Aborted by `jobs.cancel` and when the backend closes; its reason is the coded error `job-cancelled`. */
  readonly signal: AbortSignal;
  /** Units done and in all; cheap enough to call for every row. */
  progress(done: number, total: number): void;
  /** Lets calls be answered in between, then throws when the job was cancelled. Call it between batches. */
  pause(): Promise<void>;
}

interface Entry {
  job: Job;
  startedBy: string | undefined;
  abort: AbortController;
  finished: Promise<void>;
  announced: { at: number; timer: NodeJS.Timeout | undefined };
}

/** At most ten events a second for one job: more would only keep windows busy drawing. */
const announceEveryMilliseconds = 100;
const finishedJobsKept = 50;

/** Runs long work beside the calls, with progress, cancelling and a coded end. */
export class Jobs {
  private readonly entries = new Map<string, Entry>();
  private readonly newId: () => string;
  private readonly toAppError: (error: unknown) => AppError;
  private readonly announce: (job: Job) => void;

  constructor(parts: { newId: () => string; toAppError: (error: unknown) => AppError; announce: (job: Job) => void }) {
    this.newId = parts.newId;
    this.toAppError = parts.toAppError;
    this.announce = parts.announce;
  }

  /** Starts `work` and answers at once. `startedBy` is a user id; absent for work the program starts by itself. */
  start(kind: JobKind, work: (job: RunningJob) => Promise<void>, startedBy?: string): Job {
    const job: Job = { id: this.newId(), kind, state: 'running', done: 0, total: 0 };
    const entry: Entry = {
      job,
      startedBy,
      abort: new AbortController(),
      finished: Promise.resolve(),
      announced: { at: -Infinity, timer: undefined },
    };
    this.entries.set(job.id, entry);
    entry.finished = this.run(entry, work);
    this.announceSoon(entry);
    this.forgetOldest();
    return { ...entry.job };
  }

  list(): Job[] {
    return [...this.entries.values()].map(({ job }) => ({ ...job }));
  }

  /** Fails with `job-not-found`. */
  get(id: string): Job {
    return { ...this.entry(id).job };
  }

  startedBy(id: string): string | undefined {
    return this.entry(id).startedBy;
  }

  /** Asks a job to stop and answers once it has; a job that was finished already stays as it ended. */
  async cancel(id: string): Promise<Job> {
    const entry = this.entry(id);
    entry.abort.abort(new AppException({ code: 'job-cancelled' }));
    await entry.finished;
    return { ...entry.job };
  }

  /** Fails with `job-running` while work of one of these kinds (any kind when none is named) goes on. */
  assertIdle(...kinds: JobKind[]): void {
    if (kinds.length === 0 ? this.busy : this.isRunning(...kinds)) fail({ code: 'job-running' });
  }

  get busy(): boolean {
    return this.running().length > 0;
  }

  isRunning(...kinds: JobKind[]): boolean {
    return this.running().some(({ job }) => kinds.includes(job.kind));
  }

  /** Answers when nothing runs any more. */
  async settled(): Promise<void> {
    await Promise.all(this.running().map(({ finished }) => finished));
  }

  /** Stops every job, but the one that asks for it, and answers when they have stopped. */
  async cancelAllBut(id?: string): Promise<void> {
    await Promise.all(this.running().map(({ job }) => job.id !== id && this.cancel(job.id)));
  }

  private running(): Entry[] {
    return [...this.entries.values()].filter(({ job }) => job.state === 'running');
  }

  private entry(id: string): Entry {
    return this.entries.get(id) ?? fail({ code: 'job-not-found' });
  }

  private async run(entry: Entry, work: (job: RunningJob) => Promise<void>): Promise<void> {
    // The caller of `start` gets its answer before the work takes the event loop.
    await nextTurn();
    try {
      await work(this.handle(entry));
      entry.job.state = 'done';
    } catch (error) {
      const cancelled = entry.abort.signal.aborted && error === entry.abort.signal.reason;
      entry.job.state = cancelled ? 'cancelled' : 'failed';
      if (!cancelled) entry.job.error = this.toAppError(error);
    }
    this.announceNow(entry);
  }

  private handle(entry: Entry): RunningJob {
    const { signal } = entry.abort;
    return {
      id: entry.job.id,
      signal,
      progress: (done, total) => {
        entry.job.done = done;
        entry.job.total = total;
        this.announceSoon(entry);
      },
      pause: async () => {
        await nextTurn();
        signal.throwIfAborted();
      },
    };
  }

  private announceSoon(entry: Entry): void {
    const { announced } = entry;
    if (announced.timer !== undefined) return;
    const wait = announced.at + announceEveryMilliseconds - performance.now();
    if (wait <= 0) this.announceNow(entry);
    else announced.timer = setTimeout(() => this.announceNow(entry), wait);
  }

  private announceNow(entry: Entry): void {
    clearTimeout(entry.announced.timer);
    entry.announced = { at: performance.now(), timer: undefined };
    this.announce({ ...entry.job });
  }

  private forgetOldest(): void {
    const finished = [...this.entries.values()].filter(({ job }) => job.state !== 'running');
    for (const { job } of finished.slice(0, -finishedJobsKept)) this.entries.delete(job.id);
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
