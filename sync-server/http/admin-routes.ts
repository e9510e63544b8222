import type { FastifyInstance } from 'fastify';
import { adminSchemas, type AdminMessageName } from '../../shared/sync/admin-protocol.ts';
import type { SyncService } from '../service/index.ts';
import { bearerOf } from './rate-limits.ts';

export function addAdminRoutes(server: FastifyInstance, service: SyncService): void {
  for (const name of Object.keys(adminSchemas) as AdminMessageName[]) {
    server.post(`/sync/v1/admin/${name}`, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return service.administer(name, bearerOf(request), request.body);
    });
  }
}
