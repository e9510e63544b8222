import { expect, it } from 'vitest';
import type { Clash } from '../../../shared/schema/conflict.ts';
import type { MedicalRecordInput } from '../../../shared/schema/medical-record.ts';
import { otherVersion } from './other-version.ts';

const record: MedicalRecordInput = { kind: 'outpatient', department: 'GP', chiefComplaint: 'Fever', diagnosis: 'Flu', admissionDate: '2026-11-20' };
const clash = (path: string, one: unknown, two: unknown, kept: 0 | 1): Clash => ({ path, base: {}, values: [{ value: one }, { value: two }], kept });

it('takes the whole version that was not kept', () => {
  const other = { ...record, diagnosis: 'Pneumonia' };
  expect(otherVersion({ clashes: [clash('', record, other, 0)] }, record)).toMatchObject({ chiefComplaint: 'Fever', diagnosis: 'Pneumonia', reason: '' });
  expect(otherVersion({ clashes: [clash('', other, record, 1)] }, record)).toMatchObject({ diagnosis: 'Pneumonia' });
});

it('puts the other value of each field into the record as it stands', () => {
  const clashes = [clash('diagnosis', 'Flu', 'Pneumonia', 0), clash('treatment', 'Rest', undefined, 0), clash('deleted', true, false, 1)];
  expect(otherVersion({ clashes }, { ...record, treatment: 'Rest' })).toMatchObject({ department: 'GP', diagnosis: 'Pneumonia', treatment: 'Rest' });
});
