import type { FastifyInstance } from 'fastify';
import type { ServerDatabase } from '../database/index.ts';
import type { Following } from '../follow/index.ts';

/**
 * `/health/live`: the process answers. `/health`: it can do its work; a load balancer sends to those that can. A server that follows
 * another one is well without it, and says how far it got.
 */
export function addHealthRoutes(server: FastifyInstance, database: ServerDatabase, following: Following): void {
  server.get('/health/live', async () => ({ status: 'ok' }));
  server.get('/health', async () => {
    await database.rows('SELECT 1 AS alive');
    const upstreams = await following.all();
    const told = upstreams.map(({ position, head, unsent, quarantined, lastSuccessAt, lastError, revoked }) => ({ position, head, unsent, quarantined, lastSuccessAt, lastError, revoked }));
    return { status: 'ok', ...(told.length > 0 && { upstreams: told }) };
  });
}
