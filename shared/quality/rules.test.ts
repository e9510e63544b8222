import { expect, test } from 'vitest';
import { codeSystems } from '../schema/fhir-types.ts';
import { cleanNationalId, cleanPhone, cleanText, departmentMeant } from './clean.ts';
import { conditionFindings, patientFindings, recordFindings, type Standards } from './rules.ts';

const meta = { id: 'i', rev: 'r', createdAt: '2026-03-01T00:00:00.000Z', updatedAt: '2026-03-01T00:00:00.000Z', updatedBy: 'u', deleted: false };
const patient = { ...meta, name: '王小明', gender: 'male' as const, medicalRecordNumber: '1', phone: '13800138000', birthday: '1949-12-31' };
const rules = (more: object) => patientFindings({ ...patient, ...more }).map(({ rule }) => rule);

test.each([
  ['+86 138-0013 8000', '13800138000'], ['0086 13800138000', '13800138000'], ['１３８００１３８０００', '13800138000'],
  ['010-6552 9988', '010-6552 9988'], ['+44 (0)20  7946 0018', '+44 (0)20 7946 0018'],
])('the telephone %s is written %s', (one, other) => expect(cleanPhone(one)).toBe(other));

test('texts and national ids are mended without a change of what they say', () => {
  expect(cleanText('  Ａｎｎａ　 Li ')).toBe('Anna Li');
  expect(cleanNationalId('110105 19491231 002x')).toBe('11010519491231002X');
  // The first form of the example in GB 11643-1999.
  expect(cleanNationalId('110105491231002')).toBe('11010519491231002X');
  expect(cleanNationalId('12')).toBe('12');
});

test('a department is found by another name of it, unless several could be meant', () => {
  const list = ['内科', '外科', 'Surgery'];
  expect(['内科门诊', ' 内科 ', 'Dept. of surgery', '骨科'].map((name) => departmentMeant(name, list))).toEqual(['内科', '内科', 'Surgery', undefined]);
  expect(departmentMeant('内科门诊', ['内科', '内科病区'])).toBeUndefined();
});

test('each rule on a patient finds what it is for, and nothing in a patient who is well written down', () => {
  expect(rules({})).toEqual([]);
  expect(rules({ name: '王 ' })).toEqual(['text-spacing']);
  expect(rules({ phone: '138 0013 8000' })).toEqual(['phone-format']);
  expect(rules({ phone: undefined, birthday: undefined, gender: 'unknown' })).toEqual(['phone-missing', 'birth-missing', 'gender-unknown']);
  expect(rules({ nationalId: '110105194912310021' })).toEqual(['national-id-invalid']);
  expect(rules({ nationalId: '11010519491231002x' })).toEqual(['national-id-format', 'national-id-gender']);
  expect(rules({ nationalId: '11010519491231002X', gender: 'female', birthday: '1949-12-13' })).toEqual(['national-id-birthday']);
  expect(rules({ birthday: '1849-12-31' })).toEqual(['birth-implausible']);
  expect(rules({ birthday: '2049-12-31' })).toEqual(['birth-implausible']);
  // Born and registered in the small hours of the 5th in Shanghai.
  expect(rules({ birthday: '2026-03-05', updatedAt: '2026-03-04T18:00:00.000Z' })).toEqual([]);
});

test('codes are looked up in the table that the clinic loaded, and without one by their form', () => {
  const found = (code: string, codes: Standards['codes']) => conditionFindings({ ...meta, patientId: 'p', recorderId: 'u', recorderName: 'u', recordedDate: '', clinicalStatus: 'active', verificationStatus: 'confirmed', code: { text: 't', coding: [{ system: codeSystems.icd10, code }] } }, { departments: new Set(), codes }).map(({ rule }) => rule);
  expect(['I10', 'I10.x00', 'E11.9', 'hypertension', 'I1'].map((code) => found(code, new Map()))).toEqual([[], [], [], ['icd10-unknown'], ['icd10-unknown']]);
  const loaded = new Map([[codeSystems.icd10 as string, new Set(['I10'])]]);
  expect([found('I10', loaded), found('E11.9', loaded)]).toEqual([[], ['icd10-unknown']]);
});

test('a department that is not on the list is found, and a signed record without a diagnosis', () => {
  const record = { ...meta, patientId: 'p', doctorId: 'd', doctorName: 'd', kind: 'outpatient' as const, chiefComplaint: 'c', admissionDate: '2026-01-01', department: 'Medicine', status: 'signed' as const, diagnosis: 'x' };
  const standards = { departments: new Set(['Medicine']), codes: new Map<string, Set<string>>() };
  expect(recordFindings(record, standards)).toEqual([]);
  expect(recordFindings({ ...record, department: 'Medcine', diagnosis: ' ' }, standards).map(({ rule }) => rule)).toEqual(['department-unlisted', 'diagnosis-missing']);
});
