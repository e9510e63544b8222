import { expect, test } from 'vitest';
import { birthIssues } from '../patients/birth.ts';
import { medicalRecordInputSchema } from '../schema/medical-record.ts';
import { patientInputSchema } from '../schema/patient.ts';
import { demoRecord } from './medical-record.ts';
import { demoPatient } from './patient.ts';
import { seededRandom } from './random.ts';

const today = '2026-11-21';
const patients = (seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 2000 }, () => demoPatient(random, today));
};

test('every made-up patient would pass the form', () => {
  for (const patient of patients(1)) {
    expect(patientInputSchema.safeParse(patient).error?.issues ?? []).toEqual([]);
    expect(birthIssues(patient, today)).toEqual([]);
  }
});

test('every made-up record would pass the editor, in both languages', () => {
  const random = seededRandom(2);
  for (let index = 0; index < 500; index += 1) {
    const { patientId, doctorId, doctorName, status, signature, ...input } = demoRecord(random, {
      patientId: 'p', today, language: index % 2 === 0 ? 'zh' : 'en', doctors: [{ id: 'd', name: 'D' }],
    });
    expect(medicalRecordInputSchema.safeParse(input).error?.issues ?? []).toEqual([]);
    expect([patientId, doctorId, doctorName, status === 'signed']).toEqual(['p', 'd', 'D', signature !== undefined]);
  }
});

test('nobody has a record from before the day of birth', () => {
  const random = seededRandom(3);
  for (const birthday of [today, '2026-11-20', '2024-10-05']) {
    const days = Array.from({ length: 100 }, () => demoRecord(random, { patientId: 'p', birthday, today, language: 'en', doctors: [{ id: 'd', name: 'D' }] }).admissionDate).sort();
    expect([days[0]! >= birthday, days.at(-1)! <= today]).toEqual([true, true]);
  }
});

test('the same seed makes the same people, another one others', () => {
  expect(patients(7)).toEqual(patients(7));
  expect(patients(7)).not.toEqual(patients(8));
});
