import { Readable } from 'node:stream';
import type { OperationOutcome } from '@medplum/fhirtypes';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { signedBy } from '../../shared/exchange/fhir/signatures.ts';
import { idSchema } from '../../shared/schema/document.ts';
import { asJson } from '../fhir/binary.ts';
import { SearchRefused, type FhirFace } from '../fhir/index.ts';
import { faceTypes } from '../fhir/types.ts';
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

const notFound = (reply: FastifyReply) => answer(reply, outcome('not-found', 'There is no such resource'), 404);

/** Bytes as they are, or as a resource for who asks for one; neither is ever whole in memory. */
function addBinaryRoute(face: FastifyInstance, fhir: FhirFace): void {
  face.get<{ Params: { id: string } }>(`${base}/Binary/:id`, async (request, reply) => {
    const { id } = request.params;
    const binary = idSchema.safeParse(id).success ? await fhir.binary(bearerOf(request), id) : undefined;
    if (binary === undefined) return notFound(reply);
    const wantsResource = /[/+]json\b/.test(request.headers.accept ?? '');
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    return wantsResource
      ? reply.type('application/fhir+json; charset=utf-8').send(Readable.from(asJson(binary)))
      : reply.type(binary.contentType).header('content-length', binary.size).send(Readable.from(binary.pieces()));
  });
}

/** Read, search and CapabilityStatement of FHIR's REST; nothing is written this way. */
export function addFhirRoutes(server: FastifyInstance, { fhir }: SyncService): void {
  void server.register(async (face) => {
    face.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_request, body, done) => done(null, new URLSearchParams(body as string)));
    face.get(`${base}/metadata`, async (_request, reply) => answer(reply, fhir.capability()));
    addBinaryRoute(face, fhir);
    for (const type of faceTypes) {
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
        const resource = idSchema.safeParse(type === 'Provenance' ? signedBy(id).id : id).success ? await fhir.read(bearerOf(request), type, id) : undefined;
        return resource === undefined ? notFound(reply) : answer(reply, resource);
      });
    }
  });
}
