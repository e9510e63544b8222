import { expect, test } from 'vitest';
import { eventDayIssues } from './event-days.ts';

const life = { birthday: '1990-05-17', today: '2026-03-02' };

test.each([
  ['2026-03-02', []],
  ['2026', []],
  ['1990-05-17', []],
  ['1990', []],
  ['2026-03-03', ['date-in-future']],
  ['2206-03-02', ['date-in-future']],
  ['2027', ['date-in-future']],
  ['1990-05-16', ['before-birth']],
  ['1800-01-01T00:00:00.000Z', ['before-birth']],
])('%s of somebody born in 1990', (day, codes) => {
  expect(eventDayIssues({ day }, life).map(({ code }) => code)).toEqual(codes);
});

test('a life of unknown beginning is no longer than anybody’s, and a day that stands there is nobody’s slip of today', () => {
  expect(eventDayIssues({ day: '1896-01-01' }, { today: '2026-03-02' })).toEqual([]);
  expect(eventDayIssues({ day: '1895-12-31' }, { today: '2026-03-02' })).toEqual([{ path: 'day', code: 'out-of-range' }]);
  expect(eventDayIssues({ day: '2206', other: undefined }, life, { day: '2206' })).toEqual([]);
});
