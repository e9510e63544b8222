import { expect, test, vi } from 'vitest';
import type { AppStatus } from '../../shared/contract/app.ts';
import { watchSession } from './watch-session.ts';

const status = (id?: string): AppStatus => ({
  version: '0',
  database: 'open',
  session: id === undefined ? { state: 'none' } : { state: 'active', user: { id, username: id, displayName: id, role: 'doctor' } },
  preferences: { language: 'en', theme: 'auto' },
  lockAfterMinutes: 10,
  host: 'web',
});

test('the same person coming back is no other person, somebody else is', () => {
  const onChange = vi.fn<(change: { isAnother: boolean }) => void>();
  const watch = watchSession(onChange);
  for (const user of [undefined, 'anna', 'anna', undefined, 'anna', undefined, 'bert']) watch(status(user));
  expect(onChange.mock.calls.map(([change]) => change.isAnother)).toEqual([false, false, false, false, true]);
});

test('somebody taking over without a sign-out in between is another person', () => {
  const onChange = vi.fn<(change: { isAnother: boolean }) => void>();
  const watch = watchSession(onChange);
  watch(status('anna'));
  watch(status('bert'));
  expect(onChange).toHaveBeenLastCalledWith({ isAnother: true });
});
