import { expect, it } from 'vitest';
import { ageOn } from '../../../shared/patients/age.ts';
import { ageText } from './age-text.ts';

const said = (birthday: string, today: string) => {
  const age = ageOn({ birthday }, today);
  return age && ageText(age);
};

it('says days in the first month, months until two, years and months until six, then years', () => {
  expect(said('2026-11-20', '2026-11-20')).toMatchObject({ key: 'days', params: { days: 0 } });
  expect(said('2026-10-21', '2026-11-20')).toMatchObject({ key: 'days', params: { days: 30 } });
  expect(said('2026-10-20', '2026-11-20')).toMatchObject({ key: 'months', params: { months: 1 } });
  expect(said('2024-11-21', '2026-11-20')).toMatchObject({ key: 'months', params: { months: 23 } });
  expect(said('2024-11-20', '2026-11-20')).toMatchObject({ key: 'years', params: { years: 2 } });
  expect(said('2022-08-20', '2026-11-20')).toMatchObject({ key: 'yearsMonths', params: { years: 4, months: 3 } });
  expect(said('2019-08-20', '2026-11-20')).toMatchObject({ key: 'years', params: { years: 7 } });
});

it('says that an age from an estimated year is about right', () => {
  const age = ageOn({ estimatedBirthYear: 1960 }, '2026-11-20');
  expect(age && ageText(age)).toMatchObject({ key: 'about', params: { years: 66 } });
});
