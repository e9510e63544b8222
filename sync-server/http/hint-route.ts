import type { FastifyInstance } from 'fastify';
import type { SyncService } from '../service/index.ts';
import { bearerOf } from './rate-limits.ts';

/** Shorter than the time after which proxies and routers forget a silent connection. */
const heartbeatEvery = 20_000;

/** Tells a workstation, over one open connection, that there is something new, and what it is where that is little. */
export function addHintRoute(server: FastifyInstance, service: SyncService): void {
  server.get('/sync/v1/hints', async (request, reply) => {
    const pending: string[] = [];
    let write = (text: string): void => void pending.push(text);
    const end = () => reply.raw.end();
    const stop = await service.subscribe(bearerOf(request), (hint) => write(`data: ${hint}\n\n`), end);
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    write = (text) => {
      reply.raw.write(text);
      // Else Node sends it once all the others were written to: the first of five hundred would hear of a save when the last does.
      reply.raw.socket?.uncork();
    };
    pending.forEach(write);
    const heartbeat = setInterval(() => write(': \n\n'), heartbeatEvery);
    reply.raw.once('close', () => {
      clearInterval(heartbeat);
      stop();
    });
  });
}
