import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppStatus } from '../../shared/contract/app.ts';
import { startBackend, type Backend, type Keychain } from './index.ts';

const mask = (bytes: Uint8Array) => Promise.resolve(bytes.map((byte) => byte ^ 0x5a));
const keychain: Keychain = { wrap: mask, unwrap: mask };
const admin = { username: 'admin', displayName: 'Admin', password: 'correct horse battery' };
const site = { organisationName: 'Org', name: 'Clinic', departments: [] };
let profile: string;
let backend: Backend;
const start = async () => (backend = await startBackend({ profile, version: '1', host: 'electron', keychain }));
const answer = async (name: string, input: unknown = {}) => {
  const result = await backend.call('window', name, input);
  return result.ok ? result.value : result.error;
};
const databaseState = async () => ((await answer('app.status')) as AppStatus).database;

beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-keychain-'));
  await start();
  await answer('setup.createClinic', { site, admin });
  await backend.close();
});
afterEach(async () => {
  await backend.close();
  rmSync(profile, { recursive: true });
});

test('the database is open before anybody signs in', async () => {
  await start();
  expect(await databaseState()).toBe('open');
  expect(await answer('patients.list', { offset: 0, limit: 10 })).toEqual({ code: 'unauthenticated' });
});

test('a lost keyring comes back by itself, with everybody’s password', async () => {
  for (const name of ['keyring.json', 'keyring.json.bak']) rmSync(join(profile, name));
  await start();
  expect(await databaseState()).toBe('open');
  expect(await answer('sessions.signIn', { username: admin.username, password: admin.password })).toMatchObject({ username: 'admin' });
});

test('without the keychain’s key a lost keyring is told as such', async () => {
  for (const name of ['keyring.json', 'keyring.json.bak', 'keychain.json']) rmSync(join(profile, name));
  await start();
  expect(await databaseState()).toBe('key-lost');
  expect(await answer('sessions.signIn', { username: admin.username, password: admin.password })).toEqual({ code: 'database-key-lost' });
});
