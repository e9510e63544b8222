import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppException } from '../../shared/errors.ts';
import { acquireProfileLock } from './profile-lock.ts';

let parent: string;
let profile: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'outpost-lock-'));
  profile = join(parent, 'profile');
});
afterEach(() => rmSync(parent, { recursive: true }));

const attempt = () => {
  try {
    acquireProfileLock(profile).release();
    return 'free';
  } catch (error) {
    if (error instanceof AppException) return error.error.code;
    throw error;
  }
};

async function holder() {
  const module = new URL('./profile-lock.ts', import.meta.url).href;
  const script = `import { acquireProfileLock } from ${JSON.stringify(module)};
    acquireProfileLock(${JSON.stringify(profile)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test('one process at a time has a profile, and it is free again after a kill', async () => {
  const child = await holder();
  const exited = once(child, 'exit');
  const whileHeld = attempt();
  child.kill('SIGKILL');
  await exited;
  expect([whileHeld, attempt()]).toEqual(['profile-in-use', 'free']);
});

test('the same process cannot take it twice, and releasing gives it back', () => {
  const lock = acquireProfileLock(profile);
  expect(attempt()).toBe('profile-in-use');
  lock.release();
  expect(attempt()).toBe('free');
  expect(readFileSync(join(profile, 'lock.db'))).toHaveLength(0);
});
