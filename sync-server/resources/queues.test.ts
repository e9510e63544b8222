import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlanRun } from '../../shared/sync/resource-protocol.ts';
import { bullmqProvider } from '../providers/bullmq/index.ts';
import { guarded } from '../providers/guard.ts';
import { openClinic, type Clinic } from '../testing/clinic.ts';
import { hasRedis, startRedis, type TestRedis } from '../testing/redis.ts';

describe.skipIf(!hasRedis)('queues of a real Redis through the server', () => {
  let clinic: Clinic;
  let redis: TestRedis;
  let queue: Queue;
  afterEach(async () => {
    await queue.close();
    await clinic.close();
    await redis.kill();
  });
  const ask = <Answer = Record<string, unknown>>(name: string, body: object = {}) => clinic.service.administer(name as never, clinic.first.token, { actorId: clinic.adminId, ...body }) as Promise<Answer>;
  const ended = async (): Promise<PlanRun> => {
    for (;;) {
      const { run } = await ask<{ run: PlanRun }>('resources.run');
      if (run.state !== 'running' && run.state !== 'rolling-back') return run;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const tasks = async () => {
    await ask('resources.refresh', { provider: 'bullmq' });
    await clinic.first.pull();
    return [...clinic.first.documents.values()].filter(({ collection }) => collection === 'tasks').map(({ content, deleted }) => ({ name: content?.['name'], deleted })).sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
  };

  it('writes their jobs into the inventory until they are over, tells how many there are, and pauses one with a way back', async () => {
    redis = await startRedis();
    queue = new Queue('reports', { connection: { url: redis.url, maxRetriesPerRequest: null } });
    clinic = await openClinic({ kind: 'sqlite', path: join(mkdtempSync(join(tmpdir(), 'queues-')), 'server.db') }, { providers: () => [guarded(bullmqProvider(redis.url))] });
    await queue.add('monthly', {});
    const second = await queue.add('monthly', {}, { jobId: 'again' });
    expect(await tasks()).toEqual([{ name: 'reports monthly #1', deleted: false }, { name: 'reports monthly #again', deleted: false }]);
    await second.remove();
    expect(await tasks()).toEqual([{ name: 'reports monthly #1', deleted: false }, { name: 'reports monthly #again', deleted: true }]);
    await queue.add('monthly', {}, { jobId: 'again' });
    expect((await tasks())[1]).toEqual({ name: 'reports monthly #again', deleted: false });
    expect((await ask('resources.providers'))['providers']).toMatchObject([{ name: 'bullmq', state: 'ready', queues: [{ name: 'reports', isPaused: false, waiting: 2, active: 0, failed: 0, workers: 0, meanSeconds: null }] }]);
    const { runId } = await ask<{ runId: string }>('resources.apply', { moves: [{ kind: 'pause-queue', provider: 'bullmq', queue: 'reports' }] });
    expect(await ended()).toMatchObject({ state: 'done', steps: [{ state: 'done', error: null }] });
    expect(await queue.isPaused()).toBe(true);
    expect((await ask('resources.providers'))['providers']).toMatchObject([{ queues: [{ isPaused: true }] }]);
    await ask('resources.roll-back', { runId });
    expect(await ended()).toMatchObject({ state: 'rolled-back' });
    expect(await queue.isPaused()).toBe(false);
  });
});
