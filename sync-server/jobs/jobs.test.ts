import { v7 } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import type { AdminAnswers } from '../../shared/sync/admin-protocol.ts';
import { openDatabase, type ServerDatabase } from '../database/index.ts';
import { keepSamples, readSamples, thinSamples } from '../resources/samples.ts';
import { createContext } from '../service/context.ts';
import { openClinic, type Clinic } from '../testing/clinic.ts';
import { onEachDatabase } from '../testing/databases.ts';
import { estimated } from './index.ts';
import { planJobs } from './plan.ts';
import { startWorkers } from './workers.ts';

describe('the plan of jobs', () => {
  it('shares them out by their times, around what runs already', () => {
    const jobs = [40, 30, 20, 10].map((milliseconds, index) => ({ jobId: `job-${index}`, milliseconds }));
    const plan = planJobs(jobs, [1000, 1000], 1000);
    expect(Math.max(...plan.map(({ endAt }) => endAt))).toBe(1050);
    const busy = planJobs(jobs, [1100, 1000], 1000);
    expect(busy.every(({ worker }) => worker === 1)).toBe(true);
    expect(busy.map(({ startAt, endAt }) => [startAt, endAt])).toEqual([[1000, 1040], [1040, 1070], [1070, 1090], [1090, 1100]]);
  });

  it('estimates times from those that were measured', () => {
    expect(estimated([[100, 10], [200, 20], [300, 30]], 1000)).toBeCloseTo(100);
    expect(estimated([[100, 10], [100, 20]], 5000)).toBe(15);
    expect(estimated([[100, 30], [200, 10]], 900)).toBe(20);
  });
});

onEachDatabase('the jobs of the server and what it measured', (make) => {
  let clinic: Clinic | undefined;
  let database: ServerDatabase | undefined;
  afterEach(async () => {
    await clinic?.close();
    await database?.close();
    clinic = database = undefined;
  });

  it('checks what it holds in a thread, and keeps the plan beside what happened', async () => {
    clinic = await openClinic(await make(), { workers: startWorkers(2) });
    const { first, adminId, service } = clinic;
    const ask = (name: string, body: object) => service.administer(name as never, first.token, { actorId: adminId, ...body }) as Promise<unknown>;
    const added = (await Promise.all(Array.from({ length: 4 }, () => ask('resources.add-job', { job: { kind: 'digest-check' } })))) as { jobId: string }[];
    const list = async () => (await ask('resources.jobs', { limit: 10 })) as AdminAnswers['resources.jobs'];
    while ((await list()).jobs.some(({ state }) => state === 'waiting' || state === 'running')) await new Promise((resolve) => setTimeout(resolve, 20));
    const { workers, jobs } = await list();
    expect([workers, jobs.length, new Set(jobs.map(({ state }) => state))]).toEqual([2, 4, new Set(['done'])]);
    for (const { planned, actual } of jobs) expect(planned?.worker).toBe(actual?.worker);
    expect(new Set(jobs.map(({ actual }) => actual?.worker)).size).toBe(2);
    const { result } = (await ask('resources.job-result', { jobId: added[0]?.jobId })) as AdminAnswers['resources.job-result'];
    expect(JSON.parse(result ?? '')).toEqual({ documents: 2, differing: [] });
  });

  it('keeps what it measured for a day, and means of it for longer', async () => {
    database = await openDatabase(await make());
    const context = createContext(database, {});
    await context.database.kysely.insertInto('organisations').values({ public_id: v7(), name: 'x', created_at: 0 }).execute();
    const start = Date.parse('2026-03-01T08:00:00.000Z');
    for (let minute = 0; minute < 10; minute += 1) await keepSamples(database, 1, 'host', [{ providerKey: 'server', metric: 'cpu', value: minute / 3 }], start + minute * 60_000);
    const instant = (at: number) => new Date(at).toISOString();
    const read = async (from: number, to: number, now: number) => (await readSamples(database as ServerDatabase, 1, { provider: 'host', keys: ['server', 'other'], from: instant(from), to: instant(to) }, now)).series;
    expect(await read(start, start + 120_000, start + 600_000)).toEqual([{ providerKey: 'server', metric: 'cpu', resolution: 0, points: [[start, 0], [start + 60_000, 0.333], [start + 120_000, 0.667]] }]);
    const later = start + 2 * 24 * 3600_000;
    await thinSamples(database, later);
    const [means] = await read(start, start + 600_000, later);
    expect([means?.resolution, means?.points.map(([at]) => at)]).toEqual([300, [start, start + 300_000]]);
    expect(means?.points.map(([, value]) => value)).toEqual([expect.closeTo(2 / 3, 3), expect.closeTo(7 / 3, 3)]);
    const years = start + 60 * 24 * 3600_000;
    await thinSamples(database, years);
    expect(await read(start, start + 600_000, years)).toMatchObject([{ resolution: 3600, points: [[start, expect.closeTo(1.5, 3) as number]] }]);
    expect(await database.rows('SELECT at FROM samples')).toHaveLength(1);
  });

  it('adds up what several resources used at the same moments', async () => {
    database = await openDatabase(await make());
    await createContext(database, {}).database.kysely.insertInto('organisations').values({ public_id: v7(), name: 'x', created_at: 0 }).execute();
    const start = Date.parse('2026-03-01T08:00:00.000Z');
    await keepSamples(database, 1, 'libvirt', ['a', 'b', 'c'].map((providerKey, index) => ({ providerKey, metric: 'cpu' as const, value: index + 1 })), start);
    await keepSamples(database, 1, 'libvirt', [{ providerKey: 'a', metric: 'cpu', value: 5 }, { providerKey: 'a', metric: 'memory', value: 7 }], start + 60_000);
    const instant = (at: number) => new Date(at).toISOString();
    const { series } = await readSamples(database, 1, { provider: 'libvirt', keys: ['a', 'b'], from: instant(start), to: instant(start + 60_000), sum: true }, start + 60_000);
    expect(series).toEqual([
      { providerKey: '', metric: 'cpu', resolution: 0, points: [[start, 3], [start + 60_000, 5]] }, { providerKey: '', metric: 'memory', resolution: 0, points: [[start + 60_000, 7]] },
    ]);
  });
});
