import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import files from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { contentSecurityPolicy, securityHeaders, styleNoncePlaceholder } from '../../shared/content-security-policy.ts';
import type { AppError, Result } from '../../shared/errors.ts';
import type { Backend } from '../backend/index.ts';
import { Access, isSameOrigin } from './access.ts';
import { streamEvents } from './events.ts';

/** Bytes of one call: a photo or a piece of an imported file with room around it. */
const bodyLimit = 4 * 1024 * 1024;

/** Read by a person who opened the bare address or a used one, in both languages, since nobody's language is known yet. */
const closedDoor = 'Open the address that Outpost printed last where it was started; each opens one browser, once.\n请打开 Outpost 在启动它的窗口中最后显示的地址；每个地址只能打开一次。\n';

export interface WebHost {
  /** The address with the one-time token. */
  address: string;
  close(): Promise<void>;
}

export interface WebHostOptions {
  /** 0 takes a free one. */
  port: number;
  rendererFolder: string;
  /** Told of a new address when somebody asks for one without a session and the last address was used. */
  onNewAddress?: (address: string) => void;
}

/** Serves the backend and the built renderer to a browser of this machine. */
export async function serve(backend: Backend, options: WebHostOptions): Promise<WebHost> {
  const access = new Access();
  const server = Fastify({ bodyLimit, forceCloseConnections: true });
  const port = () => (server.server.address() as AddressInfo).port;
  const addressWith = (token: string) => `http://127.0.0.1:${port()}/?token=${token}`;
  const cookieName = () => `outpost-${port()}`;
  const sessionOf = (request: FastifyRequest) => request.cookies[cookieName()];
  await server.register(cookie);
  guard(server, port);
  server.get<{ Querystring: { token?: string } }>('/', async (request, reply) => {
    const { token } = request.query;
    const session = token === undefined ? undefined : access.exchange(token);
    // The token must not stay in the address bar, the history or a bookmark.
    if (session !== undefined) return reply.setCookie(cookieName(), session, { httpOnly: true, sameSite: 'strict', path: '/' }).redirect('/', 303);
    if (access.isOpen(sessionOf(request))) return token === undefined ? sendPage(reply, options.rendererFolder) : reply.redirect('/', 303);
    const renewed = access.renewToken();
    if (renewed !== undefined) options.onNewAddress?.(addressWith(renewed));
    return reply.code(403).type('text/plain; charset=utf-8').send(closedDoor);
  });
  server.post<{ Params: { name: string } }>('/api/call/:name', async (request, reply) => {
    const session = sessionOf(request);
    if (!access.isOpen(session)) return refuse(reply, 403, { code: 'untrusted-sender' });
    return backend.call(session, request.params.name, request.body);
  });
  server.get('/api/events', (request, reply) => {
    if (!access.isOpen(sessionOf(request))) return refuse(reply, 403, { code: 'untrusted-sender' });
    streamEvents(backend, reply);
  });
  await server.register(files, { root: options.rendererFolder, index: false, cacheControl: false });
  // Browsers ask for it at a page that names no icon, like the closed door.
  server.get('/favicon.ico', (_request, reply) => reply.sendFile('icon.svg'));
  await server.listen({ host: '127.0.0.1', port: options.port });
  return { address: addressWith(access.oneTimeToken ?? ''), close: () => server.close() };
}

function guard(server: FastifyInstance, port: () => number): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!isSameOrigin(request, port())) return refuse(reply, 403, { code: 'untrusted-sender' });
    reply.headers(securityHeaders);
    return undefined;
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, 404, { code: 'unknown-call' }));
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
    // The body was too large or no JSON; its text may hold patient data and is not repeated.
    refuse(reply, error.statusCode ?? 500, (error.statusCode ?? 500) < 500 ? { code: 'invalid-input', issues: [] } : { code: 'backend-unavailable' }),
  );
}

function refuse(reply: FastifyReply, status: number, error: AppError): FastifyReply {
  return reply.code(status).headers(securityHeaders).send({ ok: false, error } satisfies Result<never>);
}

function sendPage(reply: FastifyReply, rendererFolder: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  const page = readFileSync(join(rendererFolder, 'index.html'), 'utf8').replaceAll(styleNoncePlaceholder, nonce);
  return reply.header('content-security-policy', contentSecurityPolicy(nonce)).type('text/html; charset=utf-8').send(page);
}
