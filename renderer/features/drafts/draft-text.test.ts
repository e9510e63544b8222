import { expect, it } from 'vitest';
import { createTranslator } from '../../../shared/i18n/index.ts';
import type { Draft } from '../../../shared/schema/draft.ts';
import { draftPath, draftText, patientIdOf } from './draft-text.ts';

const t = createTranslator('en').t;
const draft = (content: Partial<Draft>): Draft => ({
  id: 'd', rev: 'r', createdAt: '', updatedAt: '', updatedBy: '', deleted: false, userId: 'u', kind: 'patient', key: 'new', values: {}, ...content,
});

it.each([
  [draft({ values: { name: '王小明' } }), undefined, 'Register a patient · 王小明', '/patients/new'],
  [draft({ values: { name: ' ' } }), undefined, 'Register a patient · Without a name yet', '/patients/new'],
  [draft({ key: 'p' }), '王小明', 'Edit patient · 王小明', '/patients/p/edit'],
  [draft({ kind: 'medicalRecord', patientId: 'p' }), '王小明', 'New record · 王小明', '/patients/p/records/new'],
  [draft({ kind: 'medicalRecord', key: 'x', patientId: 'p' }), '王小明', 'Edit record · 王小明', '/patients/p/records/x/edit'],
])('names a draft and its form: %#', (given, patientName, text, path) => {
  expect(draftText(given, patientName, t)).toBe(text);
  expect(draftPath(given)).toBe(path);
});

it('knows whose draft it is', () => {
  expect(patientIdOf(draft({}))).toBeUndefined();
  expect(patientIdOf(draft({ key: 'p' }))).toBe('p');
  expect(patientIdOf(draft({ kind: 'medicalRecord', patientId: 'p' }))).toBe('p');
});
