import type { Job, Queue } from 'bullmq';
import { z } from 'zod';
import type { JobState, QueuedJob } from '../../../shared/sync/resource-protocol.ts';
import type { JobMove } from '../../../shared/sync/move.ts';
import { failed, type Applied, type Looked, type WantedJobs } from '../provider.ts';
import { at, cut, jobSchema } from './observe.ts';

/** BullMQ's own states of each of ours. */
const states = { failed: ['failed'], waiting: ['wait', 'prioritized'], delayed: ['delayed'], active: ['active'], completed: ['completed'] } as const satisfies Record<JobState, readonly string[]>;

/** What was asked of a job (`data`) and what it answered (`returnvalue`) are left where they are: both may speak of patients. */
const listedSchema = z.array(jobSchema.extend({ failedReason: z.string().nullish(), attemptsMade: z.number().min(0).optional(), attemptsStarted: z.number().min(0).optional() }));

export async function listJobs(queue: Queue, { state, limit, withWords = false }: WantedJobs): Promise<{ jobs: QueuedJob[]; total: number }> {
  const counts = z.record(z.string(), z.int().min(0)).safeParse(await queue.getJobCounts(...states[state])).data ?? failed('unreadable');
  const lists = await Promise.all(states[state].map((one) => queue.getJobs([one], 0, limit - 1, state === 'waiting' || state === 'delayed'))) as (Job | undefined)[][];
  // A job may be done and gone between the list and the look at it.
  const found = lists.flat().filter((job) => job?.id !== undefined).slice(0, limit);
  const jobs = listedSchema.safeParse(found).data ?? failed('unreadable');
  return { jobs: jobs.map((job) => toQueuedJob(job, state, withWords)), total: Object.values(counts).reduce((sum, each) => sum + each, 0) };
}

function toQueuedJob({ id, name, timestamp, delay = 0, attemptsMade = 0, attemptsStarted = attemptsMade, processedOn, finishedOn, failedReason }: z.infer<typeof listedSchema>[number], state: JobState, withWords: boolean): QueuedJob {
  const said = withWords && state === 'failed' ? cut(failedReason?.split('\n')[0]?.trim() ?? '') : '';
  return {
    id, name: cut(name), attempts: attemptsStarted, queuedAt: at(timestamp), dueAt: state === 'delayed' ? at(timestamp + delay) : null,
    startedAt: processedOn == null ? null : at(processedOn), endedAt: finishedOn == null ? null : at(finishedOn), failure: said === '' ? null : said,
  };
}

/** The states from which each change can be made. */
const from: Record<JobMove['kind'], (state: string) => boolean> = {
  'retry-job': (state) => state === 'failed',
  // What is at work is locked by its worker.
  'remove-job': (state) => state !== 'active',
  'promote-job': (state) => state === 'delayed',
};

/** None of these has a way back. Fails with `not-found`, or `refused` where the job is in another state by now. */
export async function changeJob(queue: Queue, { kind, job: id }: JobMove): Promise<Applied> {
  const job = ((await queue.getJob(id)) as Job | undefined) ?? failed('not-found', `job '${id}'`);
  const before = await job.getState();
  if (!from[kind](before)) return failed('refused', `job '${id}' is ${before}`);
  if (kind === 'retry-job') await job.retry('failed');
  else if (kind === 'promote-job') await job.promote();
  else await job.remove();
  return { observedHost: null, output: JSON.stringify({ job: id, before, after: await queue.getJobState(id) }), undo: null };
}

export async function lookAtJob(queue: Queue, { kind, job: id }: JobMove): Promise<Looked> {
  const state = await queue.getJobState(id);
  const isAfter = kind === 'remove-job' ? state === 'unknown' : state !== (kind === 'retry-job' ? 'failed' : 'delayed');
  return { state: isAfter ? 'after' : 'before', observedHost: null };
}
