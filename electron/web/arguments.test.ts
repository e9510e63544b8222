import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { defaultProfile, readArguments } from './arguments.ts';

test('without flags: the usual profile, any free port, the browser opens, no demo', () => {
  expect(readArguments([])).toEqual({ profile: resolve(defaultProfile(process.platform, process.env)), port: 0, demo: false, open: true });
});

test('every flag is understood, and the profile becomes absolute', () => {
  expect(readArguments(['--profile', 'clinic', '--port', '8080', '--demo', '--no-open'])).toEqual({ profile: resolve('clinic'), port: 8080, demo: true, open: false });
});

test.each(['-1', '65536', '80.5', 'http'])('the port %s is refused', (port) => {
  expect(() => readArguments([`--port=${port}`])).toThrow(TypeError);
});

test('an unknown flag is refused', () => {
  expect(() => readArguments(['--prot', '80'])).toThrow(TypeError);
});

test('the profile lies where the system wants it', () => {
  expect(defaultProfile('win32', { APPDATA: '/roaming' })).toBe(join('/roaming', 'Outpost'));
  expect(defaultProfile('linux', { XDG_CONFIG_HOME: '/config' })).toBe(join('/config', 'Outpost'));
  expect(defaultProfile('darwin', {})).toMatch(/Application Support.Outpost$/);
});
