import type { Age } from '../../../shared/patients/age.ts';

/** A key under `patients.age` and its numbers. */
export interface AgeText {
  key: 'about' | 'years' | 'yearsMonths' | 'months' | 'days';
  params: { years: number; months: number; days: number };
}

/**
 * How an age is said at a bedside: days under a month, months under two years, years and months under six
 * (doses go by them), years from then on.
 */
export function ageText(age: Age): AgeText {
  const params = { years: age.years, months: age.months ?? 0, days: age.days ?? 0 };
  if (age.estimated) return { key: 'about', params };
  const allMonths = params.years * 12 + params.months;
  if (allMonths === 0) return { key: 'days', params };
  if (allMonths < 24) return { key: 'months', params: { ...params, months: allMonths } };
  if (params.years < 6 && params.months > 0) return { key: 'yearsMonths', params };
  return { key: 'years', params };
}
