import type { Job, Queue } from 'bullmq';
import { z } from 'zod';
import type { Observation, QueueStatus } from '../../../shared/sync/resource-protocol.ts';
import { failed } from '../provider.ts';

/** Of each state of a queue the first so many jobs become tasks of the inventory; all are counted. */
const tasksShown = 50;
/** Run times are the mean of so many of the newest jobs that ended well. */
const measuredOver = 100;

const count = z.int().min(0);
const countsSchema = z.looseObject({ waiting: count, active: count, delayed: count, prioritized: count, failed: count });
const instant = z.number().min(0).max(8.64e15);
export const jobSchema = z.object({
  id: z.string().min(1).max(100), name: z.string().max(10_000), timestamp: instant, delay: instant.optional(), priority: z.number().min(0).optional(),
  processedOn: instant.nullish(), finishedOn: instant.nullish(), processedBy: z.string().nullish(),
});
type ReadJob = z.infer<typeof jobSchema>;
const workersSchema = z.array(z.looseObject({ rawname: z.string().min(1).max(1000), id: z.string().optional() })).max(10_000);

export interface QueueSeen {
  status: QueueStatus;
  observations: Observation[];
}

/** A queue with its first jobs and its workers. Fails with `unreadable` where Redis holds something else than a queue of BullMQ. */
export async function observeQueue(queue: Queue): Promise<QueueSeen> {
  const counts = await countJobs(queue);
  const isPaused = await queue.isPaused();
  const measured = measure(await readJobs(queue, ['completed'], measuredOver));
  const lists = { running: await readJobs(queue, ['active']), waiting: await readJobs(queue, ['wait', 'prioritized', 'delayed']), failed: await readJobs(queue, ['failed']) };
  const workers = workersOf(queue.name, workersSchema.safeParse(await queue.getWorkers()).data ?? failed('unreadable'));
  const tasks = Object.entries(lists).flatMap(([state, jobs]) => jobs.map((job) => taskOf(queue.name, job, state, measured(job.name), workers)));
  return {
    status: { name: queue.name, isPaused, ...counts, workers: workers.length, meanSeconds: measured('') ?? null },
    observations: [...workers.map((worker) => nodeOf(worker, isPaused)), ...tasks],
  };
}

export async function countJobs(queue: Queue): Promise<{ waiting: number; active: number; failed: number }> {
  const parsed = countsSchema.safeParse(await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized', 'failed'));
  const { waiting, delayed, prioritized, active, failed: lost } = parsed.data ?? failed('unreadable');
  return { waiting: waiting + delayed + prioritized, active, failed: lost };
}

async function readJobs(queue: Queue, states: Parameters<Queue['getJobs']>[0], most = tasksShown): Promise<ReadJob[]> {
  const jobs = (await queue.getJobs(states, 0, most - 1)) as (Job | undefined)[];
  // A job may be done and gone between the list and the look at it.
  const parsed = z.array(jobSchema).safeParse(jobs.filter((job) => job?.id !== undefined).slice(0, most));
  return parsed.data ?? failed('unreadable');
}

/** Mean seconds of the jobs of a name, or of all of the queue where none of that name was measured; undefined without any. */
function measure(completed: readonly ReadJob[]): (name: string) => number | undefined {
  const times = Map.groupBy(completed.filter(({ processedOn, finishedOn }) => processedOn != null && finishedOn != null && finishedOn >= processedOn), ({ name }) => name);
  const mean = (jobs: readonly ReadJob[]) => (jobs.length === 0 ? undefined : jobs.reduce((sum, { processedOn, finishedOn }) => sum + (finishedOn ?? 0) - (processedOn ?? 0), 0) / jobs.length / 1000);
  return (name) => mean(times.get(name) ?? [...times.values()].flat());
}

interface WorkerSeen {
  queue: string;
  key: string;
  name: string;
  number: number;
}

/** A worker is known by its name and its place among those of the same name, so that one that was started anew is the same node. */
function workersOf(queue: string, clients: readonly { rawname: string; id?: string | undefined }[]): WorkerSeen[] {
  const named = clients.map(({ rawname, id }) => ({ name: /:w:(.*)$/s.exec(rawname)?.[1] ?? '', id: Number(id) }));
  const groups = Map.groupBy(named.sort((a, b) => a.id - b.id), ({ name }) => name);
  return [...groups].flatMap(([name, group]) => group.map((_, index) => ({ queue, name, number: index + 1, key: `${queue}/worker/${name}/${index + 1}`.slice(0, 300) })));
}

const nodeOf = ({ queue, name, number, key }: WorkerSeen, isPaused: boolean): Observation => ({
  collection: 'computeNodes', providerKey: key, references: {},
  // The workers of a queue that is paused end what they have and take nothing new.
  facts: { name: cut(`${queue} ${name || 'worker'} ${number}`), state: isPaused ? 'draining' : 'available' },
  defaults: { processors: 1, speed: 1 },
});

/** BullMQ's priorities: 0 before all others, then 1, 2, … In the inventory the greater goes first. */
const priorityOf = (priority = 0): number => (priority === 0 ? 9 : Math.max(0, 9 - priority));

function taskOf(queue: string, { id, name, timestamp, delay = 0, priority, processedOn, finishedOn, processedBy }: ReadJob, state: string, seconds: number | undefined, workers: readonly WorkerSeen[]): Observation {
  const [worker, ...more] = workers.filter((one) => processedBy != null && one.name === processedBy);
  return {
    collection: 'tasks', providerKey: `${queue}/${id}`,
    // Why one failed is told in its worker's own words, which may name a patient: they stay in Redis, and out of a document that goes to every workstation.
    facts: {
      name: cut(`${queue} ${name} #${id}`), state, priority: priorityOf(priority), ...(seconds !== undefined && { work: wholeSeconds(seconds) }), failure: undefined,
      ...(delay > 0 && state === 'waiting' && { releaseAt: at(timestamp + delay) }),
      ...(processedOn != null && { startedAt: at(processedOn) }), ...(finishedOn != null && { endedAt: at(finishedOn) }),
    },
    // Nobody knows how long a job of a new kind takes.
    defaults: { work: 1 },
    references: { computeNodeId: worker !== undefined && more.length === 0 ? { collection: 'computeNodes', providerKey: worker.key } : null },
  };
}

export const at = (milliseconds: number) => new Date(milliseconds).toISOString();
export const cut = (text: string) => [...text.replace(/\p{Cc}/gu, ' ')].slice(0, 150).join('').trim();
const wholeSeconds = (seconds: number) => Math.max(1, Math.min(2 ** 31 - 1, Math.ceil(seconds)));
