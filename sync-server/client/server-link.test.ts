import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../sync-server/http/certificate.ts';
import { isLoopback, probe } from './probe.ts';
import { LinkError, ServerLink, type ServerAddress } from './server-link.ts';

const certificate = () => makeCertificate({ hosts: ['127.0.0.1'], now: new Date() });
const never = new AbortController().signal;

async function listen(answer: RequestListener, tls?: { key: string; cert: string }): Promise<string> {
  const server = tls === undefined ? createPlain(answer) : createServer(tls, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failureOf(server: ServerAddress, signal = never, answering = {}): Promise<string> {
  const link = new ServerLink(server);
  try {
    await link.post('hello', undefined, { secret: 'x'.repeat(5000) }, signal, answering);
  } catch (error) {
    if (error instanceof LinkError) return error.failure;
    throw error;
  } finally {
    link.close();
  }
  return 'answered';
}

test('a message goes to the pinned certificate only: any other server sees nothing of it', async () => {
  const [pinned, other] = [certificate(), certificate()];
  let seen = 0;
  const answer: RequestListener = (_request, response) => {
    seen += 1;
    response.end('{}');
  };
  expect(await failureOf({ address: await listen(answer, pinned), certificate: pinned.cert })).toBe('answered');
  expect(seen).toBe(1);
  const impostor = await listen(answer, other);
  expect(await failureOf({ address: impostor, certificate: pinned.cert })).toBe('wrong-certificate');
  expect(await failureOf({ address: impostor })).toBe('wrong-certificate');
  expect(seen).toBe(1);
});

test('what a server shows of itself is found without trusting it', async () => {
  const own = certificate();
  const address = await listen((_request, response) => response.end(JSON.stringify({ service: 'outpost-sync', protocol: { major: 1, minor: 0 } })), own);
  expect(await probe(address, never)).toMatchObject({ address, encrypted: true, fingerprint: own.fingerprint });
  await expect(probe(await listen((_request, response) => response.end('{}'), certificate()), never)).rejects.toMatchObject({ failure: 'answer-not-understood' });
  await expect(probe('https://127.0.0.1:1', never)).rejects.toMatchObject({ failure: 'unreachable' });
});

test.each<[string, RequestListener, string]>([
  ['a proxy’s page', (_request, response) => response.end('<html>'), 'answer-not-understood'],
  ['a proxy’s error', (_request, response) => response.writeHead(502).end('<html>'), 'unreachable'],
  ['a coded refusal', (_request, response) => response.writeHead(429).end(JSON.stringify({ error: { code: 'too-many-requests', retryAfterSeconds: 3 } })), 'too-many-requests'],
  ['a code of a newer server', (_request, response) => response.writeHead(418).end(JSON.stringify({ error: { code: 'teapot' } })), 'answer-not-understood'],
  ['damaged compression', (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'), 'answer-not-understood'],
  ['an unknown compression', (_request, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'), 'answer-not-understood'],
  ['a bomb', (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(70 * 1024 * 1024), { level: 1 })), 'answer-not-understood'],
  ['a line that is cut', (_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"a":');
    setTimeout(() => response.destroy(), 10);
  }, 'unreachable'],
])('%s is told as what it is', async (_name, answer, failure) => {
  expect(await failureOf({ address: await listen(answer) })).toBe(failure);
});

test('a server that is silent is given up, unless it is known to need so long', async () => {
  const address = await listen((_request, response) => void setTimeout(() => response.end('{}'), 300));
  expect(await failureOf({ address }, never, { silenceAllowed: 20 })).toBe('timed-out');
  expect(await failureOf({ address }, never, { silenceAllowed: 60_000 })).toBe('answered');
});

test('an abort ends a message at once', async () => {
  const stop = new AbortController();
  const address = await listen(() => setTimeout(() => stop.abort(new Error('stopped')), 20));
  await expect(failureOf({ address }, stop.signal)).rejects.toThrow('stopped');
});

test('only this computer is spoken to without encryption', () => {
  expect(['http://localhost:1', 'http://127.0.0.1:8443', 'http://[::1]:5'].map(isLoopback)).toEqual([true, true, true]);
  expect(['http://192.168.1.2:8443', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example:1'].map(isLoopback)).toEqual([false, false, false]);
});
