import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) writeSync(2, 'Redis (redis-server) is not installed: queues on it are not tested\n');

/** A Redis of the test's own: temporary folder, own port, nothing kept. */
export interface TestRedis {
  url: string;
  /** Stops answering until it is woken. */
  freeze(): void;
  wake(): void;
  kill(): Promise<void>;
}

export async function startRedis(...settings: string[]): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', ...settings], { stdio: 'ignore' });
  // A test that dies must leave no server behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `redis://127.0.0.1:${port}/0`;
  await answering(url);
  return {
    url,
    freeze: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function answering(url: string): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 200 });
  redis.on('error', () => undefined);
  // Any answer will do: one that wants a password is there as well.
  await redis.ping().catch((error: unknown) => {
    if (!/NOAUTH/.test(String(error))) throw error;
  });
  redis.disconnect();
}
