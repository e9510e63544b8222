import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { ProviderErrorCode } from '../../../shared/sync/resource-protocol.ts';
import { failed, ProviderException } from '../provider.ts';

/** Where BullMQ keeps its queues unless it is told otherwise. */
const prefix = 'bull';
const mostQueues = 200;
const answersWithin = 10_000;

/** A connection of one question or change, and the queues that it has opened. */
export interface Opened {
  names(): Promise<string[]>;
  queue(name: string): Queue;
}

/**
 * Works with Redis over a connection of its own, which is ended whatever happens: one that hung, or whose server was exchanged
 * meanwhile, is nobody else's trouble. Fails with a {@link ProviderException}.
 */
export async function withRedis<Value>(url: string, signal: AbortSignal, work: (opened: Opened) => Promise<Value>): Promise<Value> {
  const [{ Queue }, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: answersWithin, commandTimeout: answersWithin, maxRetriesPerRequest: null, enableReadyCheck: false, retryStrategy: () => null });
  const heard: Error[] = [];
  redis.on('error', (error: Error) => heard.push(error));
  const queues: Queue[] = [];
  const queue = (name: string): Queue => {
    // Without its meta: a queue of somebody else's is read as it is.
    const opened = new Queue(name, { connection: redis, prefix, skipMetasUpdate: true, skipVersionCheck: true });
    opened.on('error', (error) => heard.push(error));
    queues.push(opened);
    return opened;
  };
  const giveUp = () => redis.disconnect();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await redis.connect();
    return await work({ names: () => queueNames(redis), queue });
  } catch (error) {
    throw error instanceof ProviderException ? error : new ProviderException(codeOf(error, heard, redis), wordsOf(error, heard));
  } finally {
    signal.removeEventListener('abort', giveUp);
    await Promise.allSettled(queues.map((opened) => opened.close()));
    redis.disconnect();
  }
}

const scanSchema = z.tuple([z.string().regex(/^\d+$/), z.array(z.string())]);

/** Every queue has a hash of its own settings. */
async function queueNames(redis: Redis): Promise<string[]> {
  const names = new Set<string>();
  let cursor = '0';
  do {
    const [next, keys] = scanSchema.safeParse(await redis.scan(cursor, 'MATCH', `${prefix}:*:meta`, 'COUNT', 1000)).data ?? failed('unreadable');
    for (const key of keys) names.add(key.slice(prefix.length + 1, -':meta'.length));
    cursor = next;
  } while (cursor !== '0' && names.size < mostQueues);
  return [...names].sort().slice(0, mostQueues);
}

const wordsOf = (error: unknown, heard: readonly Error[]): string => [error, ...heard].map((one) => (one instanceof Error ? one.message : '')).filter(Boolean).slice(0, 3).join('\n');

/** What ioredis says has no codes but the system's own; Redis begins its errors with a word in capitals. */
const meanings: readonly [RegExp, ProviderErrorCode][] = [
  [/timed out/i, 'timeout'],
  [/RESP type/, 'unreadable'],
  [/^(NOAUTH|WRONGPASS|NOPERM)|requires? authentication|without any password configured/, 'not-permitted'],
  [/^(LOADING|MASTERDOWN|CLUSTERDOWN)|ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOENT|ETIMEDOUT/, 'unreachable'],
  [/ECONNRESET|EPIPE|connection is closed|connection closed/i, 'died'],
  [/^[A-Z]{2,} /, 'refused'],
];

function codeOf(error: unknown, heard: readonly Error[], redis: Redis): ProviderErrorCode {
  // That the connection was closed is what follows from a failure that was heard before it.
  const all = [...heard, ...(error instanceof Error ? [error] : [])].map(({ message }) => message);
  for (const [pattern, code] of meanings) if (all.some((message) => pattern.test(message))) return code;
  return redis.status === 'end' ? 'died' : 'unreadable';
}
