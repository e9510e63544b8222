import { expect, test } from 'vitest';
import { ReportPace } from './report-pace.ts';

test('a report is due at once at first, when its figures changed and when the last is old, and else a little later', () => {
  const pace = new ReportPace();
  expect(pace.dueIn('nothing unsent', 0)).toBe(0);
  const later = pace.dueIn('nothing unsent', 1000);
  expect(later).toBeGreaterThanOrEqual(2000);
  expect(later).toBeLessThanOrEqual(5000);
  expect(pace.dueIn('1 in quarantine', 1100)).toBe(0);
  expect(pace.dueIn('1 in quarantine', 1200)).toBeGreaterThan(0);
  expect(pace.dueIn('1 in quarantine', 4100)).toBe(0);
  pace.forget();
  expect(pace.dueIn('1 in quarantine', 4200)).toBe(0);
});
