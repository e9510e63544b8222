import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppException } from '../../shared/errors.ts';
import { delaySeconds, SignInDelays } from './sign-in-delays.ts';

const start = Date.UTC(2026, 0, 31, 8);
let profile: string;
let now: number;
const clock = { now: () => new Date(now) };
const restarted = () => new SignInDelays(profile, clock);

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'outpost-delays-'));
  now = start;
});
afterEach(() => rmSync(profile, { recursive: true }));

/** Seconds that an attempt is told to wait; 0 when it was let through (and counted). */
function attempt(delays: SignInDelays, key = 'nurse'): number {
  try {
    delays.begin(key);
    return 0;
  } catch (error) {
    if (error instanceof AppException && error.error.code === 'sign-in-delayed') return error.error.retryAfterSeconds;
    throw error;
  }
}
/** Fails so many times, waiting as long as it takes. */
function failTimes(delays: SignInDelays, times: number, key = 'nurse'): void {
  for (let done = 0; done < times; ) {
    const wait = attempt(delays, key);
    if (wait > 0) now += wait * 1000;
    else done += 1;
  }
}

test('delays double from the fourth failure on and stop at five minutes', () => {
  const delays = [1, 2, 3, 4, 5, 6, 10, 11, 12, 100, 100_000].map((failures) => delaySeconds(failures, 3));
  expect(delays).toEqual([0, 0, 0, 2, 4, 8, 128, 256, 300, 300, 300]);
});

test('the fourth failure delays the fifth attempt, and waiting it out lets it through', () => {
  const delays = restarted();
  expect([1, 2, 3, 4].map(() => attempt(delays))).toEqual([0, 0, 0, 0]);
  expect(attempt(delays)).toBe(2);
  now += 1_999;
  expect(attempt(delays)).toBe(1);
  now += 1;
  expect(attempt(delays)).toBe(0);
  expect(attempt(delays)).toBe(4);
});

test('two that work on one profile at a time count together', () => {
  const [signIn, restore] = [restarted(), restarted()];
  expect([signIn, restore, signIn, restore].map((delays) => attempt(delays))).toEqual([0, 0, 0, 0]);
  expect([attempt(signIn), attempt(restore)]).toEqual([2, 2]);
});

test('a refused attempt is not counted', () => {
  const delays = restarted();
  failTimes(delays, 4);
  for (let n = 0; n < 50; n += 1) expect(attempt(delays)).toBe(2);
});

test('a restart forgets nothing, not even an attempt that was cut short', () => {
  failTimes(restarted(), 4);
  expect(attempt(restarted())).toBe(2);
});

test('a success clears the delays of the user and of the workstation', () => {
  const delays = restarted();
  failTimes(delays, 11);
  now += 400_000;
  delays.begin('nurse');
  delays.succeeded('nurse');
  expect([1, 2, 3, 4].map(() => attempt(restarted()))).toEqual([0, 0, 0, 0]);
});

test('one user’s success does not clear another’s failures', () => {
  const delays = restarted();
  failTimes(delays, 4, 'admin');
  delays.succeeded('nurse');
  expect(attempt(delays, 'admin')).toBe(2);
});

test('one user’s failures leave colleagues alone, but many names in turn are slowed down', () => {
  const delays = restarted();
  failTimes(delays, 5, 'admin');
  expect(attempt(delays, 'nurse')).toBe(0);
  const waits = Array.from({ length: 10 }, (_, index) => attempt(delays, `somebody-${index}`));
  expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 2, 2]);
});

test('a clock set back ten years delays by the cap at most', () => {
  failTimes(restarted(), 20);
  now = Date.UTC(2016, 0, 1);
  const delays = restarted();
  expect(attempt(delays)).toBe(300);
  now += 299_000;
  expect(attempt(restarted())).toBe(1);
  now += 1_000;
  expect(attempt(restarted())).toBe(0);
});

test('a damaged file keeps nobody out', () => {
  failTimes(restarted(), 8);
  const path = join(profile, 'sign-in-delays.json');
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20));
  expect(attempt(restarted())).toBe(0);
});

test('a disk that takes no writes keeps nobody out and still slows guessing', () => {
  const delays = new SignInDelays(join(profile, 'keyring.json'), clock);
  writeFileSync(join(profile, 'keyring.json'), '');
  expect([1, 2, 3, 4].map(() => attempt(delays))).toEqual([0, 0, 0, 0]);
  expect(attempt(delays)).toBe(2);
});
