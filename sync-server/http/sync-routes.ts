import type { FastifyInstance } from 'fastify';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { messageSchemas, type SyncMessageName } from '../service/messages.ts';
import type { SyncService } from '../service/index.ts';
import { bearerOf } from './rate-limits.ts';

export function addSyncRoutes(server: FastifyInstance, service: SyncService): void {
  server.get('/sync/v1/about', async () => ({ service: 'outpost-sync', protocol: protocolVersion }));
  for (const name of Object.keys(messageSchemas) as SyncMessageName[]) {
    server.post(`/sync/v1/${name}`, async (request, reply) => {
      const answer = await service.answer(name, bearerOf(request), request.body);
      return reply.type(typeof answer === 'string' ? 'application/json; charset=utf-8' : 'application/octet-stream').header('cache-control', 'no-store').send(answer);
    });
  }
}
