import type { FastifyReply } from 'fastify';
import { securityHeaders } from '../../shared/content-security-policy.ts';
import type { Backend } from '../backend/index.ts';

/** Below the half-minute after which middle boxes and laptops waking up drop a silent connection. */
const heartbeatMilliseconds = 15_000;

/** Sends the backend's events to one browser for as long as it listens (server-sent events). */
export function streamEvents(backend: Backend, reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream' });
  raw.write(': open\n\n');
  const unsubscribe = backend.subscribe((event) => raw.write(`data: ${JSON.stringify(event)}\n\n`));
  const heartbeat = setInterval(() => raw.write(': alive\n\n'), heartbeatMilliseconds);
  raw.on('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}
