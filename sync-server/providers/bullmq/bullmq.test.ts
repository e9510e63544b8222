import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JobState } from '../../../shared/sync/resource-protocol.ts';
import type { JobMove } from '../../../shared/sync/move.ts';
import { resourceSchemas } from '../../../shared/schema/resource.ts';
import { freePort } from '../../testing/free-port.ts';
import { hasRedis, startRedis, type TestRedis } from '../../testing/redis.ts';
import { guarded } from '../guard.ts';
import { codeOf } from '../provider.ts';
import { bullmqProvider } from './index.ts';

const signal = new AbortController().signal;
const codeFrom = (asked: Promise<unknown>) => asked.then(() => undefined, (error: unknown) => codeOf(error));
const failing = (url: string) => guarded(bullmqProvider(url), { read: 700, move: 700 });

describe.skipIf(!hasRedis)('queues of BullMQ on a real Redis', () => {
  let redis: TestRedis;
  const open: { close(): Promise<unknown> }[] = [];
  beforeAll(async () => void (redis = await startRedis()));
  afterEach(async () => void (await Promise.all(open.splice(0).map((one) => one.close()))));
  afterAll(() => redis.kill());

  const connection = () => ({ url: redis.url, maxRetriesPerRequest: null });
  const opened = <Closable extends { close(): Promise<unknown> }>(one: Closable): Closable => (open.push(one), one);
  /** A queue with one job done in more than a second, one that failed, one at work, one delayed and two waiting, one of them pressing. */
  async function reports(): Promise<Queue> {
    const queue = opened(new Queue('reports', { connection: connection() }));
    await queue.obliterate({ force: true });
    await queue.add('monthly', {});
    await queue.add('daily', { fails: true });
    const worker = opened(new Worker('reports', async ({ data, name }: { data: { fails?: boolean }; name: string }) => {
      if (data.fails === true) throw new Error('no paper\nsecond line');
      await new Promise((resolve) => setTimeout(resolve, name === 'endless' ? 60_000 : 1050));
    }, { connection: connection(), name: 'north' }));
    await expect.poll(() => queue.getJobCounts('completed', 'failed'), { timeout: 20_000 }).toEqual({ completed: 1, failed: 1 });
    await queue.add('endless', {});
    await expect.poll(() => queue.getActiveCount(), { timeout: 20_000 }).toBe(1);
    open.splice(open.indexOf(worker), 1, { close: () => worker.close(true) });
    await queue.add('monthly', {}, { delay: 3_600_000 });
    await queue.add('monthly', {});
    await queue.add('monthly', {}, { priority: 3 });
    return queue;
  }

  it('shows jobs as tasks with measured run times, workers as nodes, and counts of each queue', async () => {
    const [done] = await (await reports()).getCompleted();
    const took = ((done?.finishedOn ?? 0) - (done?.processedOn ?? 0)) / 1000;
    const provider = guarded(bullmqProvider(redis.url));
    const { observations, queues, unreachable } = await provider.inventory(signal);
    expect({ queues, unreachable }).toEqual({ unreachable: [], queues: [{ name: 'reports', isPaused: false, waiting: 3, active: 1, failed: 1, workers: 1, meanSeconds: took }] });
    const of = (collection: string) => observations.filter((one) => one.collection === collection);
    expect(of('computeNodes')).toMatchObject([{ providerKey: 'reports/worker/north/1', facts: { name: 'reports north 1', state: 'available' }, defaults: { processors: 1, speed: 1 } }]);
    const tasks = of('tasks');
    expect(tasks.map(({ facts }) => facts['state']).sort()).toEqual(['failed', 'running', 'waiting', 'waiting', 'waiting']);
    expect(tasks.find(({ facts }) => facts['state'] === 'failed')?.facts).toMatchObject({ name: 'reports daily #2' });
    // A worker's own words may name a patient, and the document goes to every workstation.
    expect(JSON.stringify(observations)).not.toContain('no paper');
    expect(tasks.find(({ facts }) => facts['state'] === 'running')).toMatchObject({ references: { computeNodeId: { providerKey: 'reports/worker/north/1' } } });
    const waiting = tasks.filter(({ facts }) => facts['state'] === 'waiting').map(({ facts }) => facts);
    for (const { work } of waiting) expect(work).toBe(Math.ceil(took));
    expect(waiting.filter(({ releaseAt }) => releaseAt !== undefined)).toHaveLength(1);
    expect(new Set(waiting.map(({ priority }) => priority))).toEqual(new Set([9, 6]));
    for (const { collection, facts, defaults } of observations) expect(resourceSchemas[collection].safeParse({ ...defaults, ...facts }).error).toBeUndefined();
    expect(await provider.sample(signal)).toEqual([{ providerKey: 'reports', metric: 'waiting', value: 3 }, { providerKey: 'reports', metric: 'active', value: 1 }, { providerKey: 'reports', metric: 'failed', value: 1 }]);
  });

  it('pauses and resumes a queue with a way back, and has failed jobs run again or thrown away', async () => {
    const queue = await reports();
    const provider = guarded(bullmqProvider(redis.url));
    const of = (kind: 'pause-queue' | 'resume-queue' | 'retry-failed' | 'remove-failed') => ({ kind, provider: 'bullmq', queue: 'reports' }) as const;
    expect(await provider.look(of('pause-queue'), signal)).toEqual({ state: 'before', observedHost: null });
    expect(await provider.apply(of('pause-queue'), signal)).toMatchObject({ undo: of('resume-queue'), output: expect.stringContaining('"isPaused":true') as string });
    expect(await provider.look(of('pause-queue'), signal)).toEqual({ state: 'after', observedHost: null });
    expect((await provider.inventory(signal)).observations.find(({ collection }) => collection === 'computeNodes')?.facts).toMatchObject({ state: 'draining' });
    expect((await provider.inventory(signal)).queues).toMatchObject([{ isPaused: true, waiting: 3 }]);
    expect(await queue.isPaused()).toBe(true);
    // Paused already: taking this one back must not wake it.
    expect((await provider.apply(of('pause-queue'), signal)).undo).toBeNull();
    expect((await provider.apply(of('retry-failed'), signal)).undo).toBeNull();
    expect(await queue.getJobCounts('failed', 'waiting')).toEqual({ failed: 0, waiting: 2 });
    expect((await provider.apply(of('resume-queue'), signal)).undo).toEqual(of('pause-queue'));
    expect(await queue.isPaused()).toBe(false);
  });

  it('shows single jobs without what they were asked and answered, and changes one where its state allows it', async () => {
    const queue = await reports();
    await queue.add('recall', { patient: 'Li Secret' }, { delay: 3_600_000, jobId: 'later' });
    const provider = guarded(bullmqProvider(redis.url));
    const list = async (state: JobState, limit = 10, withWords = false) => (await provider.jobs?.({ queue: 'reports', state, limit, withWords }, signal)) ?? { jobs: [], total: 0 };
    const change = (kind: JobMove['kind'], job: string) => provider.apply({ kind, provider: 'bullmq', queue: 'reports', job }, signal);
    const failedOnes = await list('failed');
    expect(failedOnes).toEqual({ total: 1, jobs: [{ id: '2', name: 'daily', attempts: 1, queuedAt: expect.any(String) as string, dueAt: null, startedAt: expect.any(String) as string, endedAt: expect.any(String) as string, failure: null }] });
    expect((await list('failed', 10, true)).jobs).toMatchObject([{ id: '2', failure: 'no paper' }]);
    expect(await list('waiting', 1)).toMatchObject({ total: 2, jobs: [{ name: 'monthly', attempts: 0 }] });
    const delayed = await list('delayed');
    expect(delayed.jobs.map(({ id }) => id)).toContain('later');
    for (const { dueAt } of delayed.jobs) expect(Date.parse(dueAt ?? '') - Date.now()).toBeGreaterThan(3_000_000);
    expect(JSON.stringify(delayed)).not.toContain('Secret');

    expect(await codeFrom(change('promote-job', '2'))).toBe('refused');
    expect(await codeFrom(change('remove-job', (await list('active')).jobs[0]?.id ?? ''))).toBe('refused');
    expect(await codeFrom(change('retry-job', 'nobody'))).toBe('not-found');
    const promote = { kind: 'promote-job', provider: 'bullmq', queue: 'reports', job: 'later' } as const;
    expect(await provider.look(promote, signal)).toMatchObject({ state: 'before' });
    expect(await change('promote-job', 'later')).toMatchObject({ undo: null, output: expect.stringContaining('"before":"delayed"') as string });
    expect(await provider.look(promote, signal)).toMatchObject({ state: 'after' });
    await change('remove-job', 'later');
    expect(await queue.getJobState('later')).toBe('unknown');
    await change('retry-job', '2');
    expect(await queue.getJobState('2')).toMatch(/^(waiting|active|failed)$/);
    expect((await list('failed')).total).toBe(0);
  });

  it('throws failed jobs away, and makes no queue that is not there', async () => {
    const queue = await reports();
    const provider = guarded(bullmqProvider(redis.url));
    await provider.apply({ kind: 'remove-failed', provider: 'bullmq', queue: 'reports' }, signal);
    expect(await queue.getJobCounts('failed', 'completed')).toEqual({ failed: 0, completed: 1 });
    expect(await codeFrom(provider.apply({ kind: 'pause-queue', provider: 'bullmq', queue: 'another' }, signal))).toBe('not-found');
    expect((await provider.inventory(signal)).queues?.map(({ name }) => name)).toEqual(['reports']);
    expect(await codeFrom(provider.apply({ kind: 'start', provider: 'bullmq', machine: 'x' }, signal))).toBe('not-supported');
  });

  it('says so when Redis hangs, wants a password, holds something else or dies', async () => {
    const other = await startRedis('--requirepass', 'secret');
    open.push({ close: () => other.kill() });
    expect(await codeFrom(failing(other.url).inventory(signal))).toBe('not-permitted');
    const signedIn = other.url.replace('//', '//:secret@');
    expect((await guarded(bullmqProvider(signedIn)).inventory(signal)).queues).toEqual([]);
    const queue = opened(new Queue('odd', { connection: { url: signedIn, maxRetriesPerRequest: null } }));
    await queue.add('one', {});
    const client = new Redis(signedIn);
    await client.set('bull:odd:meta', 'no hash');
    client.disconnect();
    expect(await codeFrom(failing(signedIn).inventory(signal))).toMatch(/^(refused|unreadable)$/);
    await queue.close();
    open.splice(open.indexOf(queue), 1);
    other.freeze();
    expect(await codeFrom(failing(signedIn).inventory(signal))).toBe('timeout');
    other.wake();
    const provider = guarded(bullmqProvider(signedIn), { read: 5000 });
    await other.kill();
    expect(await codeFrom(provider.inventory(signal))).toBe('unreachable');
  });
});

describe('what is no Redis', () => {
  const listening = async (answer: (socket: Socket) => void) => {
    const server = createServer((socket) => (socket.on('error', () => undefined), answer(socket))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
  };

  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['says nothing', () => undefined, /^timeout$/],
    ['speaks another language', (socket) => void socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')), /^unreadable$/],
    ['says yes to everything', (socket) => void socket.on('data', (bytes) => socket.write('+OK\r\n'.repeat(bytes.toString('latin1').match(/^\*\d+\r$/gm)?.length ?? 1))), /^unreadable$/],
    ['hangs up', (socket) => void socket.on('data', () => socket.destroy()), /^(died|unreachable)$/],
  ])('%s', async (_name, answer, code) => {
    const { url, close } = await listening(answer);
    expect(await codeFrom(failing(url).inventory(signal))).toMatch(code);
    close();
  });

  it('is not there', async () => {
    expect(await codeFrom(failing(`redis://127.0.0.1:${await freePort()}`).inventory(signal))).toBe('unreachable');
  });
});
