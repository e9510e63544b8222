import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomic } from './atomic-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outpost-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the new content replaces the old, for its owner only, and leaves nothing beside', () => {
  const path = join(folder, 'keyring.json');
  writeFileAtomic(path, 'old');
  writeFileAtomic(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['keyring.json']);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a write that fails leaves the old file and no other', () => {
  const path = join(folder, 'keyring.json');
  mkdirSync(path);
  writeFileSync(join(path, 'something'), 'old');
  expect(() => writeFileAtomic(path, 'new')).toThrow();
  expect(readdirSync(folder)).toEqual(['keyring.json']);
});

test('killed at any moment, the file is one of those written and whole', async () => {
  const path = join(folder, 'keyring.json');
  const module = new URL('./atomic-file.ts', import.meta.url).href;
  const writer = `import { writeFileAtomic } from ${JSON.stringify(module)};
    for (let n = 0; ; n += 1) writeFileAtomic(${JSON.stringify(path)}, String(n % 10).repeat(200_000));`;
  for (let round = 0; round < 15; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', writer]);
    const exited = once(child, 'exit');
    while (!existsSync(path)) await wait(5);
    await wait(Math.random() * 40);
    child.kill('SIGKILL');
    await exited;
    const content = readFileSync(path, 'utf8');
    expect(content).toHaveLength(200_000);
    expect(new Set(content).size).toBe(1);
  }
});
