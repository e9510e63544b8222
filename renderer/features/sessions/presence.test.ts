import { expect, test, vi } from 'vitest';
import { createPresence } from './presence.ts';

function presenceAt(minutes: number) {
  let time = 1_000_000_000;
  const onIdle = vi.fn();
  const onPresent = vi.fn();
  const presence = createPresence({ minutes, now: () => time, onIdle, onPresent });
  return { ...presence, onIdle, onPresent, pass: (seconds: number) => (time += seconds * 1000) };
}

test('locks once when the time is up, and signs of life put it off', () => {
  const { sign, check, onIdle, pass } = presenceAt(2);
  pass(119);
  sign();
  pass(119);
  check();
  expect(onIdle).not.toHaveBeenCalled();
  pass(1);
  check();
  check();
  expect(onIdle).toHaveBeenCalledTimes(1);
});

test('the first key after a night asleep does not count as presence', () => {
  const { sign, onIdle, onPresent, pass } = presenceAt(10);
  pass(8 * 3600);
  sign();
  expect(onIdle).toHaveBeenCalledTimes(1);
  expect(onPresent).not.toHaveBeenCalled();
});

test('the backend is told at most twice a minute', () => {
  const { sign, onPresent, pass } = presenceAt(10);
  for (let second = 0; second < 60; second += 1) {
    sign();
    pass(1);
  }
  expect(onPresent).toHaveBeenCalledTimes(2);
});

test('a clock set back ten years still locks after the set time', () => {
  const { check, onIdle, pass } = presenceAt(1);
  pass(-10 * 365 * 86_400);
  check();
  pass(61);
  check();
  expect(onIdle).toHaveBeenCalledTimes(1);
});
