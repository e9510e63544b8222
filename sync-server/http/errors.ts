import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { syncErrorStatus, type SyncError, type SyncErrorCode } from '../../shared/sync/protocol.ts';
import { SyncException } from '../service/failure.ts';
import type { ServerLog } from './log.ts';

export function sendError(reply: FastifyReply, error: SyncError): FastifyReply {
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  return reply.code(syncErrorStatus[error.code]).type('application/json; charset=utf-8').send({ error });
}

/** What the transport itself refuses, under the protocol's codes. */
const codeOfStatus: Record<number, SyncErrorCode> = {
  400: 'malformed-message', 404: 'not-found', 413: 'message-too-large', 415: 'malformed-message', 429: 'too-many-requests', 503: 'server-busy',
};

const guesses: ReadonlySet<SyncErrorCode> = new Set(['token-expired', 'code-not-valid', 'unknown-device', 'bad-signature']);

/** Every failure leaves as a code. Its text stays here: it may quote what was sent. */
export function addErrorAnswers(server: FastifyInstance, log: ServerLog, isGuessing: (request: FastifyRequest) => Promise<boolean>): void {
  server.setNotFoundHandler((_request, reply) => sendError(reply, { code: 'not-found' }));
  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error instanceof SyncException) {
      if (guesses.has(error.error.code) && (await isGuessing(request))) return sendError(reply, { code: 'too-many-requests', retryAfterSeconds: 60 });
      if (error.cause !== undefined) log.error('database-failed', error);
      return sendError(reply, error.error);
    }
    const { statusCode = 500 } = error;
    const code = codeOfStatus[statusCode] ?? (statusCode < 500 ? 'malformed-message' : 'internal');
    if (code === 'internal') log.error('message-failed', error);
    return sendError(reply, { code, ...retryAfter(reply) });
  });
}

function retryAfter(reply: FastifyReply): { retryAfterSeconds?: number } {
  const seconds = Number(reply.getHeader('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : {};
}
