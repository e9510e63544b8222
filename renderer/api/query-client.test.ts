import { QueryObserver, type QueryOptions } from '@tanstack/react-query';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AppException } from '../../shared/errors.ts';
import { applyBackendEvent, createQueryClient, forgetAnswers } from './query-client.ts';
import { callQuery } from './queries.ts';

const call = vi.hoisted(() => vi.fn());
vi.mock('./client.ts', () => ({ call }));

const patient = callQuery('patients.get', { id: 'a' });
const users = callQuery('users.list', {});
const status = callQuery('app.status', {});
const onStatus = vi.fn();

function clientWith(...queries: { queryKey: readonly unknown[] }[]) {
  const client = createQueryClient({ onStatus });
  for (const query of queries) {
    // As useQuery would: the collections come with the query's meta.
    client.getQueryCache().build(client, query as QueryOptions & { queryKey: readonly unknown[] });
    client.setQueryData(query.queryKey, {});
  }
  return client;
}
const isStale = (client: ReturnType<typeof createQueryClient>, key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

beforeEach(() => vi.clearAllMocks());

describe('applyBackendEvent', () => {
  test('a change makes the answers stale that are made of it, and no others', () => {
    const client = clientWith(patient, users);
    applyBackendEvent(client, { type: 'changed', collections: ['medicalRecords'] });
    expect(isStale(client, patient.queryKey)).toBe(true);
    expect(isStale(client, users.queryKey)).toBe(false);
  });

  test('what changes while the first answer is under way is asked for again: that answer may be from before', async () => {
    const client = createQueryClient({ onStatus });
    const firstAnswer = Promise.withResolvers<unknown>();
    call.mockReturnValueOnce(firstAnswer.promise).mockResolvedValueOnce({ name: 'after' });
    const stop = new QueryObserver(client, patient).subscribe(() => undefined);
    applyBackendEvent(client, { type: 'changed', collections: ['patients'] });
    firstAnswer.resolve({ name: 'before' });
    await vi.waitFor(() => expect(client.getQueryData(patient.queryKey)).toEqual({ name: 'after' }));
    expect(call).toHaveBeenCalledTimes(2);
    stop();
  });

  test('a job’s progress is known without asking', () => {
    const client = clientWith();
    const job = { id: 'j', kind: 'backup', state: 'running', done: 1, total: 2 } as const;
    applyBackendEvent(client, { type: 'job', job });
    expect(client.getQueryData(callQuery('jobs.get', { jobId: 'j' }).queryKey)).toEqual(job);
  });
});

test.each([
  { query: callQuery('fleet.list', {}), asked: 2 },
  { query: callQuery('providers.jobs', { limit: 10 }), asked: 2 },
  { query: users, asked: 1 },
])('what the server alone knows is asked for again when its screen is opened again, what stands here is not: $query.queryKey.1', async ({ query, asked }) => {
  const client = createQueryClient({ onStatus });
  call.mockResolvedValue({});
  for (let opened = 0; opened < 2; opened += 1) {
    const stop = new QueryObserver(client, query as unknown as typeof users).subscribe(() => undefined);
    await vi.waitFor(() => expect(client.getQueryState(query.queryKey)).toMatchObject({ status: 'success', fetchStatus: 'idle' }));
    stop();
  }
  expect(call).toHaveBeenCalledTimes(asked);
});

test('what one person saw is forgotten, the status is not', () => {
  const client = clientWith(patient, status);
  forgetAnswers(client);
  expect(client.getQueryData(patient.queryKey)).toBeUndefined();
  expect(client.getQueryData(status.queryKey)).toBeDefined();
});

describe('a refused call', () => {
  test('for want of a session makes the status stale', async () => {
    const client = clientWith(status);
    call.mockRejectedValueOnce(new AppException({ code: 'locked' }));
    await expect(client.fetchQuery(patient)).rejects.toThrow('locked');
    expect(isStale(client, status.queryKey)).toBe(true);
  });

  test('for any other reason does not', async () => {
    const client = clientWith(status);
    call.mockRejectedValueOnce(new AppException({ code: 'disk-full' }));
    await expect(client.fetchQuery(patient)).rejects.toThrow('disk-full');
    expect(isStale(client, status.queryKey)).toBe(false);
  });
});

test('a status is heard before anything is drawn from it', async () => {
  const client = createQueryClient({ onStatus });
  call.mockResolvedValueOnce({ version: '1' });
  await client.fetchQuery(status);
  expect(onStatus).toHaveBeenCalledWith({ version: '1' });
});
