import { describe, expect, it } from 'vitest';
import { addDays, addYears, dayOrTyped, instantOfMoment, localDay, momentText, readDay, readMoment } from './calendar-day.ts';

describe('readDay', () => {
  it.each([
    ['1990-01-02', '1990-01-02'],
    ['1990/1/2', '1990-01-02'],
    ['1990.1.2', '1990-01-02'],
    ['19900102', '1990-01-02'],
    ['1990年1月2日', '1990-01-02'],
    [' 2024-2-29 ', '2024-02-29'],
  ])('reads %s', (typed, day) => {
    expect(readDay(typed)).toBe(day);
  });

  it.each(['2023-02-29', '1990-13-01', '01/02/1990', '90-01-02', 'yesterday', ''])('refuses %s', (typed) => {
    expect(readDay(typed)).toBeUndefined();
  });
});

describe('readMoment', () => {
  it.each([
    ['2026-05-31 9:30', '2026-05-31 09:30'],
    ['2026-05-31T09:30', '2026-05-31 09:30'],
    ['20260531 0930', '2026-05-31 09:30'],
    ['2026年5月31日 9：30', '2026-05-31 09:30'],
  ])('reads %s', (typed, moment) => {
    expect(readMoment(typed)).toBe(moment);
  });

  it.each(['2026-05-31', '2026-05-31 24:00', '2026-05-31 9:75', '05/31/2026 9:30', '2026-02-30 9:30', ''])('refuses %s', (typed) => {
    expect(readMoment(typed)).toBeUndefined();
    expect(instantOfMoment(typed)).toBeUndefined();
  });

  it('goes there and back on the local clock', () => {
    expect(momentText(instantOfMoment('2026-05-31 9:30') ?? '')).toBe('2026-05-31 09:30');
  });
});

it('hands on what is no day as it was typed', () => {
  expect(dayOrTyped(' 1990-02-31 ')).toBe('1990-02-31');
});

it('takes the day from the local clock, not from UTC', () => {
  expect(localDay(new Date(2026, 0, 1, 0, 30))).toBe('2026-01-01');
  expect(localDay(new Date(2026, 11, 31, 23, 30))).toBe('2026-12-31');
});

it('moves by years and days over leap days', () => {
  expect(addYears('2024-02-29', -1)).toBe('2023-02-28');
  expect(addYears('2024-02-29', -4)).toBe('2020-02-29');
  expect(addDays('2023-02-28', 1)).toBe('2023-03-01');
});
