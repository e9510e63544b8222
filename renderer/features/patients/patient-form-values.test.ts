import { describe, expect, it } from 'vitest';
import type { PatientInput } from '../../../shared/schema/patient.ts';
import {
  emptyPatientForm, fillFromNationalId, patientFormField, patientFormFields, patientToForm, readPatientForm, validParts,
} from './patient-form-values.ts';

const today = '2026-11-20';
const full: PatientInput = {
  name: '王小明',
  gender: 'male',
  birthday: '1949-12-31',
  address: '北京市朝阳区',
  phone: '138 0013 8000',
  nationalId: '11010519491231002X',
  insuranceNumber: 'A-1',
  emergencyContact: { name: '李红', relationship: '妻', phone: '13900139000' },
  photo: 'data:image/jpeg;base64,AAAA',
  notes: '青霉素过敏',
};

describe('a stored patient in the form', () => {
  it('comes back unchanged', () => {
    expect(readPatientForm({ ...patientToForm(full, today), gender: 'female' }, today)).toEqual({ ok: true, input: { ...full, gender: 'female' } });
  });

  it('keeps an estimated birth year, shown as an age', () => {
    const form = patientToForm({ name: 'Ada', gender: 'female', estimatedBirthYear: 1960 }, today);
    expect(form.age).toBe('66');
    expect(readPatientForm(form, today)).toMatchObject({ ok: true, input: { estimatedBirthYear: 1960 } });
  });
});

describe('checking the form', () => {
  const named = { ...emptyPatientForm(), name: 'Ada', gender: 'female' };
  const wrong = (values: Partial<typeof named>) => {
    const reading = readPatientForm({ ...named, ...values }, today);
    return reading.ok ? [] : reading.issues.map(({ path, code }) => [patientFormField(path), code]);
  };

  it('accepts name and gender alone, and sends nothing for what is empty', () => {
    const reading = readPatientForm(named, today);
    expect(reading.ok && JSON.parse(JSON.stringify(reading.input))).toEqual({ name: 'Ada', gender: 'female' });
  });

  it.each([
    [{ name: '  ' }, 'name', 'required'],
    [{ name: 'x'.repeat(1_000_000) }, 'name', 'too-long'],
    [{ gender: '' }, 'gender', 'required'],
    [{ birthday: '2026-02-30' }, 'birthday', 'invalid-date'],
    [{ birthday: '2026-11-21' }, 'birthday', 'date-in-future'],
    [{ birthday: '1849-01-01' }, 'birthday', 'out-of-range'],
    [{ age: 'young' }, 'age', 'invalid-number'],
    [{ age: '-3' }, 'age', 'invalid-number'],
    [{ age: '141' }, 'age', 'out-of-range'],
    [{ nationalId: '110105194912310021' }, 'nationalId', 'invalid-national-id'],
    [{ nationalId: '11010519491231002X', birthday: '1950-01-01' }, 'birthday', 'differs-from-national-id'],
    [{ phone: 'ask him' }, 'phone', 'invalid-phone'],
    [{ emergencyContactPhone: 'x' }, 'emergencyContactPhone', 'invalid-phone'],
  ])('tells which field is wrong and why: %j', (values, field, code) => {
    expect(wrong(values)).toEqual([[field, code]]);
  });

  it('has a field on screen for every path of the contract', () => {
    const paths = ['name', 'gender', 'birthday', 'estimatedBirthYear', 'address', 'phone', 'nationalId', 'insuranceNumber',
      'emergencyContact.name', 'emergencyContact.relationship', 'emergencyContact.phone', 'photo', 'notes'];
    expect(new Set(paths.map(patientFormField))).toEqual(new Set(patientFormFields));
    expect(paths.map((path) => patientFormField(`patient.${path}`))).toEqual(paths.map(patientFormField));
  });
});

describe('the national id', () => {
  it('fills birthday and gender, and takes the place of an estimated age', () => {
    const filled = fillFromNationalId({ ...emptyPatientForm(), nationalId: '11010519491231002x', age: '70' });
    expect(filled).toMatchObject({ birthday: '1949-12-31', gender: 'female', age: '' });
  });

  it('overwrites nothing that was typed, and nothing while it is incomplete', () => {
    const typed = { ...emptyPatientForm(), birthday: '1950-01-01', gender: 'other' };
    expect(fillFromNationalId({ ...typed, nationalId: '11010519491231002X' })).toMatchObject({ birthday: '1950-01-01', gender: 'other' });
    expect(fillFromNationalId({ ...typed, nationalId: '1101051949' })).toEqual({ ...typed, nationalId: '1101051949' });
  });
});

it('searches for duplicates with the valid fields of a half-filled form', () => {
  const parts = validParts({ ...emptyPatientForm(), name: '王小明', phone: 'x', birthday: '1990' }, today);
  expect(JSON.parse(JSON.stringify(parts))).toEqual({ name: '王小明' });
});
