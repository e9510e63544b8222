import type { Queue } from 'bullmq';
import { jobMoves, queueMoves, type QueueMove } from '../../../shared/sync/move.ts';
import { failed, type Applied, type Looked, type Provider, type Sample } from '../provider.ts';
import { changeJob, listJobs, lookAtJob } from './jobs.ts';
import { countJobs, observeQueue } from './observe.ts';
import { withRedis, type Opened } from './redis.ts';

/** Jobs that one command takes out of a queue. */
const batch = 1000;

/** The queues of BullMQ on a Redis: their jobs as tasks with measured run times, their workers as compute nodes. `url`: redis://user:password@host:6379/0. */
export function bullmqProvider(url: string): Provider {
  return {
    name: 'bullmq',
    moves: [...queueMoves, ...jobMoves],
    inventory: (signal) => withRedis(url, signal, async ({ names, queue }) => {
      const seen = [];
      for (const name of await names()) seen.push(await observeQueue(queue(name)));
      return { observations: seen.flatMap(({ observations }) => observations), unreachable: [], queues: seen.map(({ status }) => status) };
    }),
    sample: (signal) => withRedis(url, signal, async ({ names, queue }) => {
      const samples: Sample[] = [];
      for (const name of await names()) {
        const { waiting, active, failed: lost } = await countJobs(queue(name));
        samples.push({ providerKey: name, metric: 'waiting', value: waiting }, { providerKey: name, metric: 'active', value: active }, { providerKey: name, metric: 'failed', value: lost });
      }
      return samples;
    }),
    apply: (move, signal) => ('queue' in move ? withRedis(url, signal, async (opened) => {
      const queue = await known(opened, move.queue);
      return 'job' in move ? changeJob(queue, move) : change(queue, move);
    }) : failed('not-supported')),
    look: (move, signal) => ('queue' in move ? withRedis(url, signal, async (opened) => {
      const queue = await known(opened, move.queue);
      return 'job' in move ? lookAtJob(queue, move) : lookAt(queue, move);
    }) : failed('not-supported')),
    jobs: (wanted, signal) => withRedis(url, signal, async (opened) => listJobs(await known(opened, wanted.queue), wanted)),
    close: async () => undefined,
  };
}

/** To speak of a queue is to make it: only those that are there are spoken of. */
async function known({ names, queue }: Opened, name: string): Promise<Queue> {
  return (await names()).includes(name) ? queue(name) : failed('not-found', `queue '${name}'`);
}

async function change(queue: Queue, move: QueueMove): Promise<Applied> {
  const wasPaused = await queue.isPaused();
  switch (move.kind) {
    case 'pause-queue':
      await queue.pause();
      break;
    case 'resume-queue':
      await queue.resume();
      break;
    case 'retry-failed':
      await queue.retryJobs({ state: 'failed', count: batch });
      break;
    case 'remove-failed':
      while ((await queue.clean(0, batch, 'failed')).length > 0);
      break;
  }
  const output = JSON.stringify({ ...(await countJobs(queue)), isPaused: await queue.isPaused() });
  const isSwitch = move.kind === 'pause-queue' || move.kind === 'resume-queue';
  if (isSwitch && (await lookAt(queue, move)).state !== 'after') return failed('refused', output);
  // A job that ran again or was thrown away has no way back.
  const undo = isSwitch && wasPaused === (move.kind === 'resume-queue') ? ({ ...move, kind: move.kind === 'pause-queue' ? 'resume-queue' : 'pause-queue' } as const) : null;
  return { observedHost: null, output, undo };
}

async function lookAt(queue: Queue, { kind }: QueueMove): Promise<Looked> {
  const isAfter = kind === 'pause-queue' ? await queue.isPaused() : kind === 'resume-queue' ? !(await queue.isPaused()) : (await countJobs(queue)).failed === 0;
  return { state: isAfter ? 'after' : 'before', observedHost: null };
}
