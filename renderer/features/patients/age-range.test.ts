import { expect, it } from 'vitest';
import { ageOn } from '../../../shared/patients/age.ts';
import { bornBetween } from './age-range.ts';
import { addDays } from './calendar-day.ts';

it.each(['2026-11-20', '2024-02-29', '2023-03-01', '2026-01-01'])('holds exactly the birthdays of the ages asked for on %s', (today) => {
  const { bornFrom, bornTo } = bornBetween(6, 11, today);
  for (let day = addDays(today, -365 * 13); day <= today; day = addDays(day, 1)) {
    const years = ageOn({ birthday: day }, today)?.years ?? -1;
    const within = day >= (bornFrom ?? '') && day <= (bornTo ?? '');
    expect({ day, within }).toEqual({ day, within: years >= 6 && years <= 11 });
  }
});

it('leaves an end open that was not given', () => {
  expect(bornBetween(undefined, undefined, '2026-11-20')).toEqual({});
  expect(bornBetween(65, undefined, '2026-11-20')).toEqual({ bornTo: '1961-11-20' });
});
