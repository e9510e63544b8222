import { expect, it } from 'vitest';
import { validateDocument } from './validate.ts';

const id = '11111111-1111-7111-8111-111111111111';
const at = '2026-01-01T08:00:00.000Z';
const patient = (over: Record<string, unknown> = {}) => ({
  collection: 'patients', id, rev: id, baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: id,
  content: { name: '王小明', gender: 'male', birthday: '1980-02-03', medicalRecordNumber: '01-000001', ...over },
});

it('takes text with blanks around it, which forms trim and other clients send', () => {
  expect(validateDocument(patient({ notes: ' 过敏史待查 ', name: '王小明 ', medicalRecordNumber: ' 01-000001' }))).toBeUndefined();
  const content = {
    patientId: id, doctorId: id, doctorName: '李', status: 'draft', kind: 'outpatient', department: '内科 ', chiefComplaint: '咳嗽\n', diagnosis: ' 感冒', admissionDate: '2026-03-01',
  };
  expect(validateDocument({ ...patient(), collection: 'medicalRecords', content })).toBeUndefined();
});

it('refuses what breaks either half of its schema, and names what it does not know', () => {
  expect(validateDocument(patient({ name: ' ' }))).toBe('invalid-document');
  expect(validateDocument(patient({ siteIds: ['nowhere'] }))).toBe('invalid-document');
  expect(validateDocument(patient({ medicalRecordNumber: undefined }))).toBe('invalid-document');
  expect(validateDocument({ ...patient(), collection: 'drafts' })).toBe('unknown-collection');
  expect(validateDocument(patient({ onlyNewerOnesKnow: 1 }))).toBeUndefined();
});
