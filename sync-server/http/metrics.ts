import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { UpstreamFacts } from '../../shared/sync/admin-protocol.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Following } from '../follow/index.ts';
import { sendError } from './errors.ts';
import { bearerOf } from './rate-limits.ts';

/** Counts by message and status, for Prometheus. No label names a device, a person or a patient. */
export function addMetrics(server: FastifyInstance, token: string | undefined, following: Following): void {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'outpost_sync_message_seconds', help: 'Time to answer a message', labelNames: ['route', 'status'], registers,
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
  });
  const received = new Counter({ name: 'outpost_sync_received_bytes_total', help: 'Bytes of messages as they came', labelNames: ['route'], registers });
  const open = new Gauge({ name: 'outpost_sync_hint_streams', help: 'Workstations that listen for hints', registers });
  addUpstreamGauges(registers, following);
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    seconds.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000);
    received.inc({ route }, Number(request.headers['content-length'] ?? 0));
  });
  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url !== '/sync/v1/hints') return;
    open.inc();
    reply.raw.once('close', () => open.dec());
  });
  server.get('/metrics', async (request, reply) => {
    if (!mayRead(request, token)) return sendError(reply, { code: 'not-found' });
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** How far this server got with those that it follows, all together; nothing where it follows none. */
function addUpstreamGauges(registers: Registry[], following: Following): void {
  const gauge = (name: string, help: string, of: (facts: UpstreamFacts) => number) =>
    new Gauge({
      name: `outpost_upstream_${name}`, help, registers,
      async collect() {
        const all = await following.all();
        this.reset();
        if (all.length > 0) this.set(all.reduce((sum, facts) => sum + of(facts), 0));
      },
    });
  gauge('behind_positions', 'Positions of the followed server that were not read yet', ({ head, position }) => Math.max(0, head - position));
  gauge('unsent_change_sets', 'Change sets that the followed server does not have yet', ({ unsent }) => unsent);
  gauge('refused_change_sets', 'Change sets that the followed server refused', ({ quarantined }) => quarantined);
  gauge('last_success_timestamp_seconds', 'When everything was last sent and read', ({ lastSuccessAt }) => (lastSuccessAt === null ? 0 : Date.parse(lastSuccessAt) / 1000));
}

/** With a token, whoever has it. Without one, this machine alone, and nobody whom a proxy on this machine lets through. */
function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return isSame(bearerOf(request) ?? '', token);
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
  return !isForwarded && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
}

const isSame = (one: string, other: string): boolean => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
