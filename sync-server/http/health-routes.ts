import type { FastifyInstance } from 'fastify';
import type { ServerDatabase } from '../database/index.ts';

/** `/health/live`: the process answers. `/health`: it can do its work; a load balancer sends to those that can. */
export function addHealthRoutes(server: FastifyInstance, database: ServerDatabase): void {
  server.get('/health/live', async () => ({ status: 'ok' }));
  server.get('/health', async () => {
    await database.rows('SELECT 1 AS alive');
    return { status: 'ok' };
  });
}
