import { expect, it } from 'vitest';
import type { MedicalRecordInput } from '../../../shared/schema/medical-record.ts';
import { newRecordForm, readAmendmentForm, readRecordForm, recordFormField, recordToForm } from './record-form-values.ts';

const record: MedicalRecordInput = {
  kind: 'inpatient',
  department: '内科',
  chiefComplaint: '发热三天',
  diagnosis: '肺炎',
  treatment: '静脉输液',
  prescription: '阿莫西林 0.5 g\n每日三次',
  admissionDate: '2026-11-20',
  dischargeDate: '2026-11-25',
};

it('brings a stored record back unchanged', () => {
  expect(readRecordForm(recordToForm(record))).toEqual({ ok: true, input: { record } });
});

it('begins with today, outpatient, and the department of the writer', () => {
  expect(newRecordForm('2026-11-20', '外科')).toMatchObject({ admissionDate: '2026-11-20', kind: 'outpatient', department: '外科' });
});

it.each([
  [{ department: '' }, 'department', 'required'],
  [{ chiefComplaint: ' ' }, 'chiefComplaint', 'required'],
  [{ admissionDate: '2026-02-30' }, 'admissionDate', 'invalid-date'],
  [{ admissionDate: '' }, 'admissionDate', 'invalid-date'],
  [{ dischargeDate: '2026/11/19' }, 'dischargeDate', 'discharge-before-admission'],
  [{ diagnosis: 'x'.repeat(100_001) }, 'diagnosis', 'too-long'],
])('tells which field is wrong and why: %j', (values, field, code) => {
  const reading = readRecordForm({ ...recordToForm(record), ...values });
  expect(reading.ok ? [] : reading.issues.map((issue) => [recordFormField(issue.path), issue.code])).toEqual([[field, code]]);
});

it('amends only with a reason', () => {
  const form = recordToForm(record);
  const without = readAmendmentForm({ ...form, reason: ' ', department: '' });
  expect(without.ok ? [] : without.issues.map((issue) => [recordFormField(issue.path), issue.code])).toEqual([
    ['department', 'required'],
    ['reason', 'required'],
  ]);
  expect(readAmendmentForm({ ...form, reason: '化验结果' })).toEqual({ ok: true, input: { record, reason: '化验结果' } });
});
