import { expect, test } from 'vitest';
import { relativeTime } from './relative-time.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z');

test.each([
  ['2026-11-21T11:59:30.000Z', 'en', undefined],
  ['2026-11-21T11:57:01.000Z', 'en', '2 minutes ago'],
  ['2026-11-21T09:00:00.000Z', 'zh', '3小时前'],
  ['2026-11-01T12:00:00.000Z', 'en', '20 days ago'],
  // Saved before the clock was set back.
  ['2036-11-21T12:00:00.000Z', 'en', undefined],
])('%s in %s is %s', (instant, language, text) => {
  expect(relativeTime(instant, now, language)).toBe(text);
});
