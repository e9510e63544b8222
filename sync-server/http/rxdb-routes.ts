import type { FastifyInstance } from 'fastify';
import type { SyncService } from '../service/index.ts';
import { bearerOf } from './rate-limits.ts';

/** For RxDB clients: one pull and one push for all collections, which the body names. */
export function addRxdbRoutes(server: FastifyInstance, { rxdb }: SyncService): void {
  for (const name of ['pull', 'push'] as const) {
    server.post(`/rxdb/v1/${name}`, async (request, reply) => {
      const answer = await rxdb[name](bearerOf(request), request.body);
      return reply.header('cache-control', 'no-store').send(answer);
    });
  }
}
