import type { JobRow, ResourceAnswers } from '../../shared/sync/resource-protocol.ts';
import type { JobTableRow } from '../database/schema.ts';
import type { ServiceContext } from '../service/context.ts';
import { refuse } from '../service/failure.ts';
import type { JobInputs, JobKind } from './kinds.ts';
import { planJobs } from './plan.ts';
import type { JobWorkers } from './workers.ts';

interface Queued<Kind extends JobKind = JobKind> {
  jobId: string;
  kind: Kind;
  input: JobInputs[Kind];
  size: number;
}

/** Before anything of a kind was measured: a second for a job of any size. */
const firstGuess = 1000;
const measurementsUsed = 50;

/**
 * Gives the server's own jobs to its workers by the model of unrelated machines, from run times that were measured, and keeps what
 * was planned beside what happened. The plan is made anew whenever a job comes or ends: what has begun stays where it is.
 */
export class Jobs {
  readonly #context: ServiceContext;
  readonly #workers: JobWorkers | undefined;
  readonly #waiting: Queued[] = [];
  readonly #busyUntil: (number | undefined)[];
  #turn: Promise<unknown> = Promise.resolve();
  readonly #running = new Map<string, Promise<unknown>>();
  #closed = false;

  constructor(context: ServiceContext, workers: JobWorkers | undefined) {
    this.#context = context;
    this.#workers = workers;
    this.#busyUntil = Array.from({ length: workers?.count ?? 0 }, () => undefined);
  }

