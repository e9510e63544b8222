import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemKeychain } from './keychain.ts';
import { safeStorage } from '../testing/fake-electron.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  Object.assign(safeStorage, { available: true, backend: 'gnome_libsecret' });
});

const on = (platform: NodeJS.Platform): void => {
  vi.stubGlobal('process', Object.create(process, { platform: { value: platform } }));
};

test('wraps any bytes and gives them back', async () => {
  const secret = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const keychain = await systemKeychain();
  const wrapped = await keychain!.wrap(secret);
  expect(Buffer.from(wrapped).includes(Buffer.from(secret).toString('base64'))).toBe(false);
  expect(await keychain!.unwrap(wrapped)).toEqual(secret);
});

describe('is none', () => {
  test.each(['basic_text', 'unknown'])('on Linux with %s, whose password everybody knows', async (backend) => {
    on('linux');
    safeStorage.backend = backend;
    expect(await systemKeychain()).toBeUndefined();
  });

  test('where the system has none', async () => {
    safeStorage.available = false;
    expect(await systemKeychain()).toBeUndefined();
  });
});

test('macOS and Windows have no such backend to ask for', async () => {
  on('win32');
  safeStorage.backend = 'unknown';
  expect(await systemKeychain()).toBeDefined();
});
