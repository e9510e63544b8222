import { expect, onTestFinished, test, vi } from 'vitest';
import { dayText, timeText } from './time-text.ts';

test('what is written down early in the morning is of that day, and a day that was written stays as it is', () => {
  vi.stubEnv('TZ', 'Asia/Shanghai');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(timeText('2026-03-04T18:00:00.000Z')).toBe('2026-03-05 02:00');
  expect(dayText('2026-03-04T18:00:00.000Z')).toBe('2026-03-05');
  expect(['2026-03-04', '2026-03', '2026', undefined].map((text) => dayText(text))).toEqual(['2026-03-04', '2026-03', '2026', '']);
});
