import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOf, monthEnd, plusDays, stepsOf, wholeMonths } from './periods.ts';
import { inpatientsOf } from './stays.ts';
import { waitingOf } from './waiting.ts';

const begin = '2023-12-01';

test('whole months and what is left over are every day of a period once, and no other', () => {
  fc.assert(
    fc.property(fc.nat(800), fc.nat(800), (start, length) => {
      const period = { from: plusDays(begin, start), to: plusDays(begin, start + length) };
      const { months, rest } = wholeMonths(period);
      const parts = [...rest, ...(months ? [{ from: `${months.from}-01`, to: monthEnd(`${months.to}-01`) }] : [])];
      const days = parts.flatMap((part) => stepsOf(part, 'day')).sort();
      expect(days).toEqual(stepsOf(period, 'day'));
    }),
  );
});

test('the months of leap years have their days', () => {
  expect([monthEnd('2024-02-10'), monthEnd('2023-02-10'), monthEnd('2023-12-31')]).toEqual(['2024-02-29', '2023-02-28', '2023-12-31']);
  expect(daysOf({ from: '2024-01-01', to: '2024-12-31' })).toBe(366);
});

test('beds in use are those of a count day by day', () => {
  const day = fc.nat(40).map((days) => plusDays('2026-01-01', days));
  const stay = fc.tuple(day, fc.option(fc.nat(20)), fc.integer({ min: 1, max: 3 })).map(([admitted, nights, count]) => ({ admitted, discharged: nights === null ? null : plusDays(admitted, nights), count }));
  fc.assert(
    fc.property(fc.array(stay, { maxLength: 12 }), (stays) => {
      const period = { from: '2026-01-10', to: '2026-02-05' };
      const touching = stays.filter(({ admitted, discharged }) => admitted <= period.to && (discharged === null || discharged >= period.from));
      const inBed = (at: string) => touching.reduce((sum, { admitted, discharged, count }) => sum + (admitted <= at && (discharged === null || at < discharged || at === admitted) ? count : 0), 0);
      const { byTime, bedDays, present } = inpatientsOf(touching, period);
      expect(byTime).toEqual(stepsOf(period, 'day').map((at) => ({ at, average: inBed(at) })));
      expect([bedDays, present]).toEqual([byTime.reduce((sum, { average }) => sum + average, 0), inBed(period.to)]);
    }),
  );
});

test('waiting times by nearest rank; who was not called has none yet, and a wrong clock none at all', () => {
  const { arrived, called, median, ninetieth, bands } = waitingOf([{ minutes: null, count: 2 }, { minutes: -3, count: 1 }, { minutes: 4, count: 5 }, { minutes: 15, count: 4 }, { minutes: 200, count: 1 }]);
  expect({ arrived, called, median, ninetieth }).toEqual({ arrived: 13, called: 10, median: 4, ninetieth: 15 });
  expect(bands.map(({ count }) => count)).toEqual([5, 0, 4, 0, 0, 1]);
});
