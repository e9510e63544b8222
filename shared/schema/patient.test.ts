import { describe, expect, test } from 'vitest';
import { birthIssues } from '../patients/birth.ts';
import { patientInputSchema } from './patient.ts';

const issues = (input: unknown) => {
  const parsed = patientInputSchema.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]);
};

describe('patientInputSchema', () => {
  test('says which field and why', () => {
    expect(issues({ name: '  ', gender: 'male' })).toEqual([['name', 'required']]);
    expect(issues({ name: 'x'.repeat(1_000_000), gender: 'male' })).toEqual([['name', 'too-long']]);
    expect(issues({ name: '王', gender: 'male', birthday: '2023-02-30' })).toEqual([['birthday', 'invalid-date']]);
    expect(issues({ name: '王', gender: 'male', nationalId: '110105194912310021' })).toEqual([['nationalId', 'invalid-national-id']]);
    expect(issues({ name: '王', gender: 'male', emergencyContact: { phone: 'ask <b>him</b>' } })).toEqual([
      ['emergencyContact.phone', 'invalid-phone'],
    ]);
  });

  test('markup is text: kept as it was typed', () => {
    const name = '<img src=x onerror=alert(1)>';
    expect(patientInputSchema.parse({ name, gender: 'other' }).name).toBe(name);
  });

  test('empty optional fields are absent, a lower-case check character is the upper-case one', () => {
    const parsed = patientInputSchema.parse({ name: ' 王小明 ', gender: 'male', phone: '', nationalId: '11010519491231002x' });
    expect(parsed).toMatchObject({ name: '王小明', nationalId: '11010519491231002X' });
    expect(parsed.phone).toBeUndefined();
  });
});

test.each([{}, { name: ' \u3000' }, { name: '', relationship: ' ', phone: '' }])('a contact without a word in it (%j) is none', (emergencyContact) => {
  expect(patientInputSchema.parse({ name: '王', gender: 'male', emergencyContact }).emergencyContact).toBeUndefined();
  expect(patientInputSchema.parse({ name: '王', gender: 'male', emergencyContact: { ...emergencyContact, relationship: '子' } }).emergencyContact).toMatchObject({ relationship: '子' });
});

describe('birthIssues', () => {
  const today = '2026-11-21';
  test.each([
    [{ birthday: '2026-11-22' }, 'date-in-future'],
    [{ birthday: '1890-01-01' }, 'out-of-range'],
    [{ estimatedBirthYear: 2027 }, 'date-in-future'],
    [{ birthday: '1950-01-01', nationalId: '11010519491231002X' }, 'differs-from-national-id'],
  ])('%j is refused as %s', (birth, code) => {
    expect(birthIssues({ name: 'x', gender: 'male', ...birth }, today).map((issue) => issue.code)).toEqual([code]);
  });
});
