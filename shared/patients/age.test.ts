import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageOn } from './age.ts';

describe('ageOn', () => {
  test.each([
    ['2000-06-15', '2026-06-14', 25, 311],
    ['2000-06-15', '2026-06-15', 26, 312],
    ['2026-11-21', '2026-11-21', 0, 0],
    ['2025-12-31', '2026-03-30', 0, 2],
    // A leap-day child turns one on 1 March of a common year.
    ['2024-02-29', '2025-02-28', 0, 11],
    ['2024-02-29', '2025-03-01', 1, 12],
  ])('born %s, on %s: %i years, %i whole months', (birthday, today, years, months) => {
    expect(ageOn({ birthday }, today)).toMatchObject({ years, months: months % 12, estimated: false });
  });

  test('a birth that lies ahead has no age', () => {
    expect(ageOn({ birthday: '2026-11-22' }, '2026-11-21')).toBeUndefined();
    expect(ageOn({ estimatedBirthYear: 2027 }, '2026-11-21')).toBeUndefined();
  });

  test('an estimated year says so', () => {
    expect(ageOn({ estimatedBirthYear: 1960 }, '2026-11-21')).toEqual({ years: 66, estimated: true });
  });

  test('nobody gets younger', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    const text = (date: Date) => date.toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, day, day, (a, b, c) => {
        const [birthday, earlier, later] = [text(a), text(b), text(c)].sort() as [string, string, string];
        const before = ageOn({ birthday }, earlier);
        const after = ageOn({ birthday }, later);
        const months = (age: typeof before) => (age?.years ?? 0) * 12 + (age?.months ?? 0);
        expect(months(after)).toBeGreaterThanOrEqual(months(before));
      }),
    );
  });
});
