import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { styleNoncePlaceholder } from '../../shared/content-security-policy.ts';
import { startBackend, type Backend } from '../backend/index.ts';
import { serve, type WebHost } from './server.ts';

let folder: string;
let backend: Backend;
let host: WebHost;
let origin: string;
let newAddresses: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-web-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), `<meta name="style-nonce" content="${styleNoncePlaceholder}">`);
  writeFileSync(join(folder, 'renderer', 'app.js'), 'export {};');
  writeFileSync(join(folder, 'renderer', 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  backend = await startBackend({ profile: join(folder, 'profile'), version: '0', host: 'web' });
  newAddresses = [];
  host = await serve(backend, { port: 0, rendererFolder: join(folder, 'renderer'), onNewAddress: (address) => newAddresses.push(address) });
  origin = new URL(host.address).origin;
});
afterEach(async () => {
  await host.close();
  await backend.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Plain HTTP: `fetch` would not let a test forge Host and Origin. */
const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${origin}${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (data: Buffer) => (text += data.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const enter = async (): Promise<string> => {
  const { pathname, search } = new URL(host.address);
  const answer = await ask('GET', pathname + search);
  expect(answer.status).toBe(303);
  expect(answer.headers['location']).toBe('/');
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
};

const call = (name: string, headers: Record<string, string>, body = '{}') =>
  ask('POST', `/api/call/${name}`, { origin, 'content-type': 'application/json', ...headers }, body);

describe('the one-time token', () => {
  test('opens one browser, once', async () => {
    const cookie = await enter();
    const { search } = new URL(host.address);
    expect((await ask('GET', `/${search}`)).status).toBe(403);
    expect((await ask('GET', '/', { cookie })).status).toBe(200);
  });

  test('is renewed for somebody who closed the browser, once it was used, and only where it is printed', async () => {
    expect((await ask('GET', '/')).status).toBe(403);
    expect(newAddresses).toEqual([]);
    await enter();
    const refused = [await ask('GET', '/'), await ask('GET', '/'), await ask('GET', '/?token=guess')];
    expect(newAddresses).toHaveLength(1);
    const { search } = new URL(newAddresses[0] ?? '');
    for (const { status, body } of refused) expect({ status, told: body.includes(search.slice(7)) }).toEqual({ status: 403, told: false });
    expect((await ask('GET', `/${search}`)).status).toBe(303);
    expect((await ask('GET', `/${search}`)).status).toBe(403);
  });

  test('gives a cookie that scripts and other sites never see', async () => {
    const { search } = new URL(host.address);
    const answer = await ask('GET', `/${search}`);
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly/);
    expect(String(answer.headers['set-cookie'])).toMatch(/SameSite=Strict/);
  });

  test('nothing is answered without it', async () => {
    expect((await ask('GET', '/')).status).toBe(403);
    expect((await call('app.status', {})).status).toBe(403);
    expect((await call('app.status', { cookie: 'outpost-1=guess' })).status).toBe(403);
    expect((await ask('GET', '/api/events')).status).toBe(403);
  });

  test('its closed door has an icon, so that no browser complains', async () => {
    expect((await ask('GET', '/favicon.ico')).headers['content-type']).toMatch(/svg/);
  });
});

describe('a request from elsewhere', () => {
  test.each([
    ['a name that was pointed at 127.0.0.1', { host: 'evil.example' }],
    ['a page of another site', { origin: 'http://evil.example' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed page', { origin: 'null' }],
  ])('%s is refused even with the cookie', async (_name, headers) => {
    const cookie = await enter();
    const answer = await call('app.status', { cookie, ...headers });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([403, { ok: false, error: { code: 'untrusted-sender' } }]);
  });

  test('a POST that names no origin is refused', async () => {
    const cookie = await enter();
    expect((await ask('POST', '/api/call/app.status', { cookie, 'content-type': 'application/json' }, '{}')).status).toBe(403);
  });
});

describe('a call', () => {
  test('reaches the backend and brings its result', async () => {
    const cookie = await enter();
    const answer = await call('no.such.call', { cookie });
    expect(JSON.parse(answer.body)).toEqual({ ok: false, error: { code: 'unknown-call' } });
  });

  test.each([
    ['no JSON', '{"name": "王'],
    ['a body past the limit', JSON.stringify({ name: 'x'.repeat(5_000_000) })],
    ['a body that pollutes', '{"__proto__": {"admin": true}}'],
  ])('with %s is answered by a code and repeats nothing', async (_name, body) => {
    const cookie = await enter();
    const answer = await call('patients.search', { cookie }, body);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false });
    expect(answer.body).not.toMatch(/王|xxx/);
  });
});

describe('files', () => {
  test('the page comes with the policy and a fresh nonce each time', async () => {
    const cookie = await enter();
    const [one, two] = [await ask('GET', '/', { cookie }), await ask('GET', '/', { cookie })];
    const nonce = /content="([^"]+)"/.exec(one.body)?.[1] ?? '';
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(one.headers['content-security-policy']).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(two.body).not.toBe(one.body);
  });

  test.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%5c..%5csecret.txt'])('%s stays outside', async (path) => {
    const cookie = await enter();
    expect((await ask('GET', path, { cookie })).body).not.toContain('outside');
  });
});

test('events flow until the browser goes', async () => {
  const cookie = await enter();
  const first = await new Promise<string>((resolve, reject) => {
    const outgoing = request(`${origin}/api/events`, { headers: { cookie } }, (response) => {
      response.once('data', (data: Buffer) => {
        resolve(data.toString());
        outgoing.destroy();
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
  expect(first).toBe(': open\n\n');
});
