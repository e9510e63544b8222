import type { Socket } from 'node:net';
import { get } from 'node:http';
import Fastify from 'fastify';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SyncService } from '../service/index.ts';
import { addHintRoute } from './hint-route.ts';

type Subscribe = SyncService['subscribe'];

test('a hint is on its way before the next workstation is told', async () => {
  const server = Fastify();
  onTestFinished(() => server.close());
  const [sockets, listeners]: [Socket[], Parameters<Subscribe>[1][]] = [[], []];
  server.server.on('connection', (socket) => void sockets.push(socket));
  const subscribe: Subscribe = async (_token, listener) => {
    listeners.push(listener);
    listener('{"head":0}');
    return () => undefined;
  };
  addHintRoute(server, { subscribe } as SyncService);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  const answers = await Promise.all([1, 2].map(() => new Promise<NodeJS.ReadableStream>((resolve) => {
    const asking = get(`${address}/sync/v1/hints`, resolve);
    onTestFinished(() => void asking.destroy());
  })));
  const heard = answers.map(() => '');
  for (const [index, answer] of answers.entries()) answer.on('data', (chunk: Buffer) => void (heard[index] += chunk.toString()));
  for (const listener of listeners) {
    listener('{"head":1}');
    expect(sockets.map(({ writableLength }) => writableLength)).toEqual([0, 0]);
  }
  await vi.waitFor(() => expect(heard).toEqual(Array(2).fill('data: {"head":0}\n\ndata: {"head":1}\n\n')));
});
