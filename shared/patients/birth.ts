import type { FieldIssue } from '../errors.ts';
import type { PatientInput } from '../schema/patient.ts';
import { nationalIdBirthday } from './national-id.ts';

/** The oldest age accepted; the longest documented life is 122 years. */
export const maximumAge = 130;

/** What a schema cannot see without knowing the day: births in the future, or impossibly long ago, or at odds with the national id. */
export function birthIssues(input: PatientInput, today: string): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const year = Number(today.slice(0, 4));
  if (input.birthday !== undefined && input.birthday > today) issues.push({ path: 'birthday', code: 'date-in-future' });
  if (input.birthday !== undefined && Number(input.birthday.slice(0, 4)) < year - maximumAge) {
    issues.push({ path: 'birthday', code: 'out-of-range' });
  }
  if (input.estimatedBirthYear !== undefined && input.estimatedBirthYear > year) {
    issues.push({ path: 'estimatedBirthYear', code: 'date-in-future' });
  }
  if (input.estimatedBirthYear !== undefined && input.estimatedBirthYear < year - maximumAge) {
    issues.push({ path: 'estimatedBirthYear', code: 'out-of-range' });
  }
  if (input.nationalId !== undefined && input.birthday !== undefined && nationalIdBirthday(input.nationalId) !== input.birthday) {
    issues.push({ path: 'birthday', code: 'differs-from-national-id' });
  }
  return issues;
}
