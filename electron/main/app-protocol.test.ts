import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from 'electron';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { styleNoncePlaceholder } from '../../shared/content-security-policy.ts';
import { isOwnAddress, setupAppProtocol } from './app-protocol.ts';
import * as electron from '../testing/fake-electron.ts';

let folder: string;
const session = electron.session.fromPartition('test');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-protocol-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-old'));
  writeFileSync(join(folder, 'renderer', 'index.html'), `<meta content="${styleNoncePlaceholder}">`);
  writeFileSync(join(folder, 'renderer', 'assets', '字 体.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'renderer-old', 'secret.txt'), 'outside');
  setupAppProtocol(session as unknown as Session, join(folder, 'renderer'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const get = async (address: string, method = 'GET'): Promise<Response> => {
  const response = await session.protocols.get('app')?.(new Request(address, { method }));
  return response ?? new Response(null, { status: 500 });
};

test('the page comes with the policy and a nonce of its own each time', async () => {
  const [one, two] = [await get('app://outpost/'), await get('app://outpost/index.html')];
  const nonce = /content="([^"]+)"/.exec(await one.text())?.[1] ?? '';
  expect(one.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  expect(await two.text()).not.toContain(nonce);
  expect(one.headers.get('cache-control')).toBe('no-store');
});

test('files come with their type, whatever their name is', async () => {
  const response = await get('app://outpost/assets/%E5%AD%97%20%E4%BD%93.js');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

describe('nothing outside the folder is served', () => {
  test.each([
    'app://outpost/../secret.txt',
    'app://outpost/%2e%2e/secret.txt',
    'app://outpost/..%2fsecret.txt',
    'app://outpost/assets/..%2f..%2fsecret.txt',
    'app://outpost/..%2frenderer-old%2fsecret.txt',
    'app://outpost/..%5csecret.txt',
    'app://outpost/%00',
    'app://outpost/%ff',
    'app://outpost/assets',
  ])('%s', async (address) => {
    const response = await get(address);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  test.each(['app://elsewhere/', 'app://outpost.evil/'])('%s is not ours', async (address) => {
    expect((await get(address)).status).toBe(403);
  });

  test('only GET is answered', async () => {
    expect((await get('app://outpost/', 'POST')).status).toBe(403);
  });
});

test.each([
  ['app://outpost/#/patients', true],
  ['app://outpost.evil/', false],
  ['https://outpost/', false],
  ['app-x://outpost/', false],
  ['about:blank', false],
  ['', false],
])('%s is our own address: %s', (address, own) => {
  expect(isOwnAddress(address)).toBe(own);
});
