import type { PatientInput } from '../schema/patient.ts';

/** Age on a day, and whether it rests on an estimated birth year. `days` is undefined when only the year is known. */
export interface Age {
  years: number;
  months?: number;
  days?: number;
  estimated: boolean;
}

type Birth = Pick<PatientInput, 'birthday' | 'estimatedBirthYear'>;

/**
 * Completed years, months and days between the birthday and `today` (both `YYYY-MM-DD`). Someone born on
 * 29 February completes a year on 1 March of a common year. Undefined when no birth is known or it lies
 * after `today`.
 */
export function ageOn(birth: Birth, today: string): Age | undefined {
  if (birth.birthday !== undefined) return exactAge(birth.birthday, today);
  if (birth.estimatedBirthYear === undefined) return undefined;
  const years = Number(today.slice(0, 4)) - birth.estimatedBirthYear;
  return years < 0 ? undefined : { years, estimated: true };
}

/** Age in years, the completed months as a part of one: of a child half a year matters. Undefined as in {@link ageOn}. */
export function yearsOn(birth: Birth, today: string): number | undefined {
  const age = ageOn(birth, today);
  return age && age.years + (age.months ?? 0) / 12;
}

function exactAge(birthday: string, today: string): Age | undefined {
  if (birthday > today) return undefined;
  const [birthYear, birthMonth, birthDay] = parts(birthday);
  const [year, month, day] = parts(today);
  let months = (year - birthYear) * 12 + (month - birthMonth);
  if (day < birthDay) months -= 1;
  return { years: Math.floor(months / 12), months: months % 12, days: daysBetween(birthday, today), estimated: false };
}

const parts = (day: string) => day.split('-').map(Number) as [number, number, number];

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