  /** Queues a job; `size` is how much there is to do, in the measure of its kind. Refuses where there are no workers. */
  async add<Kind extends JobKind>(organisationId: number, kind: Kind, input: JobInputs[Kind], size: number): Promise<{ jobId: string }> {
    if (this.#workers === undefined || this.#closed) return refuse('not-found');
    const jobId = this.#context.newId();
    const row = { id: jobId, organisation_id: organisationId, kind, state: 'waiting' as const, size, queued_at: this.#context.now().getTime() };
    await this.#context.database.kysely.insertInto('jobs').values({ ...row, ...empty }).execute();
    this.#waiting.push({ jobId, kind, input, size } as Queued);
    await this.#next();
    return { jobId };
  }

  async list(organisationId: number, limit: number): Promise<ResourceAnswers['resources.jobs']> {
    const rows = await this.#context.database.kysely
      .selectFrom('jobs').selectAll().where('organisation_id', '=', organisationId).orderBy('queued_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return { workers: this.#busyUntil.length, jobs: rows.map(wireJob) };
  }

  async result(organisationId: number, jobId: string): Promise<ResourceAnswers['resources.job-result']> {
    const row = await this.#context.database.kysely.selectFrom('jobs').selectAll().where('organisation_id', '=', organisationId).where('id', '=', jobId).executeTakeFirst();
    return row === undefined ? refuse('not-found') : { job: wireJob(row), result: row.result };
  }

  get hasWorkers(): boolean {
    return this.#workers !== undefined && !this.#closed;
  }

  /** What came of a job of this process, once it has; null where it failed. */
  async ended(organisationId: number, jobId: string): Promise<string | null> {
    while (this.#waiting.some((job) => job.jobId === jobId) || this.#running.has(jobId)) {
      await this.#turn;
      if (this.#running.size === 0) break;
      await Promise.race(this.#running.values());
    }
    return (await this.result(organisationId, jobId)).result;
  }

  /** Jobs that an earlier process left behind are over: what they were given was in its memory. */
  async resume(): Promise<void> {
    if (this.#workers === undefined || this.#context.database.kind === 'mysql') return;
    await this.#context.database.change(`UPDATE jobs SET state = 'failed', error = 'stopped', ended_at = ? WHERE state IN ('waiting', 'running')`, [this.#context.now().getTime()]);
  }

  /** Settles when nothing waits and nothing runs. */
  async idle(): Promise<void> {
    for (;;) {
      await this.#turn;
      if (this.#running.size === 0) return;
      await Promise.all(this.#running.values());
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    await this.#workers?.close();
    await Promise.all(this.#running.values());
  }

  /** Plans what waits and starts what can begin; one after the other, since each looks at what the one before it left. */
  #next(): Promise<unknown> {
    const turn = this.#turn.then(() => this.#planAndStart());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #planAndStart(): Promise<void> {
    const now = this.#context.now().getTime();
    const estimates = await this.#estimates();
    const waiting = this.#waiting.map(({ jobId, kind, size }) => ({ jobId, milliseconds: estimated(estimates.get(kind), size) }));
    for (const planned of planJobs(waiting, this.#busyUntil.map((until) => until ?? now), now)) {
      const values = { planned_worker: planned.worker, planned_start: planned.startAt, planned_end: planned.endAt };
      await this.#context.database.kysely.updateTable('jobs').set(values).where('id', '=', planned.jobId).execute();
      if (this.#busyUntil[planned.worker] === undefined && !this.#closed) await this.#begin(planned.jobId, planned.worker, planned.endAt);
    }
  }

  async #begin(jobId: string, worker: number, until: number): Promise<void> {
    const [job] = this.#waiting.splice(this.#waiting.findIndex((one) => one.jobId === jobId), 1);
    this.#busyUntil[worker] = until;
    await this.#update(jobId, { state: 'running', worker, started_at: this.#context.now().getTime() });
    const running: Promise<unknown> = this.#work(job as Queued, worker).finally(() => {
      this.#running.delete(jobId);
      this.#busyUntil[worker] = undefined;
      if (!this.#closed) void this.#next();
    });
    this.#running.set(jobId, running);
  }

  async #work({ jobId, kind, input }: Queued, worker: number): Promise<void> {
    const done = await (this.#workers as JobWorkers).run(worker, kind, input).then(
      (result) => ({ state: 'done' as const, result }),
      (error: unknown) => ({ state: 'failed' as const, error: error instanceof Error ? error.name.slice(0, 64) : 'Error' }),
    );
    // A database that is away leaves the job as running; the next start of the server says that it was stopped.
    await this.#update(jobId, { ...done, ended_at: this.#context.now().getTime() }).catch(() => undefined);
  }

  #update = (jobId: string, values: Partial<JobTableRow>) => this.#context.database.kysely.updateTable('jobs').set(values).where('id', '=', jobId).execute();

  /** Of each kind the last measurements: [size, milliseconds]. */
  async #estimates(): Promise<Map<string, [number, number][]>> {
    const found = new Map<string, [number, number][]>();
    for (const kind of new Set(this.#waiting.map((job) => job.kind))) {
      const rows = await this.#context.database.rows<{ size: number; milliseconds: number }>(
        `SELECT size, ended_at - started_at AS milliseconds FROM jobs WHERE state = 'done' AND kind = ? ORDER BY ended_at DESC LIMIT ${measurementsUsed}`, [kind],
      );
      found.set(kind, rows.map(({ size, milliseconds }) => [size, milliseconds]));
    }
    return found;
  }
}

/** A straight line through what was measured, by least squares; its mean where all were of one size or the line falls. */
export function estimated(measured: readonly [size: number, milliseconds: number][] | undefined, size: number): number {
  if (measured === undefined || measured.length === 0) return firstGuess;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanSize, meanTime] = [mean(measured.map(([one]) => one)), mean(measured.map(([, time]) => time))];
  const spread = measured.reduce((sum, [one]) => sum + (one - meanSize) ** 2, 0);
  const slope = spread === 0 ? 0 : Math.max(0, measured.reduce((sum, [one, time]) => sum + (one - meanSize) * (time - meanTime), 0) / spread);
  return Math.max(1, meanTime + slope * (size - meanSize));
}

const empty = { planned_worker: null, planned_start: null, planned_end: null, worker: null, started_at: null, ended_at: null, error: null, result: null };
const instant = (at: number) => new Date(at).toISOString();

const wireJob = (row: JobTableRow): JobRow => ({
  jobId: row.id, kind: row.kind, state: row.state, queuedAt: instant(row.queued_at),
  planned: row.planned_worker === null || row.planned_start === null || row.planned_end === null ? null : { worker: row.planned_worker, startAt: instant(row.planned_start), endAt: instant(row.planned_end) },
  actual: row.worker === null || row.started_at === null ? null : { worker: row.worker, startedAt: instant(row.started_at), endedAt: row.ended_at === null ? null : instant(row.ended_at) },
});
