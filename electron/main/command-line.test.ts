import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readCommandLine } from './command-line.ts';

test('our flags are found among the switches of Chromium', () => {
  expect(readCommandLine(['--inspect=0', '--no-sandbox', '.', '--profile', 'here', '--demo', '--remote-debugging-port=0'])).toEqual({
    profile: resolve('here'),
    demo: true,
  });
  expect(readCommandLine(['--profile=/there'])).toEqual({ profile: resolve('/there'), demo: false });
});

test('without flags the system chooses the folder, and a flag without its value is none', () => {
  expect(readCommandLine([])).toEqual({ profile: undefined, demo: false });
  expect(readCommandLine(['--profile'])).toEqual({ profile: undefined, demo: false });
});
