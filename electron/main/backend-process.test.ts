import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppError } from '../../shared/errors.ts';
import type { BackendEvent } from '../../shared/contract/index.ts';
import { BackendProcess } from './backend-process.ts';
import { utilityProcess } from '../testing/fake-electron.ts';

const entry = fileURLToPath(new URL('../backend/utility-entry.ts', import.meta.url));
const unavailable = { ok: false, error: { code: 'backend-unavailable' } };

let folder: string;
let backend: BackendProcess;
let refused: AppError[];
let crashes: boolean[];
let events: BackendEvent[];

const make = (options: { entry?: string; profile?: string; keychain?: ConstructorParameters<typeof BackendProcess>[0]['keychain'] } = {}): BackendProcess => {
  const made = new BackendProcess({
    entry,
    profile: join(folder, 'profile'),
    version: '1.2.3',
    demo: false,
    keychain: undefined,
    onRefused: (error) => void refused.push(error),
    onCrash: (_exitCode, gaveUp) => void crashes.push(gaveUp),
    ...options,
  });
  made.subscribe((event) => void events.push(event));
  return made;
};

const child = () => utilityProcess.forks.at(-1)!;
const status = () => backend.call('1', 'app.status', {});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-backend-'));
  mkdirSync(join(folder, 'profile'));
  [refused, crashes, events] = [[], [], []];
  utilityProcess.forks.splice(0);
});
afterEach(async () => {
  await backend.close();
  for (const { process } of utilityProcess.forks) process.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

test('calls made before the backend is up wait for it', async () => {
  backend = make();
  const answer = status();
  backend.start();
  expect(await answer).toMatchObject({ ok: true, value: { version: '1.2.3', host: 'electron', database: 'absent' } });
});

test('events of the backend arrive', async () => {
  backend = make();
  backend.start();
  await backend.call('1', 'preferences.update', { language: 'en' });
  await vi.waitFor(() => expect(events.filter(({ type }) => type === 'status').length).toBeGreaterThan(1));
});

test('closing lets the backend end by itself and frees the profile', async () => {
  backend = make();
  backend.start();
  await status();
  const { process } = child();
  await backend.close();
  expect([process.exitCode, process.signalCode]).toEqual([0, null]);
  expect(crashes).toEqual([]);
  backend = make();
  backend.start();
  expect(await status()).toMatchObject({ ok: true });
});

describe('a backend that is killed', () => {
  test('is started again; calls under way are answered, later ones wait', async () => {
    backend = make();
    backend.start();
    await status();
    const { process } = child();
    process.kill('SIGSTOP');
    const underWay = status();
    const before = events.length;
    process.kill('SIGKILL');
    expect(await underWay).toEqual(unavailable);
    expect(await status()).toMatchObject({ ok: true });
    expect(utilityProcess.forks).toHaveLength(2);
    expect(events.slice(before)).toContainEqual({ type: 'status' });
  });

  test('is not started again while closing', async () => {
    backend = make();
    backend.start();
    await status();
    const closed = backend.close();
    child().process.kill('SIGKILL');
    await closed;
    expect(await status()).toEqual(unavailable);
    expect(utilityProcess.forks).toHaveLength(1);
  });
});

test('one that crashes again and again is given up, and can be started by hand', async () => {
  const broken = join(folder, 'broken.mjs');
  writeFileSync(broken, 'process.exit(7);');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  backend = make({ entry: broken });
  const answer = status();
  backend.start();
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    if (child().process.exitCode === null) await once(child(), 'exit');
    expect(crashes).toHaveLength(attempt);
    vi.advanceTimersByTime(4_000);
  }
  vi.useRealTimers();
  expect(crashes).toEqual([false, false, false, true]);
  expect(await answer).toEqual(unavailable);
  expect(await status()).toEqual(unavailable);
  expect(events.at(-1)).toEqual({ type: 'status' });
  backend.startAgain();
  expect(utilityProcess.forks).toHaveLength(5);
});

test('a profile that another process holds is refused with its code, once', async () => {
  backend = make();
  backend.start();
  await status();
  const second = make();
  second.start();
  expect(await second.call('1', 'app.status', {})).toEqual(unavailable);
  expect(refused).toEqual([{ code: 'profile-in-use' }]);
  expect(utilityProcess.forks).toHaveLength(2);
  await second.close();
});

test('the backend reaches the keychain through its parent, and lives with its refusal', async () => {
  const turn = async (bytes: Uint8Array): Promise<Uint8Array> => bytes.map((byte) => byte ^ 0xff);
  const database = async (): Promise<unknown> => {
    const result = await status();
    return result.ok && (result.value as { database: string }).database;
  };
  backend = make({ keychain: { wrap: turn, unwrap: turn } });
  backend.start();
  const clinic = {
    site: { organisationName: 'Health', name: 'Clinic', departments: [] },
    admin: { username: 'admin', displayName: 'Admin', password: 'correct horse battery' },
  };
  expect(await backend.call('1', 'setup.createClinic', clinic)).toMatchObject({ ok: true });
  await backend.close();

  backend = make({ keychain: { wrap: turn, unwrap: turn } });
  backend.start();
  expect(await database()).toBe('open');
  await backend.close();

  backend = make({ keychain: { wrap: turn, unwrap: () => Promise.reject(new Error('reset')) } });
  backend.start();
  expect(await database()).toBe('closed');
});
