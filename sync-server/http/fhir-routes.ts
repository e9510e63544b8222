import type { OperationOutcome } from '@medplum/fhirtypes';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fhirTypes, type FhirType } from '../../shared/exchange/fhir/mappings.ts';
import { idSchema } from '../../shared/schema/document.ts';
import { SearchRefused } from '../fhir/index.ts';
import type { SyncService } from '../service/index.ts';
import { bearerOf } from './rate-limits.ts';

const base = '/fhir/r4';
const bodyLimit = 64 * 1024;

const outcome = (code: OperationOutcome['issue'][number]['code'], text: string): OperationOutcome => ({
  resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, details: { text } }],
});
/** What is asked in a body, and from which place on: that stands in the address of a next page. */
function bodyOf({ body, url }: FastifyRequest): URLSearchParams {
  const asked = body instanceof URLSearchParams ? body : new URLSearchParams();
  const after = new URL(url, 'http://here').searchParams.get('_after');
  if (after !== null) asked.set('_after', after);
  return asked;
}

const answer = (reply: FastifyReply, body: object, status = 200) =>
  reply.code(status).type('application/fhir+json; charset=utf-8').header('cache-control', 'no-store').send(JSON.stringify(body));

/** Read, search and CapabilityStatement of FHIR's REST; nothing is written this way. */
export function addFhirRoutes(server: FastifyInstance, { fhir }: SyncService): void {
  void server.register(async (face) => {
    face.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_request, body, done) => done(null, new URLSearchParams(body as string)));
    face.get(`${base}/metadata`, async (_request, reply) => answer(reply, fhir.capability()));
    for (const type of Object.keys(fhirTypes) as FhirType[]) {
      const searched = async (reply: FastifyReply, token: string | null, asked: URLSearchParams, from: 'address' | 'body') => {
        try {
          return answer(reply, await fhir.search(token, type, asked, from));
        } catch (error) {
          if (error instanceof SearchRefused) return answer(reply, outcome('not-supported', error.message), 400);
          throw error;
        }
      };
      face.get(`${base}/${type}`, async (request, reply) => searched(reply, bearerOf(request), new URL(request.url, 'http://here').searchParams, 'address'));
      face.post(`${base}/${type}/_search`, async (request, reply) =>
        searched(reply, bearerOf(request), bodyOf(request), 'body'),
      );
      face.get<{ Params: { id: string } }>(`${base}/${type}/:id`, async (request, reply) => {
        const { id } = request.params;
        const resource = idSchema.safeParse(id).success ? await fhir.read(bearerOf(request), type, id) : undefined;
        return resource === undefined ? answer(reply, outcome('not-found', 'There is no such resource'), 404) : answer(reply, resource);
      });
    }
  });
}
